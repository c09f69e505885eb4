"""Workers: every way in which a job can end, and what a worker outlives."""

import threading
import time

import pytest

from sdc.errors import ChatError, EngineError, StoreError
from sdc.pipeline import worker
from sdc.pipeline.parts import Outcome
from sdc.pipeline.worker import Workers, run_job
from sdc.store.jobs import Job, Jobs
from sdc.store.sqlite import SqliteDocuments

TIMEOUT_S = 10


@pytest.fixture
def jobs(tmp_path):
    documents = SqliteDocuments(tmp_path / "jobs.sqlite3")
    yield Jobs(documents, lease_s=0.3)
    documents.close()


def make(identity="j1"):
    return Job(identity, "c1", "visit.cha", {"child_id": "c1", "upload_ids": ["u1"]})


def run(jobs, process, **options):
    """Submit and run one job in this thread."""
    return run_job(jobs.submit(make(), owner="me"), jobs, process, stop=threading.Event(), **options)


def until(condition):
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_done_with_notes_and_failures(jobs):
    steps = []

    def process(job, report):
        report("reading", 0.1)
        report("measuring", 0.8)
        return Outcome("s1", ("note",), (ChatError("bad", source="x"),))

    job = run(jobs, process, on_step=lambda step, fraction: steps.append((step, fraction)))
    assert (job.state, job.session_id, job.notes) == ("done", "s1", ("note",))
    assert job.failures[0]["code"] == "chat.unreadable"
    assert steps == [("reading", 0.1), ("measuring", 0.8)]


def test_progress_is_kept_while_it_runs(jobs):
    def process(job, report):
        report("measuring", 0.8)
        assert (jobs.get("j1").step, jobs.get("j1").progress) == ("measuring", 0.8)
        report("saving", 7.0)
        until(lambda: (jobs.get("j1").step, jobs.get("j1").progress) == ("saving", 1.0))  # it lasts: it is written
        return Outcome("s1")

    assert run(jobs, process).state == "done"


def test_steps_of_milliseconds_cost_one_write(jobs, monkeypatch):
    written, beat = [], jobs.beat
    monkeypatch.setattr(jobs, "beat", lambda job, **changes: (written.append(changes), beat(job, **changes)))
    monkeypatch.setattr(worker, "REPORT_EVERY_S", 60.0)  # on a busy machine, too

    def process(job, report):
        for step in ("reading", "measuring", "saving"):
            report(step, 0.5)
        return Outcome("s1")

    assert run(jobs, process).state == "done"
    assert [changes["step"] for changes in written if "step" in changes] == ["reading"]


@pytest.mark.parametrize("error", [ChatError("no @Begin", line=3), EngineError("no model")])
def test_errors_that_stay_fail_at_once(jobs, error):
    def process(job, report):
        raise error

    job = run(jobs, process)
    assert (job.state, job.attempt, job.error) == ("failed", 1, error.to_dict())


@pytest.mark.parametrize(
    ("error", "named"),
    [(ZeroDivisionError("secret text of a child"), "ZeroDivisionError"), (StoreError("disk is full"), "disk is full")],
)
def test_a_crash_is_tried_again(jobs, error, named, caplog):
    def process(job, report):
        raise error

    job = run(jobs, process)
    assert (job.state, job.attempt, job.error["code"]) == ("queued", 1, "job.crashed")
    assert named in job.error["message"]
    assert "secret" not in job.error["message"]
    assert "job.crashed" in caplog.text


def test_a_long_silent_step_keeps_its_lease(jobs):
    def process(job, report):
        time.sleep(0.8)  # more than two leases without a report
        assert jobs.claim("thief") is None
        return Outcome("s1")

    assert run(jobs, process).state == "done"


def test_who_lost_the_lease_stops_and_changes_nothing(jobs, monkeypatch, caplog):
    monkeypatch.setattr(worker, "REPORT_EVERY_S", 0.0)

    def process(job, report):
        jobs._documents.find_one_and_update("jobs", {"_id": job.id}, {"$set": {"owner": "thief"}})
        report("measuring", 0.5)
        pytest.fail("it went on")

    job = run(jobs, process)
    assert (job.owner, job.state, job.step) == ("thief", "running", "starting")


def test_workers_take_what_is_queued_before_and_after(jobs):
    jobs.submit(make("j1"))
    with Workers(jobs, lambda job, report: Outcome(f"s-{job.id}"), count=2):
        jobs.submit(make("j2"))
        until(lambda: jobs.n_open("c1") == 0)
    assert {job.session_id for job in jobs.of_child("c1")} == {"s-j1", "s-j2"}


def test_stopping_gives_the_job_back(jobs):
    begun = threading.Event()

    def process(job, report):
        begun.set()
        while True:
            report("transcribing", 0.5)
            time.sleep(0.01)

    jobs.submit(make())
    with Workers(jobs, process):
        assert begun.wait(TIMEOUT_S)
    job = jobs.get("j1")
    assert (job.state, job.attempt, job.owner) == ("queued", 0, None)
    assert not [t for t in threading.enumerate() if t.name.startswith(("worker-", "lease-"))]


def test_a_worker_outlives_trouble_with_the_store(jobs, monkeypatch, caplog):
    monkeypatch.setattr(worker, "PAUSE_AFTER_TROUBLE_S", 0.05)
    real, calls = jobs.claim, []

    def claim(owner):
        calls.append(owner)
        if len(calls) <= 2:
            raise StoreError("locked")
        return real(owner)

    monkeypatch.setattr(jobs, "claim", claim)
    jobs.submit(make())
    with Workers(jobs, lambda job, report: Outcome("s1")):
        until(lambda: jobs.get("j1").state == "done")
    assert "job.store" in caplog.text
