"""One task: admitted, carried out, put back; each twice or cut off leaves one session."""

import threading

import pytest

from sdc.errors import SDCError
from sdc.pipeline.pairs import Pair
from sdc.scale.steps import admit, carry_out, put_back
from sdc.scale.task import Record, Task
from sdc.store import jobs as job_table
from sdc.store.jobs import Job


@pytest.fixture
def task(cha):
    return Task(Pair(cha("ann/visit.cha"), None, "ann/visit.cha"), "ann")


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.cha"
    path.write_text("no transcript")
    return Task(Pair(path, None, "broken.cha"), "ann")


def run(app, task, owner="me"):
    job = admit(app, task, owner)
    return carry_out(app, job, task, threading.Event()) if isinstance(job, Job) else job


def actions(app):
    return [line.action for line in app.audit.lines()]


def test_the_same_files_twice_are_one_session(app, task):
    made, known = run(app, task), run(app, task)
    assert (made.state, known.state) == ("made", "known")
    assert made.session_id == known.session_id
    child = app.repository.find_child("ann")
    assert [entry.id for entry in app.repository.session_entries(child.id)] == [made.session_id]
    assert app.documents.count("uploads", {}) == 1
    assert actions(app) == ["session.add"]


def test_what_was_cut_off_after_the_upload_is_one_upload(app, task):
    job = admit(app, task, "dead")
    app.documents.delete_one("jobs", {"_id": job.id})  # as if it had been killed between the two
    assert run(app, task).state == "made"
    assert app.documents.count("uploads", {}) == 1


def test_what_failed_is_told_again_and_tried_only_when_asked(app, broken):
    first, second = run(app, broken), run(app, broken)
    assert first.state == "failed"
    assert first == second
    assert [(f["source"], f["code"]) for f in first.failures] == [("broken.cha", "chat.no-begin")]
    child = app.repository.find_child("ann")
    assert [job.attempt for job in app.jobs.of_child(child.id)] == [1]
    again = admit(app, Task(broken.pair, "ann", retry=True), "me")
    assert (again.state, again.owner) == ("running", "me")


def test_a_job_of_somebody_else_is_waited_for(app, task):
    job = admit(app, task, "other")
    assert (job.owner, job.state) == ("other", "running")
    told = admit(app, task, "me")
    assert (told.state, told.wait_s) == ("later", pytest.approx(1.0))
    assert carry_out(app, job, task, threading.Event()).state == "made"
    assert admit(app, task, "me").state == "known"


def test_a_job_whose_worker_died_is_tried_again_and_given_up(app, task, monkeypatch):
    monkeypatch.setattr(job_table, "BACK_OFF_MS", 0)
    reason = SDCError("The process died.", code="batch.worker-died")
    told = []
    for owner in ("first", "second", "third"):
        job = admit(app, task, owner)
        told.append(put_back(app.jobs, job.id, owner, task, crashed=reason))
    assert [record.state for record in told] == ["later", "later", "failed"]
    assert [(f["source"], f["code"]) for f in told[-1].failures] == [("ann/visit.cha", "batch.worker-died")]
    assert admit(app, task, "fourth").state == "failed"


def test_a_worker_that_dies_before_it_takes_its_job_counts_too(app, task, monkeypatch):
    monkeypatch.setattr(job_table, "BACK_OFF_MS", 0)
    reason = SDCError("The process died.", code="batch.worker-died")
    job = admit(app, task, None)  # queued: on Ray it is given to a worker that claims it there
    told = [put_back(app.jobs, job.id, owner, task, crashed=reason) for owner in ("first", "second", "third")]
    assert [record.state for record in told] == ["later", "later", "failed"]
    assert [f["code"] for f in told[-1].failures] == ["batch.worker-died"]


def test_one_that_is_stopped_before_it_takes_its_job_does_not_count(app, task):
    job = admit(app, task, None)
    put_back(app.jobs, job.id, "first", task)
    assert (app.jobs.get(job.id).state, app.jobs.get(job.id).attempt) == ("queued", 0)


def test_a_job_that_another_took_over_is_left_to_it(app, task):
    job = admit(app, task, "second")
    told = put_back(app.jobs, job.id, "first", task, crashed=SDCError("The process died."))
    assert told.state == "later"
    assert (app.jobs.get(job.id).owner, app.jobs.get(job.id).error) == ("second", None)


def test_a_stop_gives_the_job_back_uncounted(app, task):
    stop = threading.Event()
    stop.set()
    job = admit(app, task, "me")
    assert carry_out(app, job, task, stop).state == "later"
    assert (app.jobs.get(job.id).state, app.jobs.get(job.id).attempt) == ("queued", 0)
    assert run(app, task).state == "made"


def test_the_transcript_tells_whose_it_is(app, cha):
    named = cha("x/visit.cha", child="Leo")
    assert run(app, Task(Pair(named, None, "x/visit.cha"), None)).child == "Leo"
    nameless = cha("x/other.cha", child="")
    told = run(app, Task(Pair(nameless, None, "x/other.cha"), None))
    assert (told.state, told.failures[0]["code"]) == ("failed", "batch.no-child")
    assert [child.name for child in app.repository.children()] == ["Leo"]


@pytest.mark.parametrize(("name", "code"), [("gone.cha", "input.unreadable"), ("notes.txt", "upload.kind")])
def test_what_cannot_be_read_adds_no_child(app, tmp_path, name, code):
    (tmp_path / "notes.txt").write_text("notes")
    told = admit(app, Task(Pair(tmp_path / name, None, name), "ann"), "me")
    assert isinstance(told, Record)
    assert (told.state, told.failures[0]["code"], told.failures[0]["source"]) == ("failed", code, name)
    assert app.repository.children() == []
