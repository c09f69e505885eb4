"""Files and uploads → jobs that make sessions of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sdc.errors import InputError, SDCError
from sdc.pipeline.pairs import Pair, find_pairs
from sdc.pipeline.parts import Given, Outcome, Parts, Report, SessionOrder
from sdc.pipeline.process_session import process_session
from sdc.pipeline.steps import collect_inputs
from sdc.pipeline.worker import Process, new_owner, run_job
from sdc.store.jobs import Job, Jobs
from sdc.store.records import Child, SessionEntry, content_id
from sdc.store.repository import Repository

WAIT_S = 0.2


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one input.

    Attributes
    ----------
    source : str
    entry : SessionEntry or None
        The session; None when there is none.
    notes : tuple[str, ...]
    failures : tuple[SDCError, ...]
        What could not be used.
    """

    source: str
    entry: SessionEntry | None
    notes: tuple[str, ...] = ()
    failures: tuple[SDCError, ...] = ()


def order_session(repository: Repository, jobs: Jobs, order: SessionOrder, *, owner: str | None = None) -> Job:
    """Queue the job that makes a session; with ``owner`` it is claimed at once.

    Raises
    ------
    NotFoundError
        No such child or upload.
    InputError
        The uploads make no session.
    """
    child = repository.child(order.child_id)
    inputs = collect_inputs(order, repository)
    names = [upload.filename for upload in (inputs.transcript, inputs.media) if upload is not None]
    job = Job(content_id("j", child.id, inputs.sums), child.id, " + ".join(names), order.to_dict())
    return jobs.submit(job, owner=owner)


def session_of(repository: Repository, order: SessionOrder) -> SessionEntry | None:
    """Return the session that an order's contents have made before; None where they are new.

    Raises
    ------
    NotFoundError
        No such child or upload.
    InputError
        The uploads make no session.
    """
    child = repository.child(order.child_id)
    return repository.find_entry(collect_inputs(order, repository).session_id(child))


def find_or_add_child(repository: Repository, name: str) -> Child:
    """Return the child of this name or id; a new one when there is none."""
    return repository.find_child(name) or repository.add_child(name)


def add_paths(
    parts: Parts,
    paths: Sequence[Path],
    child: Child | str,
    given: Given,
    on_step: Report | None = None,
    *,
    actor: str | None = None,
) -> list[Added]:
    """Add files and folders to a child's sessions, one after the other; a bad one does not stop the rest.

    Parameters
    ----------
    parts : Parts
    paths : Sequence[Path]
        Transcripts, recordings, folders. A transcript whose ``@Media`` names a file that lies
        beside it is taken with it, and a recording with the transcript that names it.
    child : Child or str
        A name that is new adds the child, once there is something to try.
    given : Given
        Holds for all of them.
    on_step : callable, optional
        Told ``source: step`` and the fraction of all inputs that is done.
    actor : str, optional
        Who adds, for the audit: each session has its line before its job ends.

    Returns
    -------
    list[Added]
    """
    pairs, failures = find_pairs(paths)
    added = [Added(error.source or "", None, failures=(error,)) for error in failures]
    if not pairs:
        return added
    owner = find_or_add_child(parts.repository, child) if isinstance(child, str) else child
    for index, pair in enumerate(pairs):

        def report(step: str, fraction: float, pair: Pair = pair, index: int = index) -> None:
            if on_step is not None:
                on_step(f"{pair.source}: {step}", (index + fraction) / len(pairs))

        added.append(add_pair(parts, pair, owner, given, report, actor=actor))
    return added


def add_pair(
    parts: Parts, pair: Pair, child: Child, given: Given, on_step: Report | None = None, *, actor: str | None = None
) -> Added:
    """Add one session and wait for it."""
    try:
        uploads = [parts.repository.upload_file(child.id, path) for path in pair.files]
        ids = tuple(upload.id for upload in uploads)
        order = SessionOrder(child.id, ids, given)
        job = run_now(parts, order, on_step, actor=actor)
    except OSError as error:
        reason = InputError(f"The file cannot be read: {error.strerror}.", code="input.unreadable", source=pair.source)
        return Added(pair.source, None, failures=(reason,))
    except SDCError as error:
        return Added(pair.source, None, failures=(error,))
    failures = [*job.failures, *([job.error] if job.state == "failed" and job.error else [])]
    entry = parts.repository.find_entry(job.session_id) if job.state == "done" and job.session_id else None
    return Added(pair.source, entry, job.notes, tuple(told_again(f) for f in failures))


def run_now(parts: Parts, order: SessionOrder, on_step: Report | None = None, *, actor: str | None = None) -> Job:
    """Run an order in this thread and return its job when it has ended.

    When another process works on the same input already, its result is waited for. ``actor`` stands in the
    audit as the one who added the session.
    """
    owner = new_owner()
    job = order_session(parts.repository, parts.jobs, order, owner=owner)
    return _to_its_end(parts, job, owner, on_step, actor=actor)


def retry_now(parts: Parts, job_id: str, on_step: Report | None = None) -> Job:
    """Try a failed job again in this thread and return it when it has ended.

    Raises
    ------
    NotFoundError
        No such job.
    ConflictError
        It has not failed.
    """
    owner = new_owner()
    return _to_its_end(parts, _claimed(parts.jobs, parts.jobs.retry(job_id), owner), owner, on_step)


def _to_its_end(parts: Parts, job: Job, owner: str, on_step: Report | None, *, actor: str | None = None) -> Job:
    while job.is_open:
        if job.owner == owner:
            job = run_job(job, parts.jobs, _work(parts, actor), stop=threading.Event(), on_step=on_step)
        else:
            time.sleep(WAIT_S)
            job = _claimed(parts.jobs, parts.jobs.get(job.id), owner)
    return job


def _work(parts: Parts, actor: str | None) -> Process:
    def work(job: Job, report: Report) -> Outcome:
        outcome = process_session(SessionOrder.of_job(job), parts, report)
        if actor is not None:  # before the job ends: what is cut off here is told twice rather than not at all
            parts.audit.record(actor=actor, action="session.add", child_id=job.child_id, object_id=outcome.session_id)
        return outcome

    return work


def _claimed(jobs: Jobs, job: Job, owner: str) -> Job:
    """Take over a job that waits or whose worker has died; else return it as it is."""
    return jobs.claim_this(job.id, owner) or job if job.is_open else job


def told_again(error: dict[str, Any]) -> SDCError:
    """Return an error that a job keeps as an error again."""
    return InputError(**error)
