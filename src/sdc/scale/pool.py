"""Processes that work on tasks, and may crash, hang or be killed without harm to the others.

Fresh processes (spawn), one task each at a time, a pipe to each: nothing is shared that a dying
one could leave locked.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait

from sdc.cores import n_cores
from sdc.errors import EngineError, SDCError
from sdc.pipeline.worker import new_owner
from sdc.scale.task import Record, Task
from sdc.scale.worker import Began, OpenParts, Ready, Stop
from sdc.settings import Settings

LOOK_EVERY_S = 0.2
MAX_STILLBORN = 3
"""So many workers in a row may die before they are ready."""

Work = Callable[[Connection, str, Settings, OpenParts], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a pool works.

    Attributes
    ----------
    settings : Settings
    open_parts : callable
        What each worker opens the store with.
    work : callable
        What each worker runs: ``sdc.scale.worker.work``.
    count : int
        How many workers.
    limit_s : float
        A task that takes longer is ended.
    """

    settings: Settings
    open_parts: OpenParts
    work: Work
    count: int
    limit_s: float

    def open(self) -> Pool:
        """Start the workers."""
        return Pool(self)


@dataclass(frozen=True, slots=True)
class Ended:
    """A worker is done with a task."""

    task: Task
    record: Record


@dataclass(frozen=True, slots=True)
class Lost:
    """A worker ended in the middle of a task; ``job_id`` is None where it was no job yet."""

    task: Task
    job_id: str | None
    owner: str
    reason: SDCError


class Worker:
    """One process, with what it works on."""

    def __init__(self, plan: Plan) -> None:
        context = get_context("spawn")
        self.owner, self._plan = new_owner(), plan
        self.connection, there = context.Pipe()
        arguments = (there, self.owner, plan.settings, plan.open_parts)
        self.process = context.Process(target=plan.work, args=arguments, daemon=True)
        with _shielded(max(1, n_cores() // plan.count)):
            self.process.start()
        there.close()
        self.task: Task | None = None
        self.job_id: str | None = None
        self.is_ready = False
        self._until = 0.0

    def give(self, task: Task) -> None:
        """Let it work on a task."""
        self.task, self.job_id, self._until = task, None, time.monotonic() + self._plan.limit_s
        with suppress(OSError):  # it died: that is seen at the next look
            self.connection.send(task)

    def look(self) -> Ended | Lost | None:
        """Return what it has to tell of its task; it is idle again after a record, and gone after a loss."""
        with suppress(EOFError, OSError):
            while self.connection.poll():
                told = self.connection.recv()
                if isinstance(told, Record) and self.task is not None:
                    ended, self.task = Ended(self.task, told), None
                    return ended
                self.is_ready = self.is_ready or isinstance(told, Ready)
                if isinstance(told, Began):
                    self.job_id = told.job_id
            if not self.is_ready:  # to open the store is not the task's time
                self._until = time.monotonic() + self._plan.limit_s
            is_late = self.task is not None and time.monotonic() > self._until
            return self._lost(too_long(self._plan.limit_s)) if is_late else None
        self.process.join(1.0)
        return self._lost(_died(self.process.exitcode))

    def _lost(self, reason: SDCError) -> Lost | None:
        task, self.task = self.task, None
        self.end()
        return None if task is None else Lost(task, self.job_id, self.owner, reason)

    def stop(self) -> None:
        """Tell it to give its job back and to end."""
        with suppress(OSError):
            self.connection.send(Stop())

    def end(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()

    @property
    def is_gone(self) -> bool:
        """Whether it has ended and was looked at."""
        return self.connection.closed


class Pool:
    """Workers; those that are gone are replaced."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._workers = [Worker(plan) for _ in range(plan.count)]
        self._n_stillborn = 0

    @property
    def idle(self) -> list[Worker]:
        """Workers without a task."""
        return [worker for worker in self._workers if worker.task is None]

    @property
    def n_busy(self) -> int:
        """How many workers have a task."""
        return len(self._workers) - len(self.idle)

    def look(self) -> list[Ended | Lost]:
        """Wait a moment, and return what the workers have to tell."""
        wait([worker.connection for worker in self._workers], timeout=LOOK_EVERY_S)
        told = [found for worker in self._workers if (found := worker.look()) is not None]
        for index, worker in enumerate(self._workers):
            if worker.is_gone:
                self._check(worker)
                self._workers[index] = Worker(self._plan)
        return told

    def _check(self, gone: Worker) -> None:
        self._n_stillborn = 0 if gone.is_ready else self._n_stillborn + 1
        if self._n_stillborn >= MAX_STILLBORN:
            raise EngineError(
                "The worker processes end before they have begun.",
                code="batch.workers",
                hint="See what they say above, and `sdc doctor`.",
            )

    def stop(self, grace_s: float) -> list[Ended | Lost]:
        """Let all give their jobs back, end those that do not in time, and return what they told."""
        told: list[Ended | Lost] = []
        for worker in self._workers:
            worker.stop()
        deadline = time.monotonic() + grace_s
        while self.n_busy and time.monotonic() < deadline:
            wait([worker.connection for worker in self._workers if worker.task is not None], timeout=LOOK_EVERY_S)
            told += [found for w in self._workers if w.task is not None and (found := w.look()) is not None]
        for worker in self._workers:
            if worker.task is not None:
                told.append(Lost(worker.task, worker.job_id, worker.owner, too_long(grace_s)))
        self.close()
        return told

    def close(self) -> None:
        """End all workers: those without a task by themselves, with what they hold put away."""
        for worker in self._workers:
            if not worker.is_gone:
                worker.stop()
        deadline = time.monotonic() + 5.0
        for worker in self._workers:
            if not worker.is_gone:
                if worker.task is None:
                    worker.process.join(max(0.0, deadline - time.monotonic()))
                worker.end()


@contextmanager
def _shielded(n_threads: int) -> Iterator[None]:
    """Let a process start in which Ctrl-C does nothing and libraries take their share of the cores."""
    with ExitStack() as undo:
        if "OMP_NUM_THREADS" not in os.environ:
            os.environ["OMP_NUM_THREADS"] = str(n_threads)
            undo.callback(os.environ.pop, "OMP_NUM_THREADS")
        if os.name == "posix":
            resource_tracker.ensure_running()  # its start would let Ctrl-C through again
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            undo.callback(signal.pthread_sigmask, signal.SIG_SETMASK, before)
        yield


def _died(status: int | None) -> SDCError:
    name = f"status {status}"
    if status is not None and status < 0:
        with suppress(ValueError):
            name = signal.Signals(-status).name
    is_memory = name == "SIGKILL"
    return SDCError(
        f"The process that worked on it died ({name}).",
        code="batch.worker-died",
        hint="The machine may have run out of memory: try again with fewer --workers."
        if is_memory
        else "Check the file with another program; if it is whole, report this.",
    )


def too_long(limit_s: float) -> SDCError:
    """Return what is told of a task that did not end in time."""
    return SDCError(
        f"The work on it did not end within {limit_s:g} s.",
        code="batch.too-long",
        hint="Check the file with another program, or give it more time with --limit.",
    )
