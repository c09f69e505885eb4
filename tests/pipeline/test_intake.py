"""Files and folders into the store: pairs, failures one by one, nothing twice."""

import threading
import time
from dataclasses import replace

import pytest

from sdc.errors import InputError, NotFoundError
from sdc.pipeline.intake import add_paths, find_or_add_child, order_session, run_now, told_again
from sdc.pipeline.parts import Given, SessionOrder


def test_a_folder_is_added(app, folder):
    child = find_or_add_child(app.repository, "Mia")
    steps = []
    added = add_paths(app, [folder], child, Given(context="play"), lambda *step: steps.append(step))
    by_source = {a.source: a for a in added}
    assert by_source["broken.cha"].entry is None
    assert by_source["broken.cha"].failures[0].code.startswith("chat.")
    assert by_source["broken.cha"].failures[0].source == "broken.cha"
    assert by_source["visit.cha"].entry.recording.filename == "visit.wav"
    assert by_source["visit.cha"].failures == ()
    assert by_source["alone.wav"].entry.origin == "whisper"
    entries = app.repository.session_entries(child.id)
    assert len(entries) == 3
    assert {entry.context for entry in entries} == {"play"}
    fractions = [fraction for _, fraction in steps]
    assert fractions == sorted(fractions)
    assert {text.partition(": ")[2] for text, _ in steps} >= {"reading", "transcribing", "saving"}
    again = add_paths(app, [folder], child, Given())
    assert [a.entry and a.entry.id for a in again] == [a.entry and a.entry.id for a in added]
    assert len(app.repository.session_entries(child.id)) == 3


def test_who_added_a_session_is_written_down_before_its_job_ends(app, folder, monkeypatch):
    finish = app.jobs.finish

    def finish_later(job, **outcome):
        (line,) = (line for line in app.audit.lines() if line.action == "session.add")
        assert (line.actor, line.object_id) == ("cli", outcome["session_id"])
        assert line.child_id == job.child_id
        return finish(job, **outcome)

    monkeypatch.setattr(app.jobs, "finish", finish_later)
    (added,) = add_paths(app, [folder / "visit.cha"], "Mia", Given(), actor="cli")
    assert added.entry is not None, added.failures


def test_a_bad_recording_is_a_failure_beside_its_session(app, folder):
    (folder / "visit.wav").write_bytes(b"this is not sound")
    (added,) = add_paths(app, [folder / "visit.cha"], find_or_add_child(app.repository, "Mia"), Given())
    assert added.entry is not None
    assert added.entry.recording is None
    assert [(f.source, f.code.partition(".")[0]) for f in added.failures] == [("visit.wav", "media")]


def test_a_file_of_another_kind_is_refused(app, tmp_path):
    path = tmp_path / "notes.docx"
    path.write_bytes(b"PK")
    (added,) = add_paths(app, [path], find_or_add_child(app.repository, "Mia"), Given())
    assert (added.entry, added.failures[0].code) == (None, "upload.kind")


def test_a_child_is_found_by_name_or_made(app):
    mia = find_or_add_child(app.repository, "Mia")
    assert find_or_add_child(app.repository, " mia ") == mia
    assert find_or_add_child(app.repository, mia.id) == mia
    assert len(app.repository.children()) == 1


def test_orders_of_nothing_or_too_much_are_refused(app, folder):
    child = find_or_add_child(app.repository, "Mia")
    uploads = [
        app.repository.upload_file(child.id, folder / n).id
        for n in ("visit.cha", "broken.cha", "visit.wav", "alone.wav")
    ]
    for ids in ((), tuple(uploads[:2]), tuple(uploads[2:])):
        with pytest.raises(InputError) as caught:
            order_session(app.repository, app.jobs, SessionOrder(child.id, ids))
        assert caught.value.code == "session.inputs"
    with pytest.raises(NotFoundError):
        order_session(app.repository, app.jobs, SessionOrder("none", (uploads[0],)))
    assert app.jobs.of_child(child.id) == []


def test_an_order_that_another_process_works_on_is_waited_for(app, folder):
    child = find_or_add_child(app.repository, "Mia")
    order = SessionOrder(child.id, (app.repository.upload_file(child.id, folder / "visit.cha").id,))
    job = order_session(app.repository, app.jobs, order, owner="other")

    def finish():
        time.sleep(0.3)
        app.jobs.finish(job, session_id="made-elsewhere")

    thread = threading.Thread(target=finish)
    thread.start()
    assert run_now(app, order).session_id == "made-elsewhere"
    thread.join()


def test_an_order_of_a_dead_process_is_taken_over(app, folder):
    child = find_or_add_child(app.repository, "Mia")
    order = SessionOrder(child.id, (app.repository.upload_file(child.id, folder / "visit.cha").id,))
    order_session(app.repository, app.jobs, order, owner="dead")
    app.documents.find_one_and_update("jobs", {"owner": "dead"}, {"$set": {"lease_until": 1}})
    job = run_now(app, order)
    assert (job.state, job.attempt) == ("done", 2)


def test_an_order_survives_its_job(app, folder):
    child = find_or_add_child(app.repository, "Mia")
    order = SessionOrder(
        child.id, (app.repository.upload_file(child.id, folder / "visit.cha").id,), Given("2026-01-01", "play", True)
    )
    job = order_session(app.repository, app.jobs, order)
    assert SessionOrder.of_job(app.jobs.get(job.id)) == order
    assert SessionOrder.of_job(replace(job)) == order


def test_errors_are_told_again_as_they_were():
    error = InputError("bad", code="chat.no-begin", hint="Look.", source="a.cha", line=3)
    assert told_again(error.to_dict()).to_dict() == error.to_dict()
