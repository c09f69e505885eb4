"""Looking at lines and reviewing a transcript: what counts, what undoes it, and what people are told."""

import json
from dataclasses import replace

import pytest

from sdc.app import build_app
from sdc.errors import NotFoundError
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.pipeline.archive.exporting import export_archive
from sdc.pipeline.archive.restoring import restore_archive
from sdc.pipeline.asking import answer_question
from sdc.pipeline.editing import NewLine, edit_line, restore_version
from sdc.pipeline.intake import add_paths, order_session
from sdc.pipeline.parts import Given, SessionOrder
from sdc.pipeline.process_session import process_session
from sdc.pipeline.reporting import child_facts
from sdc.pipeline.review import look_at, mark_reviewed, review_queue
from sdc.pipeline.roles import tell_roles
from sdc.reports.progress_report import review_state
from sdc.settings import Settings
from sdc.store.versions import StaleVersionError
from sdc.transcribe import ScriptedTranscriber


def segment(text, start_s, probability):
    step = 0.2
    words = [
        RecognisedWord(word, start_s + i * step, start_s + (i + 1) * step, probability, None)
        for i, word in enumerate(text.split())
    ]
    return RecognisedSegment(text, start_s, start_s + step * len(words), tuple(words), None, -0.2, 0.01, 1.1)


SEGMENTS = (segment("a big dog.", 0.1, 0.9), segment("a nuff tog.", 1.0, 0.4), segment("a cat.", 2.0, 0.5))


@pytest.fixture(params=["plain", "sealed"])
def app(request, tmp_path):
    key = "ab" * 32 if request.param == "sealed" else ""
    settings = Settings(home=tmp_path / "home", master_key=key)
    with build_app(settings, transcriber=ScriptedTranscriber(SEGMENTS)) as app:
        yield app


@pytest.fixture
def heard(app, tmp_path, wav):
    path = tmp_path / "visit.wav"
    path.write_bytes(wav)
    (added,) = add_paths(app, [path], "Mia", Given(date="2026-03-02", child_only=True))
    assert added.entry is not None
    return added.entry


def todo(queue):
    return [queued.line.index for queued in queue.lines if not queued.is_done]


def test_lines_are_looked_at_one_by_one(app, heard):
    queue = review_queue(app.repository, heard.id)
    assert (queue.state, queue.review, queue.n_left, todo(queue)) == ("raw", None, 2, [1, 2])
    queue = look_at(app.repository, heard.id, 1, seen=1, by="a1")
    assert (queue.n_left, todo(queue)) == (1, [2])
    look = queue.lines[0].look
    assert (look.by, look.version) == ("a1", 1)
    assert look_at(app.repository, heard.id, 1, seen=1, by="a1", looked=False).n_left == 2


def test_an_edit_counts_as_looked_at_and_leaves_other_marks(app, heard):
    look_at(app.repository, heard.id, 2, seen=1, by="a1")
    edit_line(app.repository, heard.id, 1, NewLine("enough dog ."), seen=1, by="a2")
    queue = review_queue(app.repository, heard.id)
    assert queue.n_left == 0
    assert [(q.line.index, q.is_edited) for q in queue.lines] == [(2, False)]


def test_a_line_with_a_new_reason_deserves_another_look(app, heard):
    look_at(app.repository, heard.id, 1, seen=1, by="a1")
    stored = app.repository.session(heard.id)
    lines = list(stored.session.utterances)
    (xasr,) = (tier for tier in lines[1].tiers if tier.name == "xasr")
    lines[1] = replace(lines[1], tiers=(replace(xasr, text="logprob -2.00"),))
    app.repository.save_session(replace(stored, session=replace(stored.session, utterances=tuple(lines))))
    queue = review_queue(app.repository, heard.id)
    assert (queue.lines[0].line.index, todo(queue)) == (1, [1, 2])


def test_what_was_changed_meanwhile_is_not_marked(app, heard):
    edit_line(app.repository, heard.id, 0, NewLine("a big cow ."), seen=1, by="a2")
    for mark in (look_at, mark_reviewed):
        with pytest.raises(StaleVersionError):
            mark(app.repository, heard.id, *([1] if mark is look_at else []), seen=1, by="a1")
    with pytest.raises(NotFoundError) as error:
        look_at(app.repository, heard.id, 3, seen=2, by="a1")
    assert error.value.code == "review.no-line"


