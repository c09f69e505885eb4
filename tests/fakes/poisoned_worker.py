"""A worker whose decoder really crashes or never ends, on recordings that end in a certain word.

Everything else is the real worker. Each time that poison is taken is written down in ``SDC_HOME/taken``.
"""

import ctypes
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import sdc.audio
from sdc.scale import worker
from sdc.settings import Settings

CRASH, CRASH_ONCE, ENDLESS = b"crash", b"crash once", b"endless"


def work(connection: Connection, owner: str, settings: Settings, open_parts: worker.OpenParts) -> None:
    load = sdc.audio.load_recording

    def poisoned(path: Path, **limits: Any) -> Any:
        content = path.read_bytes()
        taken = settings.home / "taken"
        for poison in (CRASH, CRASH_ONCE, ENDLESS):
            if content.endswith(b"\0" + poison):
                before = taken.read_bytes() if taken.exists() else b""
                with taken.open("ab") as file:
                    file.write(poison + b"\n")
                _take(poison, first=poison not in before)
        return load(path, **limits)

    sdc.audio.load_recording = poisoned
    worker.work(connection, owner, settings, open_parts)


def _take(poison: bytes, *, first: bool) -> None:
    if poison == CRASH or (poison == CRASH_ONCE and first):
        ctypes.string_at(0)
    while poison == ENDLESS:
        pass


def die_when_admitting(connection: Connection, owner: str, settings: Settings, open_parts: worker.OpenParts) -> None:
    """Die with each task, before it is a job."""
    worker.admit = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    worker.work(connection, owner, settings, open_parts)


def die_at_once(connection: Connection, owner: str, settings: Settings, open_parts: worker.OpenParts) -> None:
    """Die before the store is open."""
    os._exit(3)
