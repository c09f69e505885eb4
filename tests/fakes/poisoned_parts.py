"""The real store and steps, in a process that really crashes on recordings that end in a certain word.

Each time that poison is taken is written down in the file that SDC_TEST_TAKEN names.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sdc.audio
from sdc.app import build_app
from sdc.pipeline.parts import Parts
from sdc.scale import ray_worker
from sdc.settings import Settings

CRASH, CRASH_HEARING = b"crash", b"crash hearing"
"""Kills whoever decodes it, each time; kills whoever transcribes it, the first time."""


@contextmanager
def open_parts(settings: Settings) -> Iterator[Parts]:
    load = sdc.audio.load_recording

    def poisoned(path: Path, **limits: Any) -> Any:
        if path.read_bytes().endswith(b"\0" + CRASH):
            _take(CRASH)
        return load(path, **limits)

    def heard(path: Path, **limits: Any) -> Any:
        if path.read_bytes().endswith(b"\0" + CRASH_HEARING) and CRASH_HEARING not in taken():
            _take(CRASH_HEARING)
        return load(path, **limits)

    sdc.audio.load_recording, ray_worker.load_recording = poisoned, heard
    with build_app(settings) as app:
        yield replace(app)


def taken() -> list[bytes]:
    file = Path(os.environ["SDC_TEST_TAKEN"])
    return file.read_bytes().split(b"\n")[:-1] if file.exists() else []


def _take(poison: bytes) -> None:
    with Path(os.environ["SDC_TEST_TAKEN"]).open("ab") as file:
        file.write(poison + b"\n")
    os.kill(os.getpid(), signal.SIGKILL)
