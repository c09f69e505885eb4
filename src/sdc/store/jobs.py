"""Jobs with leases: work that survives a kill at any moment.

A worker claims a job for some seconds and renews the lease while it works. When it dies, the
lease ends and another worker takes the job over. Whoever lost a lease can neither report nor
finish: both are guarded by owner and attempt. One collection, one atomic update per step; each
update names the child, whose key seals what is sealed. Where several machines share a store,
their clocks must agree within a few seconds (a lease is a time).
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sdc.errors import ConflictError, NotFoundError, SDCError, StoreError
from sdc.store.clock import now_iso, now_ms
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents, Filter, Update

State = Literal["queued", "running", "done", "failed"]
MAX_ATTEMPTS = 3
BACK_OFF_MS = 2_000

JOBS = "jobs"


class LeaseLostError(StoreError):
    """Another worker has taken the job over; this one stops."""

    default_code = "job.lease-lost"


@dataclass(frozen=True, slots=True)
class Job:
    """One run of the pipeline.

    Attributes
    ----------
    id : str
        Hash of child and inputs: ordering the same twice is one job.
    child_id : str
    source : str
        What people see: the names of the inputs.
    order : dict
        What to do.
    state : {"queued", "running", "done", "failed"}
    step : str
    progress : float
        0 to 1.
    attempt : int
        How often it was begun.
    owner : str or None
    lease_until, not_before, created_ms : int
        UTC milliseconds.
    session_id : str or None
        What came out.
    error : dict or None
        Of a failed job, as ``SDCError.to_dict``.
    notes : tuple[str, ...]
    failures : tuple[dict, ...]
        Inputs of a finished job that were left out, as ``SDCError.to_dict``.
    created_at, updated_at : str
    """

    id: str
    child_id: str
    source: str
    order: dict[str, Any]
    state: State = "queued"
    step: str = "waiting"
    progress: float = 0.0
    attempt: int = 0
    owner: str | None = None
    lease_until: int = 0
    not_before: int = 0
    created_ms: int = 0
    session_id: str | None = None
    error: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    failures: tuple[dict[str, Any], ...] = ()
    created_at: str = ""
    updated_at: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("queued", "running")


@dataclass(frozen=True, slots=True)
class Queue:
    """How much work there is.

    Attributes
    ----------
    by_state : dict[str, int]
        Jobs in each state.
    oldest_s : float
        Age of the oldest job that waits; 0 where none does.
    """

    by_state: dict[str, int]
    oldest_s: float


class Jobs:
    """The job collection.

    Parameters
    ----------
    documents : Documents
    lease_s : float
        A worker that is silent for this long has lost its job.

    Attributes
    ----------
    news : threading.Event
        Set when this process has queued something, so that its workers need not wait.
    """

    def __init__(self, documents: Documents, *, lease_s: float = 15.0) -> None:
        self._documents = documents
        self.lease_s = lease_s
        self.news = threading.Event()

    def submit(self, job: Job, *, owner: str | None = None) -> Job:
        """Queue a job, or claim it at once for ``owner``.

        The same job while it waits or runs is not begun again: the open one is returned.
        A job that is done or has failed starts afresh.
        """
        document = to_document(job) | {"created_ms": now_ms(), "created_at": now_iso(), "updated_at": now_iso()}
        if owner is not None:
            document |= self._claimed(owner) | {"attempt": 1}
        try:
            self._documents.insert_one(JOBS, document)
        except ConflictError:
            fresh = {key: value for key, value in document.items() if key != "_id"}
            ended = {"_id": job.id, "child_id": job.child_id, "state": {"$in": ["done", "failed"]}}
            self._documents.find_one_and_update(JOBS, ended, {"$set": fresh})
        self.news.set()
        return self.get(job.id)

    def get(self, job_id: str) -> Job:
        """Return a job; ``NotFoundError`` when there is none."""
        found = self._documents.find_one(JOBS, {"_id": job_id})
        if found is None:
            raise NotFoundError("There is no such job.", code="job.not-found", hint="See the child's jobs.")
        return from_document(Job, found)

    def of_child(self, child_id: str) -> list[Job]:
        """Return a child's jobs, newest first."""
        found = self._documents.find(JOBS, {"child_id": child_id}, sort=[("created_ms", -1)])
        return [from_document(Job, document) for document in found]

    def all(self, *, state: State | None = None) -> list[Job]:
        """Return all jobs, or those in one state, newest first."""
        where: Filter = {} if state is None else {"state": state}
        return [from_document(Job, found) for found in self._documents.find(JOBS, where, sort=[("created_ms", -1)])]

    def n_open(self, child_id: str | None = None) -> int:
        """Return how many jobs (of a child) wait or run."""
        where: Filter = {} if child_id is None else {"child_id": child_id}
        return self._documents.count(JOBS, {**where, "state": {"$in": ["queued", "running"]}})

    def n_open_of(self, child_ids: Iterable[str]) -> Counter[str]:
        """Return how many jobs of these children wait or run, by child; in one reading."""
        which: Filter = {"state": {"$in": ["queued", "running"]}}
        found = self._documents.find(JOBS, which, fields=["child_id"])
        wanted = frozenset(child_ids)
        return Counter(document["child_id"] for document in found if document["child_id"] in wanted)

    def queue(self) -> Queue:
        """Return how many jobs there are in each state, and how long the oldest has waited."""
        by_state = {state: self._documents.count(JOBS, {"state": state}) for state in get_args(State)}
        found = self._documents.find(
            JOBS, {"state": "queued"}, sort=[("created_ms", 1)], limit=1, fields=["created_ms"]
        )
        oldest_s = max(0.0, (now_ms() - found[0]["created_ms"]) / 1000) if found else 0.0
        return Queue(by_state, oldest_s)

    def claim(self, owner: str) -> Job | None:
        """Take a job whose worker has fallen silent, or else the oldest that is free; None when there is none."""
        return self._claim({}, owner)

    def claim_this(self, job_id: str, owner: str) -> Job | None:
        """Take one job if it is free; None when it is not."""
        return self._claim({"_id": job_id}, owner)

    def _claim(self, which: Filter, owner: str) -> Job | None:
        """Take the first of some jobs in one atomic update.

        Each look goes along the index of state and age, so that a claim costs the same however
        many jobs wait.
        """
        self._bury_killers()
        now = now_ms()
        update = {"$set": self._claimed(owner), "$inc": {"attempt": 1}}
        silent, waiting = _silent(now), {"state": "queued", "not_before": {"$lte": now}}
        found = None
        if self._documents.find_one(JOBS, {**which, **silent}) is not None:  # rare, and a read takes no lock
            found = self._take({**which, **silent}, update)
        found = found or self._take({**which, **waiting}, update)
        return None if found is None else from_document(Job, found)

    def _take(self, which: Filter, update: Update) -> Document | None:
        return self._documents.find_one_and_update(JOBS, which, update, sort=[("created_ms", 1)])

    def _claimed(self, owner: str) -> dict[str, Any]:
        return {
            "state": "running",
            "owner": owner,
            "lease_until": self._lease_end(),
            "step": "starting",
            "progress": 0.0,
            "updated_at": now_iso(),
        }

    def _lease_end(self) -> int:
        return now_ms() + round(self.lease_s * 1000)

    def _bury_killers(self) -> None:
        """Fail jobs whose worker died with them each time: they would end every worker."""
        silent = {**_silent(now_ms()), "attempt": {"$gte": MAX_ATTEMPTS}}
        for found in self._documents.find(JOBS, silent):
            which = {"_id": found["_id"], "child_id": found["child_id"], **silent}
            self._documents.find_one_and_update(JOBS, which, {"$set": _failed(_cut_off())})

    def beat(self, job: Job, **changes: Any) -> None:
        """Renew the lease and report (``step``, ``progress``); ``LeaseLostError`` when it is lost."""
        self._guarded(job, {"lease_until": self._lease_end(), "updated_at": now_iso(), **changes})

    def finish(self, job: Job, *, session_id: str, notes: Sequence[str] = (), failures: Sequence[SDCError] = ()) -> Job:
        """Mark a job as done."""
        done = {"state": "done", "step": "done", "progress": 1.0, "error": None, "owner": None}
        found = {"session_id": session_id, "notes": list(notes), "failures": [e.to_dict() for e in failures]}
        return self._guarded(job, {**done, **found, "updated_at": now_iso()})

    def fail(self, job: Job, error: SDCError) -> Job:
        """Mark a job as failed for good."""
        return self._guarded(job, _failed(error))

    def put_back(self, job: Job, *, crashed: SDCError | None = None) -> Job:
        """Give a job up unfinished: with a pause and a limit after a crash, at once and uncounted otherwise."""
        if crashed is None:
            return self._guarded(job, {"state": "queued", "step": "waiting", "owner": None, "attempt": job.attempt - 1})
        if job.attempt >= MAX_ATTEMPTS:
            return self.fail(job, crashed)
        pause_ms = BACK_OFF_MS * 2 ** (job.attempt - 1)
        waiting = {"state": "queued", "step": "waiting", "owner": None, "not_before": now_ms() + pause_ms}
        return self._guarded(job, {**waiting, "error": crashed.to_dict(), "updated_at": now_iso()})

    def retry(self, job_id: str) -> Job:
        """Queue a failed job again; ``ConflictError`` when it has not failed."""
        fresh = {"state": "queued", "step": "waiting", "progress": 0.0, "attempt": 0, "error": None, "not_before": 0}
        job = self.get(job_id)
        failed = {"_id": job_id, "child_id": job.child_id, "state": "failed"}
        found = self._documents.find_one_and_update(JOBS, failed, {"$set": {**fresh, "updated_at": now_iso()}})
        if found is None:
            job = self.get(job_id)
            raise ConflictError(
                f"This job is {job.state}; only a failed one can be tried again.", code="job.not-failed"
            )
        self.news.set()
        return from_document(Job, found)

    def _guarded(self, job: Job, changes: dict[str, Any]) -> Job:
        mine: Filter = {
            "_id": job.id,
            "child_id": job.child_id,
            "state": "running",
            "owner": job.owner,
            "attempt": job.attempt,
        }
        found = self._documents.find_one_and_update(JOBS, mine, {"$set": changes})
        if found is None:
            raise LeaseLostError("Another worker has taken this job over.")
        return from_document(Job, found)


def _silent(now: int) -> dict[str, Any]:
    return {"state": "running", "lease_until": {"$lt": now}}


def _cut_off() -> SDCError:
    return SDCError(
        f"The work was cut off {MAX_ATTEMPTS} times.",
        code="job.cut-off",
        hint="Look whether the machine ran out of memory, then try again.",
    )


def _failed(error: SDCError) -> dict[str, Any]:
    return {"state": "failed", "step": "failed", "error": error.to_dict(), "owner": None, "updated_at": now_iso()}
