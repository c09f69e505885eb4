"""Who spoke on a recording without a transcript, through the pipeline."""

import shutil

import numpy as np
import pytest

from sdc.app import build_app
from sdc.audio import load_recording
from sdc.demo import demo_transcripts
from sdc.errors import InputError, NotFoundError
from sdc.formats import read_path
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.pipeline.speakers import SpeakerHints, attribute, enrol_voice, enrolled_voices
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber
from sdc.transcribe.speakers import Role
from wav import write_wav

WEEK = demo_transcripts()[1]


def script():
    """Return week 2 as a recogniser without an ear for voices would hear it."""
    for utterance in read_path(WEEK).utterances:
        start_s, end_s = utterance.span.start_ms / 1000, utterance.span.end_ms / 1000
        word = RecognisedWord(f" {utterance.speaker.lower()}.", start_s, end_s, 0.9)
        yield RecognisedSegment(word.text, start_s, end_s, (word,))


@pytest.fixture
def app(tmp_path):
    with build_app(Settings(home=tmp_path / "home"), transcriber=ScriptedTranscriber(tuple(script()))) as app:
        yield app


@pytest.fixture
def visit(tmp_path):
    return shutil.copy(WEEK.with_suffix(".opus"), tmp_path / "visit.opus")


@pytest.fixture
def child_alone(tmp_path):
    """A recording of what the child says in week 1, in its first half minute."""
    week1 = demo_transcripts()[0]
    samples = load_recording(week1.with_suffix(".opus")).samples
    spans = [u.span for u in read_path(week1).utterances if u.speaker == "CHI" and u.span.end_ms < 40_000]
    said = np.concatenate([samples[16 * s.start_ms : 16 * s.end_ms] for s in spans])
    return write_wav(tmp_path / "sarah.wav", said)


def stored(app, visit):
    (added,) = add_paths(app, [visit], "Sarah", Given())
    return app.repository.session(added.entry.id)


def test_without_enrolment_voices_are_apart_and_nobody_is_the_child(app, visit):
    found = stored(app, visit)
    assert found.entry.target is None
    assert found.entry.measures == {}
    assert {p.code for p in found.session.participants} <= {"SP00", "SP01", "UNK"}
    assert "transcribe.speakers" in {n.code for n in found.session.warnings}


def test_an_enrolled_child_is_known_in_a_later_session(app, visit, child_alone):
    child = app.repository.add_child("Sarah")
    enrol_voice(app.repository, child, child_alone, "child")
    found = stored(app, visit)
    assert found.entry.target == "CHI"
    said = {(u.speaker, u.tokens[0].text.lower()) for u in found.session.utterances}
    right = [u.tokens[0].text.lower() == "chi" for u in found.session.utterances if u.speaker == "CHI"]
    assert np.mean(right) > 0.95, said
    assert found.entry.measures["utterances_total"].value == len(right)


def test_one_voiceprint_a_role_and_child(app, child_alone):
    mia, sarah = app.repository.add_child("Mia"), app.repository.add_child("Sarah")
    for role in ("child", "child", "adult"):
        enrol_voice(app.repository, sarah, child_alone, role)
    assert [p.role for p in enrolled_voices(app.repository, sarah)] == [Role.ADULT, Role.CHILD]
    assert enrolled_voices(app.repository, mia) == ()
    with pytest.raises(NotFoundError):
        app.repository.voiceprints.keep("nobody", "child", {})


def test_an_rttm_file_tells_who_spoke(tmp_path, visit):
    rttm = tmp_path / "visit.rttm"
    rttm.write_text("SPEAKER visit 1 0 50 <NA> <NA> CHI <NA> <NA>\nSPEAKER visit 1 50 900 <NA> <NA> B <NA> <NA>\n")
    recording = load_recording(visit)
    found = attribute(recording, visit, SpeakerHints(speakers_from=rttm))
    assert found.diarization.speakers == ("CHI", "B")
    assert found.diarization.segments[-1].span.end_ms <= recording.duration_s * 1000 + 1
    assert (found.role("CHI"), found.role("B")) == (Role.CHILD, Role.UNKNOWN)
    said = attribute(recording, visit, SpeakerHints(speakers_from=rttm, child="B"))
    assert (said.role("CHI"), said.role("B")) == (Role.UNKNOWN, Role.CHILD)


def test_what_is_no_rttm_file(tmp_path, visit):
    (tmp_path / "bad.rttm").write_bytes(b"\xff\xfe\x00")
    for name in ("none.rttm", "bad.rttm", ""):
        with pytest.raises(InputError) as caught:
            attribute(load_recording(visit), visit, SpeakerHints(speakers_from=tmp_path / name))
        assert caught.value.code == "speakers.unreadable"


def test_voices_are_not_told_apart_where_there_is_one(visit):
    assert attribute(load_recording(visit), visit, SpeakerHints(n_speakers=1)) is None
