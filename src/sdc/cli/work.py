"""`sdc work`: a process that works on jobs, beside `sdc serve` or on another machine."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from sdc.cli.output import say

LOOK_EVERY_S = 0.2


def work(
    workers: Annotated[int | None, typer.Option(min=1, help="How many jobs at once; default: SDC_WORKERS.")] = None,
    until_done: Annotated[bool, typer.Option("--until-done", help="End when no job waits or runs.")] = False,
) -> None:
    """Work on what is queued, until Ctrl-C.

    `sdc serve` does so itself; this adds a process, here or on any machine that shares the store
    (SDC_DOCUMENTS and SDC_BLOBS). It may be killed at any moment: another one takes its job over.
    """
    from sdc.app import build_app
    from sdc.pipeline.log_lines import set_up_logging
    from sdc.pipeline.worker import Workers
    from sdc.settings import read_settings

    settings = read_settings()
    set_up_logging(settings.log_format, settings.log_level)
    with (
        build_app(settings) as app,
        told_to_stop() as stop,
        Workers(app.jobs, app.process, count=workers or settings.workers),
    ):
        say("Working on what is queued." + ("" if until_done else " Stop with Ctrl-C."))
        while not stop.wait(LOOK_EVERY_S):
            if until_done and not app.jobs.n_open():
                break


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """Lend an event that Ctrl-C and a polite kill set, so that jobs in work are given back."""
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