def test_a_review_stays_with_corrections_and_goes_with_what_changes_more(app, heard):
    queue = mark_reviewed(app.repository, heard.id, seen=1, by="a1")
    assert (queue.state, queue.review.by, queue.n_left) == ("reviewed", "a1", 0)
    edit_line(app.repository, heard.id, 1, NewLine("enough dog ."), seen=1, by="a2")
    queue = review_queue(app.repository, heard.id)
    assert (queue.state, queue.review.version, queue.version) == ("reviewed", 1, 2)
    tell_roles(app.repository, heard.id, {"CHI": "adult"}, by="a1")
    queue = review_queue(app.repository, heard.id)
    assert (queue.state, queue.review) == ("raw", None)
    assert mark_reviewed(app.repository, heard.id, seen=3, by="a1").state == "reviewed"
    assert mark_reviewed(app.repository, heard.id, seen=3, by="a1", reviewed=False).state == "raw"


def test_an_earlier_version_is_as_reviewed_as_it_was(app, heard):
    edit_line(app.repository, heard.id, 1, NewLine("enough dog ."), seen=1, by="a2")
    mark_reviewed(app.repository, heard.id, seen=2, by="a1")
    edit_line(app.repository, heard.id, 1, NewLine("enough cow ."), seen=2, by="a2")
    restore_version(app.repository, heard.id, 2, seen=3, by="a2")
    assert app.repository.entry(heard.id).is_reviewed
    restore_version(app.repository, heard.id, 1, seen=4, by="a2")
    assert not app.repository.entry(heard.id).is_reviewed


def test_processing_again_keeps_a_review_of_the_same_words_only(app, heard, tmp_path):
    mark_reviewed(app.repository, heard.id, seen=1, by="a1")
    again(app, heard)
    assert app.repository.entry(heard.id).transcript_state == "reviewed"
    object.__setattr__(app, "transcriber", ScriptedTranscriber((segment("all is other.", 0.1, 0.9),)))
    again(app, heard)
    entry = app.repository.entry(heard.id)
    assert (entry.version, entry.transcript_state) == (2, "raw")


def again(app, entry):
    (upload,) = (u for u in app.documents.find("uploads", {"child_id": entry.child_id}))
    order = SessionOrder(entry.child_id, (upload["_id"],), Given(date="2026-03-02", child_only=True))
    order_session(app.repository, app.jobs, order)
    process_session(order, app, lambda *_: None)


def test_answers_say_how_many_sessions_nobody_reviewed(app, heard, tmp_path, cha):
    question = "How many different words does Mia use?"
    said = "The session is an unreviewed transcript made by a recogniser."
    assert answer_question(app.repository, heard.child_id, question).note == said
    path = tmp_path / "later.cha"
    path.write_bytes(cha(date="09-MAR-2026"))
    add_paths(app, [path], "Mia", Given())
    question = "How has the number of different words changed?"
    answer = answer_question(app.repository, heard.child_id, question)
    assert answer.note == "1 of the 2 sessions is an unreviewed transcript made by a recogniser."
    mark_reviewed(app.repository, heard.id, seen=1, by="a1")
    assert answer_question(app.repository, heard.child_id, question).note is None


def test_reports_say_how_many_transcripts_were_reviewed(app, heard):
    def told() -> str:
        return str(review_state(child_facts(app.repository, heard.child_id)))

    assert "in 1 of 1 sessions and nobody has edited them" in told()
    mark_reviewed(app.repository, heard.id, seen=1, by="a1")
    assert "In 1 of 1 sessions a person reviewed the whole transcript." in told()
    assert "nobody has edited them" not in told()


def test_marks_are_in_archives_and_go_with_the_child(app, heard, tmp_path):
    look_at(app.repository, heard.id, 1, seen=1, by="a1")
    mark_reviewed(app.repository, heard.id, seen=1, by="a1")
    child = app.repository.child(heard.child_id)
    path = tmp_path / "mia.sdc"
    export_archive(app.documents, app.blobs, path, [child], whole=False)
    assert app.erasure.erase(child.id).traces == ()
    assert app.documents.find("reviews", {}) == []
    with build_app(Settings(home=tmp_path / "other"), transcriber=ScriptedTranscriber(())) as other:
        restore_archive(other.documents, other.blobs, path, tmp_path)
        queue = review_queue(other.repository, heard.id)
        assert (queue.state, queue.lines[0].look.by) == ("reviewed", "a1")


def test_who_looked_at_what_is_sealed(tmp_path, wav):
    from sdc.app import open_documents

    settings = Settings(home=tmp_path / "home", master_key="ab" * 32)
    path = tmp_path / "visit.wav"
    path.write_bytes(wav)
    with build_app(settings, transcriber=ScriptedTranscriber(SEGMENTS)) as app:
        (added,) = add_paths(app, [path], "Mia", Given(child_only=True))
        look_at(app.repository, added.entry.id, 1, seen=1, by="somebody")
        mark_reviewed(app.repository, added.entry.id, seen=1, by="somebody")
    raw = open_documents(settings)
    assert "somebody" not in json.dumps([raw.find(name, {}) for name in ("reviews", "sessions")])
    raw.close()
