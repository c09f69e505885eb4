"""One task of a corpus: admit it as a job, carry the job out, put it back where its worker died.

Plain functions over the store, so that whatever runs them (a pool of processes, a cluster) is no
matter. Each may be cut off at any moment and done again: uploads, jobs and sessions are named by
their contents.
"""

from __future__ import annotations

import threading
from contextlib import suppress

from sdc.errors import ConflictError, InputError, NotFoundError, SDCError
from sdc.formats import read_path
from sdc.pipeline.intake import find_or_add_child, order_session
from sdc.pipeline.parts import Outcome, Parts, Report, SessionOrder
from sdc.pipeline.process_session import process_session
from sdc.pipeline.worker import run_job
from sdc.scale.task import Record, Task
from sdc.store.blobs import sha256_of
from sdc.store.clock import now_ms
from sdc.store.jobs import Job, Jobs, LeaseLostError
from sdc.store.records import Child, content_id
from sdc.store.uploads import safe_name, upload_kind

BUSY_S = 1.0
"""So long is waited before it is looked again whether somebody else is done with a job."""


def admit(parts: Parts, task: Task, owner: str | None) -> Job | Record:
    """Bring a task's files into the store and claim their job for a worker.

    Parameters
    ----------
    parts : Parts
    task : Task
    owner : str or None
        The worker, as the job is to name it; None: the job is only queued, and whoever carries it out claims it.

    Returns
    -------
    Job or Record
        The job to be carried out; a record where there is nothing to do now: the session is there, the job
        failed before, somebody else works on it, or the files cannot be used.
    """
    try:
        for path in task.pair.files:
            upload_kind(safe_name(path.name))
        sums = [sha256_of(path) for path in task.pair.files]
        child = _child_of(parts, task)
        return _claimed_or_told(parts, task, child, sums, owner)
    except OSError as error:
        reason = f"The file cannot be read: {error.strerror or error}."
        return failed(task, InputError(reason, code="input.unreadable", hint="Check that you may read it."))
    except SDCError as error:
        return failed(task, error)


def _child_of(parts: Parts, task: Task) -> Child:
    name = task.child or _named_in_transcript(task)
    try:
        return find_or_add_child(parts.repository, name)
    except ConflictError:  # another process added it in between
        return parts.repository.named_child(name)


def _named_in_transcript(task: Task) -> str:
    path = task.pair.transcript
    target = read_path(path, source=task.source).target if path is not None else None
    if target is None or not target.name:
        what = "A recording alone does not tell" if path is None else "The transcript does not tell"
        raise InputError(
            f"{what} the child's name.",
            code="batch.no-child",
            hint="Name the child in @Participants, or choose --child-from folder or name.",
        )
    return target.name


def _claimed_or_told(parts: Parts, task: Task, child: Child, sums: list[str], owner: str | None) -> Job | Record:
    job = _find_job(parts.jobs, content_id("j", child.id, sums))
    if job is not None and job.is_open:
        claimed = parts.jobs.claim_this(job.id, owner) if owner is not None else job
        return claimed or record_of(parts.jobs.get(job.id), task, child.name)
    if job is not None and job.state == "failed":
        return _ordered(parts, task, child, sums, owner) if task.retry else record_of(job, task, child.name)
    entry = parts.repository.find_entry(content_id("s", child.id, sums))
    if entry is not None:
        return Record(task.source, "known", child.name, entry.id)
    return _ordered(parts, task, child, sums, owner)


def _find_job(jobs: Jobs, job_id: str) -> Job | None:
    with suppress(NotFoundError):
        return jobs.get(job_id)
    return None


def _ordered(parts: Parts, task: Task, child: Child, sums: list[str], owner: str | None) -> Job | Record:
    """Upload the files and claim the job; an upload is named by its content, so that twice is once."""
    uploads = [
        parts.repository.keep_file(
            child.id, path, safe_name(path.name), sha256, upload_id=content_id("u", child.id, [sha256])
        )
        for path, sha256 in zip(task.pair.files, sums, strict=True)
    ]
    order = SessionOrder(child.id, tuple(upload.id for upload in uploads), task.given)
    job = order_session(parts.repository, parts.jobs, order, owner=owner)
    return job if job.owner == owner or owner is None else record_of(job, task, child.name)


def carry_out(parts: Parts, job: Job, task: Task, stop: threading.Event) -> Record:
    """Work on a claimed job until it is done, has failed, or is given back."""

    def process(job: Job, report: Report) -> Outcome:
        outcome = process_session(SessionOrder.of_job(job), parts, report)
        # Before the job ends: what is cut off here is told twice rather than not at all.
        parts.audit.record(actor="cli", action="session.add", child_id=job.child_id, object_id=outcome.session_id)
        return outcome

    job = run_job(job, parts.jobs, process, stop=stop)
    with suppress(NotFoundError):  # erased meanwhile
        return record_of(job, task, parts.repository.child(job.child_id).name)
    return record_of(job, task, None)


def put_back(jobs: Jobs, job_id: str, owner: str, task: Task, *, crashed: SDCError | None = None) -> Record:
    """Give up a job for a worker that cannot: it died, or was ended.

    Parameters
    ----------
    jobs : Jobs
    job_id, owner : str
    task : Task
    crashed : SDCError, optional
        Why; it counts as an attempt then, and after the last one the job has failed with this reason.
    """
    job = jobs.get(job_id)
    if crashed is not None and job.state == "queued":  # it died before it took the job: that counts, too
        job = jobs.claim_this(job_id, owner) or jobs.get(job_id)
    if job.state == "running" and job.owner == owner:
        try:
            job = jobs.put_back(job, crashed=crashed)
        except LeaseLostError:
            job = jobs.get(job_id)
    return record_of(job, task, task.child)


def record_of(job: Job, task: Task, child: str | None) -> Record:
    """Return how a job stands as what became of its task."""
    if job.is_open:
        wait_s = max(BUSY_S if job.state == "running" else 0.0, (job.not_before - now_ms()) / 1000)
        return Record(task.source, "later", child, wait_s=wait_s)
    told = [*job.failures, *([job.error] if job.state == "failed" and job.error else [])]
    named = tuple({**failure, "source": task.source} for failure in told)
    return Record(task.source, "made" if job.state == "done" else "failed", child, job.session_id, named)


def failed(task: Task, error: SDCError) -> Record:
    """Return what is told of a task that is no job."""
    return Record(task.source, "failed", task.child, failures=({**error.to_dict(), "source": task.source},))


def broke_off(task: Task, error: Exception) -> Record:
    """Return what is told of a task in which something went wrong that nobody foresaw."""
    reason = error.message if isinstance(error, SDCError) else type(error).__name__
    hint = "The file is as it was. Run the command again; if it stays, report it with the log."
    return failed(task, SDCError(f"The work broke off unexpectedly ({reason}).", code="batch.crashed", hint=hint))
