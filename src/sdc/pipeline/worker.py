"""Threads that run jobs. Here, at the job boundary, any exception becomes a job's state."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType

from sdc.errors import ConsentError, EngineError, InputError, NotFoundError, SDCError, SettingsError
from sdc.pipeline.parts import Outcome, Report
from sdc.store.jobs import Job, Jobs, LeaseLostError

Process = Callable[[Job, Report], Outcome]

IDLE_S = 0.5
PAUSE_AFTER_TROUBLE_S = 1.0
REPORT_EVERY_S = 0.2
LOOK_EVERY_S = 0.1
STOP_S = 5.0

log = logging.getLogger(__name__)


class WorkStoppedError(SDCError):
    """The worker was told to stop; the job goes back."""

    default_code = "job.stopped"


def new_owner() -> str:
    """Return a name for a worker that no other has."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


class Heart:
    """Keeps a job's lease alive while it is worked on, and passes its progress on.

    Parameters
    ----------
    jobs : Jobs
    job : Job
    stop : threading.Event
        When it is set, the next report stops the work.
    """

    def __init__(self, jobs: Jobs, job: Job, stop: threading.Event) -> None:
        self._jobs, self._job, self._stop = jobs, job, stop
        self._over = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease-{job.id}", daemon=True)
        self._writing = threading.Lock()
        self._news: tuple[str, float] | None = None
        self._told_at, self._renewed_at = time.monotonic() - REPORT_EVERY_S, time.monotonic()

    def report(self, step: str, fraction: float) -> None:
        """Tell where the work is; raise when it must not go on."""
        if self._stop.is_set():
            raise WorkStoppedError("The worker stops.")
        if self._lost.is_set():
            raise LeaseLostError("Another worker has taken this job over.")
        with self._writing:
            self._news = step, min(1.0, max(0.0, fraction))
            if time.monotonic() - self._told_at >= REPORT_EVERY_S:
                self._tell()

    def _tell(self) -> None:
        """Renew the lease, and write where the work is if that is new."""
        step, progress = self._news or ("", 0.0)
        self._jobs.beat(self._job, **({"step": step, "progress": progress} if self._news else {}))
        self._renewed_at = time.monotonic()
        if self._news is not None:
            self._news, self._told_at = None, self._renewed_at

    def _beat(self) -> None:
        """Write what was reported too soon after the last time; steps of milliseconds follow each other unwritten."""
        renew_s = self._jobs.lease_s / 3
        while not self._over.wait(min(LOOK_EVERY_S, renew_s)):
            with self._writing:
                now = time.monotonic()
                is_new = self._news is not None and now - self._told_at >= REPORT_EVERY_S
                if self._over.is_set() or not (is_new or now - self._renewed_at >= renew_s):
                    continue
                try:
                    self._tell()
                except LeaseLostError:
                    self._lost.set()
                    return
                except SDCError as error:  # the store is busy; the next beat may get through
                    log.warning("lease of %s not renewed: %s", self._job.id, error)

    def __enter__(self) -> Heart:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()


def run_job(job: Job, jobs: Jobs, process: Process, *, stop: threading.Event, on_step: Report | None = None) -> Job:
    """Work on a claimed job until it is done, has failed, or is given back.

    Parameters
    ----------
    job : Job
        Claimed by this worker.
    jobs : Jobs
    process : callable
        Does the work.
    stop : threading.Event
    on_step : callable, optional
        Also told each report.

    Returns
    -------
    Job
        As it is afterwards.
    """
    try:
        return _run(job, jobs, process, stop, on_step)
    except (LeaseLostError, NotFoundError):
        # At a report, or when the end was to be written down; the second where the child's key is gone, too.
        return _lost(job, jobs)


def _run(job: Job, jobs: Jobs, process: Process, stop: threading.Event, on_step: Report | None) -> Job:
    try:
        with Heart(jobs, job, stop) as heart:

            def report(step: str, fraction: float) -> None:
                heart.report(step, fraction)
                if on_step is not None:
                    on_step(step, fraction)

            outcome = process(job, report)
        return jobs.finish(job, session_id=outcome.session_id, notes=outcome.notes, failures=outcome.failures)
    except LeaseLostError:
        raise
    except WorkStoppedError:
        return jobs.put_back(job)
    except (InputError, EngineError, ConsentError, NotFoundError, SettingsError) as error:
        return jobs.fail(job, error)
    except Exception as error:
        log.exception("job %s broke in attempt %d [job.crashed]", job.id, job.attempt)
        return jobs.put_back(job, crashed=_crash(job, error))


def _lost(job: Job, jobs: Jobs) -> Job:
    """Return the job as whoever took it over left it; as failed when it was erased with its child."""
    try:
        taken = jobs.get(job.id)
    except NotFoundError:
        gone = NotFoundError("The child was erased while this was worked on.", code="child.erased", source=job.source)
        return replace(job, state="failed", step="failed", error=gone.to_dict(), owner=None)
    log.warning("job %s was taken over by another worker", job.id)
    return taken


def _crash(job: Job, error: Exception) -> SDCError:
    reason = error.message if isinstance(error, SDCError) else type(error).__name__
    return SDCError(
        f"The work broke off unexpectedly ({reason}).",
        code="job.crashed",
        hint="The inputs are safe. Try again; if it stays, report it with the log.",
        source=job.source,
    )


class Workers:
    """Threads that claim and run jobs while the block lasts.

    Parameters
    ----------
    jobs : Jobs
    process : callable
    count : int
    """

    def __init__(self, jobs: Jobs, process: Process, *, count: int = 1) -> None:
        self._jobs, self._process = jobs, process
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work, name=f"worker-{n}", daemon=True) for n in range(count)]

    @property
    def n_alive(self) -> int:
        """How many of the threads run."""
        return sum(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        owner = new_owner()
        while not self._stop.is_set():
            try:
                if not self._turn(owner):
                    self._jobs.news.wait(IDLE_S)
                    self._jobs.news.clear()
            except Exception:  # a worker outlives trouble with the store
                log.exception("the worker cannot reach its jobs [job.store]")
                self._stop.wait(PAUSE_AFTER_TROUBLE_S)

    def _turn(self, owner: str) -> bool:
        job = self._jobs.claim(owner)
        if job is None:
            return False
        run_job(job, self._jobs, self._process, stop=self._stop)
        return True

    def __enter__(self) -> Workers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; a job that does not come to a report in time is taken over when its lease ends."""
        self._stop.set()
        self._jobs.news.set()
        deadline = time.monotonic() + STOP_S
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
