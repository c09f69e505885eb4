"""What consents decide: whether sound leaves, whether a recording is kept."""

from dataclasses import replace

import pytest

from fakes.openai_api import KEY, fake_openai
from sdc.errors import ConsentError, NotFoundError
from sdc.pipeline.analyze import analyze_paths
from sdc.pipeline.consenting import grant, told_leave, withdraw
from sdc.pipeline.intake import order_session, run_now
from sdc.pipeline.parts import Engine, SessionOrder
from sdc.pipeline.process_session import process_session
from sdc.store.consents import BY_ADDING, Consents, Purpose
from sdc.transcribe import ScriptedTranscriber
from sdc.transcribe.consented import with_leave
from sdc.transcribe.openai_api import OpenAITranscriber

CLOUD = {
    "task": "transcribe",
    "language": "english",
    "text": "Look.",
    "segments": [{"start": 0.0, "end": 2.0, "text": " Look.", "avg_logprob": -0.25, "no_speech_prob": 0.01}],
}


@pytest.fixture
def child(app):
    return app.repository.add_child("Mia")


@pytest.fixture
def add(app, child, tmp_path):
    def put(name: str, data: bytes):
        path = tmp_path / name
        path.write_bytes(data)
        upload = app.repository.upload_file(child.id, path)
        return run_now(app, SessionOrder(child.id, (upload.id,)))

    return put


def blobs_of(app, child) -> set[str]:
    return set(app.blobs.keys(f"{child.id}/"))


def test_adding_a_recording_is_written_down_as_leave_to_keep_it(app, child, add, wav):
    job = add("a.wav", wav)
    (consent,) = app.consents.history(child.id)
    assert (consent.purpose, consent.state, consent.by) == (Purpose.STORE_RECORDING, "granted", BY_ADDING)
    assert app.repository.recording(job.session_id)
    assert [line.action for line in app.audit.lines(child_id=child.id)] == ["consent.grant"]


def test_a_transcript_alone_asks_for_nothing(app, child, add, cha):
    add("a.cha", cha())
    assert app.consents.history(child.id) == []


def test_without_leave_a_recording_is_measured_and_not_kept(app, child, add, wav, cha):
    kept = add("old.cha", cha())
    withdraw(app, child, Purpose.STORE_RECORDING, by="mother", actor="cli")
    before = blobs_of(app, child)
    job = add("a.wav", wav)
    assert job.state == "done"
    entry = app.repository.entry(job.session_id)
    assert entry.recording is None
    assert entry.tracks is None
    assert entry.duration_s == pytest.approx(3.0)
    assert app.repository.session(job.session_id).session.utterances
    assert blobs_of(app, child) == before
    assert app.repository.entry(kept.session_id)


def test_withdrawing_deletes_recordings_and_tracks_at_once(app, child, add, wav, cha, tmp_path):
    transcript, job = add("a.cha", cha()), add("a.wav", wav)
    (tmp_path / "waiting.wav").write_bytes(wav + b"\0\0")
    waiting = app.repository.upload_file(child.id, tmp_path / "waiting.wav")
    gone = withdraw(app, child, Purpose.STORE_RECORDING, by="mother", actor="cli")
    assert gone.n_recordings == 1
    assert app.repository.entry(job.session_id).recording is None
    assert app.repository.session(job.session_id).analysis.speakers
    assert len(blobs_of(app, child)) == 1
    assert not any(p.read_bytes() == wav for p in app.settings.home.rglob("*") if p.is_file())
    assert app.repository.entry(transcript.session_id)
    with pytest.raises(NotFoundError, match="no such upload"):
        order_session(app.repository, app.jobs, SessionOrder(child.id, (waiting.id,)))
    actions = [line.action for line in app.audit.lines(child_id=child.id)]
    assert actions[-2:] == ["consent.withdraw", "recordings.delete"]


