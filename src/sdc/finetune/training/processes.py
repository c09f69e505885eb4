"""One training in several processes on this machine, one a GPU: started together, stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import IO, Any

from sdc.errors import EngineError

GRACE_S = 20.0
"""So long the others may take to end by themselves when one has failed."""


def train_together(n: int, command: Sequence[str]) -> int:
    """Run a command in ``n`` processes that train one adapter, and return the exit status of the first one.

    Parameters
    ----------
    n : int
    command : Sequence[str]
        What each of them runs. The first one shows its output; of another that fails the last line is told.

    Raises
    ------
    EngineError
        ``finetune.processes``: fewer GPUs than processes; another process than the first one failed.
    """
    _check_gpus(n)
    with ExitStack() as stack:
        logs = [stack.enter_context(tempfile.TemporaryFile("w+", errors="replace")) for _ in range(n)]
        meeting = {"WORLD_SIZE": n, "LOCAL_WORLD_SIZE": n, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": _free_port()}
        children = [_start(command, meeting | {"RANK": i, "LOCAL_RANK": i}, log) for i, log in enumerate(logs)]
        stack.callback(_end, children)
        with _forwarding(children):
            _watch(children)
        failed = [place for place, child in enumerate(children) if child.returncode]
        if failed and children[0].returncode <= 0:  # the first one did not fail by itself
            raise _failure(failed[-1], n, logs[failed[-1]])
        return children[0].returncode


def _check_gpus(n: int) -> None:
    import torch

    if torch.cuda.is_available() and torch.cuda.device_count() < n:
        raise EngineError(
            f"{n} processes need {n} GPUs, and {torch.cuda.device_count()} are here.",
            code="finetune.processes",
            hint=f"Say --processes {torch.cuda.device_count()}.",
        )


def _start(command: Sequence[str], place: dict[str, Any], log: IO[str]) -> subprocess.Popen[bytes]:
    first = place["RANK"] == 0
    return subprocess.Popen(  # noqa: S603 - ourselves
        command,
        env={"OMP_NUM_THREADS": "1"} | dict(os.environ) | {name: str(value) for name, value in place.items()},
        stdout=None if first else subprocess.DEVNULL,
        stderr=None if first else log,
        start_new_session=True,  # Ctrl-C comes to this process alone, which hands it on once
    )


def _free_port() -> str:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return str(found.getsockname()[1])


@contextmanager
def _forwarding(children: Sequence[subprocess.Popen[bytes]]) -> Iterator[None]:
    """Hand SIGINT and SIGTERM on to every process: each saves, and ends after the same step."""

    def hand_on(number: int, _: object) -> None:
        for child in children:
            if child.poll() is None:
                child.send_signal(number)

    before = {kind: signal.signal(kind, hand_on) for kind in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _watch(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Wait until all have ended; when one fails the others, who would wait for it, get a while, then are ended."""
    until = None
    while None in (found := [child.poll() for child in children]):
        if until is None and any(found):
            until = time.monotonic() + GRACE_S
        if until is not None and time.monotonic() > until:
            _end(children)
        time.sleep(0.05)


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.kill()
            child.wait()


def _failure(place: int, n: int, log: IO[str]) -> EngineError:
    log.seek(0)
    why = next((line.strip() for line in reversed(log.read().splitlines()) if line.strip()), "it said nothing")
    return EngineError(
        f"Process {place + 1} of {n} failed: {why}",
        code="finetune.processes",
        hint="Put that right; then go on with --resume.",
    )
