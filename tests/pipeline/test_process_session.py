"""The story: every kind of input, what is kept, what is not made up."""

import json

import pytest

from sdc.errors import ChatError, EngineError, MediaError, NotFoundError
from sdc.pipeline.parts import Given, SessionOrder
from sdc.pipeline.process_session import process_session
from sdc.store.records import Child


class BrokenTranscriber:
    """An engine without its model."""

    is_remote = False

    def transcribe(self, recording, *, on_progress):
        raise EngineError("the model is not on disk")


@pytest.fixture
def child(app) -> Child:
    return app.repository.add_child("Mia", birth_date="2023-09-02")


@pytest.fixture
def upload(app, child, tmp_path):
    def put(name: str, data: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return app.repository.upload_file(child.id, path).id

    return put


def run(app, child, *uploads, **options):
    steps = []
    outcome = process_session(SessionOrder(child.id, uploads, Given(**options)), app, lambda *step: steps.append(step))
    return outcome, app.repository.session(outcome.session_id), steps


def test_a_transcript(app, child, upload, cha):
    outcome, stored, steps = run(app, child, upload("visit.cha", cha()))
    assert (stored.entry.origin, stored.entry.target, stored.entry.date) == ("chat", "CHI", "2026-03-02")
    assert (stored.entry.n_utterances, stored.entry.recording, stored.entry.tracks) == (3, None, None)
    assert stored.entry.measures.keys() == stored.analysis.speakers["CHI"].measures.keys()
    assert stored.entry.measures["mlu_words"].value == 2.0
    assert stored.analysis.speakers["CHI"].measures["mlu_words"].utterances == (1, 2)
    assert [step for step, _ in steps] == ["reading", "decoding", "listening", "measuring", "comparing", "saving"]
    assert (outcome.notes, outcome.failures) == ((), ())


def test_transcript_and_recording(app, child, upload, cha, wav):
    outcome, stored, _ = run(app, child, upload("visit.wav", wav), upload("visit.cha", cha()))
    assert stored.entry.recording.filename == "visit.wav"
    assert stored.session.media.name == "visit"
    assert (stored.session.media.duration_s, stored.entry.duration_s) == (3.0, 3.0)
    assert stored.session.media.sha256 == stored.entry.recording.sha256
    assert app.repository.blobs.get(stored.entry.recording.key) == wav
    assert {"pitch", "intensity", "speech", "voice quality"} <= {p.step for p in stored.session.provenance}
    assert app.repository.tracks(outcome.session_id).duration_s == 3.0
    assert not [w for w in stored.session.warnings if w.code == "media.other-name"]


def test_a_recording_alone(app, child, upload, wav):
    _, stored, steps = run(app, child, upload("visit.wav", wav))
    assert (stored.entry.origin, stored.entry.target, stored.entry.date, stored.entry.age_months) == (
        "whisper",
        None,
        None,
        None,
    )
    assert stored.entry.measures == {}
    assert "transcribing" in [step for step, _ in steps]
    fractions = [fraction for _, fraction in steps]
    assert fractions == sorted(fractions)


def test_what_is_given_counts_more_than_what_is_written(app, child, upload, cha):
    _, stored, _ = run(app, child, upload("visit.cha", cha()), date="2026-05-01", context="bath")
    assert (stored.entry.date, stored.entry.context) == ("2026-05-01", "bath")
    assert (stored.session.date, stored.session.context) == ("2026-05-01", "bath")


def test_the_age_comes_from_the_transcript_else_from_the_birth_date(app, child, upload, cha):
    _, stored, _ = run(app, child, upload("a.cha", cha()))
    assert stored.entry.age_months == 30.0
    _, stored, _ = run(app, child, upload("b.cha", cha(age="", line="b")))
    assert stored.entry.age_months == pytest.approx(29.96, abs=0.01)  # 912 days
    _, stored, _ = run(app, child, upload("c.cha", cha(age="", line="c")), date="2020-01-01")
    assert stored.entry.age_months is None  # before the birth: nothing is made up


def test_twice_is_once(app, child, upload, cha):
    first, stored, _ = run(app, child, upload("visit.cha", cha()))
    second, again, _ = run(app, child, upload("visit.cha", cha()))
    assert first.session_id == second.session_id
    assert again.entry.added_at == stored.entry.added_at
    assert len(app.repository.session_entries(child.id)) == 1


def test_insights_look_back_on_earlier_sessions_only(app, child, upload, cha):
    run(app, child, upload("later.cha", cha("30-MAR-2026", "one two three four")))
    _, early, _ = run(app, child, upload("early.cha", cha("02-MAR-2026")))
    _, last, _ = run(app, child, upload("last.cha", cha("06-APR-2026", "five")))
    ids = {entry.id for entry in app.repository.session_entries(child.id)}
    seen = {e.session for i in early.insights for e in i.evidence}
    assert seen == {early.entry.id}
    assert {e.session for i in last.insights for e in i.evidence} <= ids


def test_a_long_recording_is_accepted_with_a_note_and_a_longer_one_refused(app, child, upload, wav):
    def lasting(seconds: int) -> bytes:
        body = wav[44:] * seconds
        size = len(body).to_bytes(4, "little")
        return wav[:4] + (len(body) + 36).to_bytes(4, "little") + wav[8:40] + size + body

    outcome, stored, _ = run(app, child, upload("long.wav", lasting(2)))
    assert "media.long" in [w.code for w in stored.session.warnings]
    assert outcome.notes
    with pytest.raises(MediaError) as caught:
        run(app, child, upload("longer.wav", lasting(4)))
    assert (caught.value.code, caught.value.source) == ("media.too-long", "longer.wav")


def test_a_bad_recording_leaves_the_transcript(app, child, upload, cha):
    outcome, stored, _ = run(app, child, upload("visit.cha", cha()), upload("visit.mp3", b"text"))
    assert [f.source for f in outcome.failures] == ["visit.mp3"]
    assert stored.entry.recording is None
    assert outcome.failures[0].code in [w.code for w in stored.session.warnings]
    assert any("recording was not used" in note for note in outcome.notes)


def test_a_bad_transcript_is_told_by_its_name(app, child, upload, wav):
    with pytest.raises(ChatError) as caught:
        run(app, child, upload("visit.cha", b"*CHI:\thello .\n"), upload("visit.wav", wav))
    assert caught.value.source == "visit.cha"
    assert app.repository.session_entries(child.id) == []


def test_an_engine_that_cannot_run_is_told(app, child, upload, cha, wav):
    object.__setattr__(app, "transcriber", BrokenTranscriber())
    with pytest.raises(EngineError):
        run(app, child, upload("visit.wav", wav))
    _, stored, _ = run(app, child, upload("visit.wav", wav), upload("visit.cha", cha()))
    assert stored.entry.origin == "chat"  # a transcript needs no engine


def test_a_json_transcript(app, child, upload):
    segments = [{"id": 0, "start": 0.0, "end": 1.0, "text": " Hi there."}]
    data = json.dumps({"text": " Hi there.", "language": "en", "segments": segments}).encode()
    _, stored, _ = run(app, child, upload("whisper.json", data))
    assert stored.entry.origin == "json"
    assert stored.entry.n_utterances == 1


def test_stopping_at_any_step_leaves_nothing_or_all(app, child, upload, cha, wav):
    order = SessionOrder(child.id, (upload("visit.cha", cha()), upload("visit.wav", wav)))
    for stop_at in ("reading", "decoding", "listening", "measuring", "comparing", "saving"):

        def report(step: str, fraction: float, stop_at: str = stop_at) -> None:
            if step == stop_at:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            process_session(order, app, report)
        assert app.repository.session_entries(child.id) == []
    process_session(order, app, lambda *_: None)
    assert len(app.repository.session_entries(child.id)) == 1


def test_unknown_uploads_are_told(app, child):
    with pytest.raises(NotFoundError):
        run(app, child, "none")


TWINS = (
    "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tMAR Mark Target_Child, ROS {name} Target_Child\n"
    "@ID:\teng|sdc|MAR|3;00.||||Target_Child|||\n@ID:\teng|sdc|ROS|3;00.||||Target_Child|||\n"
    "*MAR:\tyes .\n*ROS:\ta big dog .\n@End\n"
)


@pytest.mark.parametrize(("name", "taken", "mlu"), [("MIA", "ROS", 3.0), ("Ross", "MAR", 1.0), ("", "MAR", 1.0)])
def test_of_several_target_children_the_one_of_that_name(app, child, upload, name, taken, mlu):
    outcome, stored, _ = run(app, child, upload("twins.cha", TWINS.format(name=name).encode()))
    assert stored.entry.target == taken
    assert stored.entry.measures["mlu_words"].value == mlu
    (note,) = outcome.notes
    assert f"Mia is taken to be {taken}." in note
    assert "MAR Mark" in note
