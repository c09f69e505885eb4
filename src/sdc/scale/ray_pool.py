"""The workers of a batch as Ray actors, on one machine or many; those that are lost are replaced.

The command brings files into the store and queues their jobs; what travels is a job's id. Which
job is whose, and which is done, stands in the job table, as it does without Ray.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import ray
from ray.exceptions import RayActorError, RayError, RayTaskError

from sdc.errors import EngineError, ExtraMissingError, SDCError, SettingsError
from sdc.pipeline.parts import Parts
from sdc.pipeline.worker import new_owner
from sdc.scale.pool import LOOK_EVERY_S, MAX_STILLBORN, Ended, Lost, too_long
from sdc.scale.ray_place import told
from sdc.scale.ray_worker import Ear, Worker
from sdc.scale.steps import admit
from sdc.scale.task import Record, Task
from sdc.scale.worker import OpenParts

ROOM_WITHIN_S = 120.0
"""So long the first worker, or one after all were lost, is waited for."""
CLOSE_S = 5.0


@dataclass(frozen=True, slots=True)
class RayPlan:
    """How workers on Ray work.

    Attributes
    ----------
    parts : Parts
        The store, open here: files are brought into it by the command.
    open_parts : callable
        What each actor opens the store with.
    most : int
        At most so many workers; fewer where the cluster has fewer cores.
    limit_s : float
        A task that takes longer is ended.
    n_ears : int or None
        How many actors transcribe; None: as many as GPUs allow, without a GPU one for each node.
    gpu : float
        The share of a GPU that one of them takes; nothing where the cluster has none.
    """

    parts: Parts
    open_parts: OpenParts
    most: int
    limit_s: float
    n_ears: int | None = None
    gpu: float = 1.0

    def open(self) -> RayPool:
        """Start the workers."""
        return RayPool(self)


class Member:
    """One actor, with what it works on."""

    def __init__(self, plan: RayPlan) -> None:
        self.owner, self._plan = new_owner(), plan
        options = ray.remote(Worker).options(num_cpus=1, max_concurrency=2, scheduling_strategy="SPREAD")
        self._actor = options.remote(self.owner, told(plan.parts.settings), plan.open_parts)
        self.awaited = self._actor.ready.remote()
        self.is_ready = self.is_gone = False
        self.stillborn: BaseException | None = None
        self.task: Task | None = None
        self.job_id: str | None = None
        self._until = 0.0

    def begin(self, task: Task, job_id: str, ears: list[Any]) -> None:
        """Let it work on a task."""
        self.task, self.job_id, self._until = task, job_id, time.monotonic() + self._plan.limit_s
        self.awaited = self._actor.work.remote(job_id, task, ears)

    def look(self, *, is_there: bool) -> Ended | Lost | None:
        """Return what became of its task; ``is_there``: an answer has come."""
        if is_there:
            return self._answered()
        is_late = self.task is not None and time.monotonic() > self._until
        return self._lost(too_long(self._plan.limit_s)) if is_late else None

    def _answered(self) -> Ended | Lost | None:
        try:
            told = ray.get(self.awaited)
        except RayError as error:
            self.stillborn = None if self.is_ready else _cause(error)
            return self._lost(_died(error))
        if isinstance(told, SDCError):
            self.stillborn = told
            return self._lost(told)
        self.is_ready, self.awaited = True, None
        task, self.task = self.task, None
        return None if task is None else Ended(task, told)

    def _lost(self, reason: SDCError) -> Lost | None:
        task, self.task = self.task, None
        self.end()
        return None if task is None else Lost(task, self.job_id, self.owner, reason)

    def stop(self) -> None:
        """Tell it to give its job back."""
        self._actor.stop.remote()

    def close(self) -> Any:
        """Let it put away what it holds, and return what tells that it has."""
        return self._actor.close.remote()

    def end(self) -> None:
        """End it, whatever it does."""
        self.is_gone, self.awaited = True, None
        with suppress(RayError):
            ray.kill(self._actor)


@dataclass(frozen=True, slots=True)
class Seat:
    """A worker without a task; giving it one brings the files into the store."""

    give: Callable[[Task], None]


class RayPool:
    """Workers on a cluster; ``connected`` must last."""

    def __init__(self, plan: RayPlan) -> None:
        self._plan, self._ears = plan, list[Any]()
        count = max(1, min(plan.most, int(ray.cluster_resources().get("CPU", 1))))
        self._members = [Member(plan) for _ in range(count)]
        self._admitted: list[Ended | Lost] = []
        self._n_stillborn, self._alive_at = 0, time.monotonic()

    @property
    def idle(self) -> list[Seat]:
        """Workers that are ready and have no task."""
        free = [member for member in self._members if member.is_ready and member.task is None]
        return [Seat(partial(self._give, member)) for member in free]

    @property
    def n_busy(self) -> int:
        """How many tasks are not settled."""
        return sum(member.task is not None for member in self._members) + len(self._admitted)

    def _give(self, member: Member, task: Task) -> None:
        job = admit(self._plan.parts, task, None)
        if isinstance(job, Record):
            self._admitted.append(Ended(task, job))
            return
        member.begin(task, job.id, self._ears_for(task))

    def _ears_for(self, task: Task) -> list[Any]:
        """Return the actors that transcribe, where the task needs one: they are started with the first of these."""
        if task.pair.transcript is not None or self._plan.parts.transcriber.is_remote:
            return []
        self._ears = self._ears or _start_ears(self._plan)
        return self._ears

    def look(self) -> list[Ended | Lost]:
        """Wait a moment, and return what the workers have to tell."""
        awaited = [member.awaited for member in self._members if member.awaited is not None]
        there: set[Any] = set()
        if awaited:
            ray.wait(awaited, timeout=0 if self._admitted else LOOK_EVERY_S)
            there = set(ray.wait(awaited, num_returns=len(awaited), timeout=0)[0])
        looked = [member.look(is_there=member.awaited in there) for member in self._members]
        settled, self._admitted = self._admitted, []
        self._replace_lost()
        return settled + [found for found in looked if found is not None]

    def _replace_lost(self) -> None:
        for index, member in enumerate(self._members):
            if member.is_gone:
                self._check(member)
                self._members[index] = Member(self._plan)
        now = time.monotonic()
        if any(member.is_ready for member in self._members):
            self._alive_at, self._n_stillborn = now, 0
        elif now - self._alive_at > ROOM_WITHIN_S:
            raise EngineError(
                f"No worker could be started in the Ray cluster within {ROOM_WITHIN_S:g} s.",
                code="batch.no-room",
                hint="Look with `ray status` whether its cores are taken, and whether its nodes run.",
            )

    def _check(self, gone: Member) -> None:
        if gone.stillborn is None:
            return
        if isinstance(gone.stillborn, SettingsError | ExtraMissingError):
            raise gone.stillborn
        self._n_stillborn += 1
        if self._n_stillborn >= MAX_STILLBORN:
            raise EngineError(
                f"The workers in the Ray cluster end before they have begun ({_first_line(gone.stillborn)}).",
                code="batch.workers",
                hint="Look whether SDC in this version is installed on each node, and at Ray's logs there.",
            )

    def stop(self, grace_s: float) -> list[Ended | Lost]:
        """Let all give their jobs back, and return what they told; whoever does not in time is ended."""
        told, self._admitted = self._admitted, []
        for member in self._members:
            if member.task is not None:
                member.stop()
        deadline = time.monotonic() + grace_s
        while any(member.task is not None for member in self._members) and time.monotonic() < deadline:
            busy = [member for member in self._members if member.task is not None]
            there = set(ray.wait([member.awaited for member in busy], timeout=LOOK_EVERY_S)[0])
            told += [found for m in busy if (found := m.look(is_there=m.awaited in there)) is not None]
        for member in self._members:
            if member.task is not None:
                told.append(Lost(member.task, member.job_id, member.owner, too_long(grace_s)))
        self.close()
        return told

    def close(self) -> None:
        """End all workers: those without a task with what they hold put away."""
        with suppress(RayError):
            free = [m.close() for m in self._members if m.is_ready and not m.is_gone and m.task is None]
            if free:
                ray.wait(free, num_returns=len(free), timeout=CLOSE_S)
        for member in self._members:
            member.end()
        for ear in self._ears:
            with suppress(RayError):
                ray.kill(ear)


def _start_ears(plan: RayPlan) -> list[Any]:
    """Start what transcribes, spread over the nodes; without a GPU it takes the cores of the workers that wait."""
    resources, n_nodes = ray.cluster_resources(), sum(node["Alive"] for node in ray.nodes())
    n_gpus, n_cores = resources.get("GPU", 0.0), resources.get("CPU", 1.0)
    share = plan.gpu if n_gpus else 0.0
    count = plan.n_ears or (max(1, math.floor(n_gpus / share)) if share else n_nodes)
    threads = str(max(1, int(n_cores // count)))
    remote = ray.remote(Ear).options(
        num_cpus=0,
        num_gpus=share,
        max_restarts=-1,
        scheduling_strategy="SPREAD",
        runtime_env={"env_vars": {"OMP_NUM_THREADS": threads}},
    )
    return [remote.remote(told(plan.parts.settings), plan.open_parts, plan.limit_s) for _ in range(count)]


def _cause(error: RayError) -> BaseException:
    """Return what an actor's method broke off with, or that the actor died."""
    return error.cause if isinstance(error, RayTaskError) and isinstance(error.cause, BaseException) else error


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _died(error: RayError) -> SDCError:
    node = isinstance(error, RayActorError) and "node" in str(error) and "died" in str(error)
    return SDCError(
        "The node that worked on it was lost, or the process there died."
        if node
        else "The process that worked on it died.",
        code="batch.worker-died",
        hint="Check the file with another program; the node may have run out of memory.",
    )
