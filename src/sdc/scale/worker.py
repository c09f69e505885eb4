"""The process that works on tasks: one at a time, over a store that it opens itself.

It may crash, hang or be killed; whoever started it sees that and puts the job back. When that
one is gone it gives its job back at the next report and ends.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from sdc.pipeline.log_lines import set_up_logging
from sdc.pipeline.parts import Parts
from sdc.scale.steps import admit, broke_off, carry_out
from sdc.scale.task import Record, Task
from sdc.settings import Settings
from sdc.store.jobs import Job

OpenParts = Callable[[Settings], AbstractContextManager[Parts]]
"""Opens the store and the engines. The new process finds it by its name: a plain function, ``sdc.app.build_app``."""

GIVE_BACK_S = 30.0
"""So long a worker that is told to stop, or whose starter is gone, may take to end by itself."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has opened the store."""


@dataclass(frozen=True, slots=True)
class Began:
    """The task is a job now, and the worker's."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Told to a worker: give the job back."""


def work(connection: Connection, owner: str, settings: Settings, open_parts: OpenParts) -> None:
    """Work on what comes through the connection, until it is closed.

    Parameters
    ----------
    connection : Connection
        Gives ``Task`` and ``Stop``; gets ``Ready``, ``Began`` and ``Record``.
    owner : str
        The worker's name in the job table.
    settings : Settings
    open_parts : callable
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells all its processes; here Stop counts
    set_up_logging(settings.log_format, settings.log_level)
    stop, tasks = threading.Event(), queue.SimpleQueue[Task | None]()
    threading.Thread(target=_listen, args=(connection, stop, tasks), daemon=True).start()
    with open_parts(settings) as parts, suppress(BrokenPipeError):
        connection.send(Ready())
        while (task := tasks.get()) is not None:
            connection.send(_done(connection, parts, task, owner, stop))


def _listen(connection: Connection, stop: threading.Event, tasks: queue.SimpleQueue[Task | None]) -> None:
    with suppress(EOFError, OSError):
        while isinstance(told := connection.recv(), Task):
            tasks.put(told)
    stop.set()
    tasks.put(None)
    time.sleep(GIVE_BACK_S)  # a thread that ends with the process: here it hangs, and nobody would end it
    os._exit(1)


def _done(connection: Connection, parts: Parts, task: Task, owner: str, stop: threading.Event) -> Record:
    """Do a task; at this boundary any exception becomes its record."""
    job: Job | Record | None = None
    try:
        job = admit(parts, task, owner)
        if not isinstance(job, Job):
            return job
        connection.send(Began(job.id))
        return carry_out(parts, job, task, stop)
    except BrokenPipeError:
        raise
    except Exception as error:
        # Not the task's name: files are called after children.
        log.exception("job %s broke [batch.crashed]", job.id if isinstance(job, Job) else "(not made yet)")
        return broke_off(task, error)
