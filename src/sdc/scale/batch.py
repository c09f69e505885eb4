"""A corpus through a pool of workers: each session once, a bad one told, the rest done."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from sdc.scale.corpus import Corpus
from sdc.scale.pool import Ended, Lost
from sdc.scale.steps import failed, put_back
from sdc.scale.task import Record, Task
from sdc.store.jobs import MAX_ATTEMPTS, Jobs

GRACE_S = 10.0
"""So long workers may take to give their jobs back after Ctrl-C."""


class Idle(Protocol):
    """A worker without a task."""

    def give(self, task: Task) -> object:
        """Let it work on a task."""


class Workers(Protocol):
    """What works on tasks: processes of this machine, or actors of a cluster."""

    @property
    def idle(self) -> Sequence[Idle]:
        """Those that can be given a task now."""

    @property
    def n_busy(self) -> int:
        """How many tasks are in work."""

    def look(self) -> list[Ended | Lost]:
        """Wait a moment, and return what there is to tell."""

    def stop(self, grace_s: float) -> list[Ended | Lost]:
        """Let all give their jobs back, and end them."""

    def close(self) -> None:
        """End them."""


class Opens(Protocol):
    """Starts workers: ``Plan``, ``RayPlan``."""

    def open(self) -> Workers:
        """Start them."""


@dataclass
class Done:
    """What became of a corpus.

    Attributes
    ----------
    sessions : list[tuple[str, str, str]]
        Name of the child, name in the corpus, session id; of all that were made or known.
    n_made, n_known, n_failed : int
    failures : list[dict]
        As ``SDCError.to_dict``; also of what was left out of sessions that were made.
    is_whole : bool
        False where it was stopped.
    """

    sessions: list[tuple[str, str, str]] = field(default_factory=list)
    n_made: int = 0
    n_known: int = 0
    n_failed: int = 0
    failures: list[dict[str, object]] = field(default_factory=list)
    is_whole: bool = True

    def add(self, record: Record) -> None:
        """Count what became of one session."""
        self.n_made += record.state == "made"
        self.n_known += record.state == "known"
        self.n_failed += record.state == "failed"
        self.failures += record.failures
        if record.session_id is not None and record.state != "failed":
            self.sessions.append((record.child or "", record.source, record.session_id))


class Batch:
    """One run over a corpus.

    Parameters
    ----------
    corpus : Corpus
    jobs : Jobs
        The table that workers write to; here what dead ones left is put back.
    plan : Plan or RayPlan
    stop : threading.Event
        When it is set, jobs in work are given back and the run ends.
    """

    def __init__(self, corpus: Corpus, jobs: Jobs, plan: Opens, stop: threading.Event) -> None:
        self._corpus, self._jobs, self._plan, self._stop = corpus, jobs, plan, stop
        self._later: list[tuple[float, int, Task]] = []
        self._numbers = itertools.count()
        self._is_walked = False
        self.done = Done()

    def run(self, on_record: Callable[[Record], None]) -> Done:
        """Work through the corpus; ``on_record`` is told each session that is settled."""

        def tell(record: Record) -> None:
            self.done.add(record)
            on_record(record)

        tasks = self._corpus.tasks(
            lambda error: tell(Record(error.source or "", "failed", failures=(error.to_dict(),)))
        )
        pool = self._plan.open()
        try:
            while not self._stop.is_set() and (self._hand_out(pool, tasks) or self._later or not self._is_walked):
                for record in self._settled(pool.look()):
                    tell(record)
            self.done.is_whole = not self._stop.is_set()
            for told in pool.stop(GRACE_S) if self._stop.is_set() else ():
                for record in self._given_back(told):
                    tell(record)
        finally:
            pool.close()
        return self.done

    def _hand_out(self, pool: Workers, tasks: Iterator[Task]) -> bool:
        """Give each idle worker a task; return whether anybody works."""
        for worker in pool.idle:
            task = self._next(tasks)
            if task is None:
                break
            worker.give(task)
        return pool.n_busy > 0

    def _next(self, tasks: Iterator[Task]) -> Task | None:
        if self._later and self._later[0][0] <= time.monotonic():
            return heapq.heappop(self._later)[2]
        task = next(tasks, None)
        self._is_walked = task is None
        return task

    def _settled(self, told: list[Ended | Lost]) -> Iterator[Record]:
        """Yield what is settled, and put off the rest."""
        for one in told:
            record, task = self._after_loss(one) if isinstance(one, Lost) else one.record, one.task
            if record.state != "later":
                yield record
                continue
            if isinstance(one, Lost) and one.job_id is None:
                task = replace(task, n_deaths=task.n_deaths + 1)
            heapq.heappush(self._later, (time.monotonic() + record.wait_s, next(self._numbers), task))

    def _after_loss(self, lost: Lost) -> Record:
        if lost.job_id is not None:
            return put_back(self._jobs, lost.job_id, lost.owner, lost.task, crashed=lost.reason)
        if lost.task.n_deaths + 1 >= MAX_ATTEMPTS:
            return failed(lost.task, lost.reason)
        return Record(lost.task.source, "later")

    def _given_back(self, told: Ended | Lost) -> Iterator[Record]:
        if isinstance(told, Ended):
            yield from [told.record] if told.record.state != "later" else []
        elif told.job_id is not None:
            put_back(self._jobs, told.job_id, told.owner, told.task)