def test_a_recording_that_another_session_needs_stays(app, child, add, wav, cha, tmp_path):
    alone = add("visit.wav", wav)
    (tmp_path / "visit.cha").write_bytes(cha())
    ids = tuple(app.repository.upload_file(child.id, tmp_path / n).id for n in ("visit.cha", "visit.wav"))
    both = run_now(app, SessionOrder(child.id, ids))
    assert app.repository.delete_recordings(child.id, [alone.session_id]) == 1
    assert app.repository.entry(alone.session_id).recording is None
    assert app.blobs.get(app.repository.recording(both.session_id).key) == wav
    app.repository.tracks(both.session_id)


def test_another_childs_recordings_stay(app, child, add, wav, tmp_path):
    add("a.wav", wav)
    other = app.repository.add_child("Tom")
    upload = app.repository.upload_file(other.id, tmp_path / "a.wav")
    job = run_now(app, SessionOrder(other.id, (upload.id,)))
    withdraw(app, child, Purpose.STORE_RECORDING, by="mother", actor="cli")
    assert app.blobs.get(app.repository.recording(job.session_id).key) == wav


def test_a_withdrawal_while_a_job_saves_leaves_no_recording(app, child, wav, tmp_path):
    (tmp_path / "a.wav").write_bytes(wav)
    upload = app.repository.upload_file(child.id, tmp_path / "a.wav")

    def report(step, fraction):
        if step == "saving":
            withdraw(app, child, Purpose.STORE_RECORDING, by="mother", actor="cli")

    outcome = process_session(SessionOrder(child.id, (upload.id,)), app, report)
    assert app.repository.entry(outcome.session_id).sound_keys == ()
    assert blobs_of(app, child) == set()


def test_no_sound_leaves_without_the_childs_consent(app, child, add, wav):
    with fake_openai(CLOUD) as server:
        cloud = replace(app, transcriber=OpenAITranscriber(KEY, url=server.url))
        job = add("a.wav", wav)  # measured here first: the same upload is used again
        order = SessionOrder(child.id, tuple(app.jobs.get(job.id).order["upload_ids"]))
        refused = run_now(cloud, order)
        assert refused.state == "failed"
        assert refused.error["code"] == "consent.missing"
        assert "--grant cloud_transcription" in refused.error["hint"]
        assert server.n_requests == 0
        grant(app, child, Purpose.CLOUD_TRANSCRIPTION, by="mother", actor="cli")
        assert run_now(cloud, order).state == "done"
        assert server.n_requests == 1


def test_files_of_no_child_need_somebodys_word(app, wav, tmp_path):
    (tmp_path / "a.wav").write_bytes(wav)
    with fake_openai(CLOUD) as server:
        engine = Engine(app.settings, OpenAITranscriber(KEY, url=server.url))
        refused = analyze_paths([tmp_path], app.settings, engine=engine)
        assert [error.code for error in refused.failures] == ["consent.missing"]
        assert server.n_requests == 0
        assert analyze_paths([tmp_path], app.settings, engine=engine, consent_given=True).done
        assert server.n_requests == 1


def test_a_withdrawal_stops_before_the_next_piece(app):
    consents = Consents(app.documents)
    consents.grant("c1", Purpose.CLOUD_TRANSCRIPTION, by="mother")
    sent = []

    class Pieces:
        is_remote = True

        def transcribe(self, recording, *, on_progress=None):
            for piece in range(3):
                on_progress("sending", piece / 3)
                sent.append(piece)
                if piece == 1:
                    consents.withdraw("c1", Purpose.CLOUD_TRANSCRIPTION, by="mother")

    engine = with_leave(Pieces(), lambda: consents.require("c1", Purpose.CLOUD_TRANSCRIPTION))
    with pytest.raises(ConsentError, match="withdrawn"):
        engine.transcribe(None)
    assert sent == [0, 1]


def test_an_engine_that_tells_nothing_is_asked_before_it_begins():
    class Silent:
        is_remote = True

        def transcribe(self, recording, *, on_progress=None):
            pytest.fail("the recording was sent")

    with pytest.raises(ConsentError):
        with_leave(Silent(), told_leave(consent_given=False)).transcribe(None)


def test_an_engine_of_this_machine_asks_nobody():
    engine = ScriptedTranscriber(())
    assert with_leave(engine, told_leave(consent_given=False)) is engine
