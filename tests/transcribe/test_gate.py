"""Words without a sound of speech go, with a notice; words with one stay, however often they are said."""

import numpy as np
import pytest

from sdc.audio import SAMPLE_RATE_HZ, Recording
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.session import Notice, Provenance
from sdc.transcribe import ScriptedTranscriber, Transcript, to_session
from sdc.transcribe.gate import GATE, drop_unheard
from sdc.transcribe.gated import GatedTranscriber


@pytest.fixture(scope="module")
def scene(speech) -> Recording:
    """Ten seconds of soft noise (-60 dB), with four seconds of the demo's speech from 3.0 s on."""
    noise = np.random.default_rng(3).normal(0, 0.001, 10 * SAMPLE_RATE_HZ).astype(np.float32)
    said = speech.samples[int(0.7 * SAMPLE_RATE_HZ) :][: 4 * SAMPLE_RATE_HZ]  # it begins at 0.736 s
    noise[3 * SAMPLE_RATE_HZ : 7 * SAMPLE_RATE_HZ] += said
    return Recording(noise, 10.0)


def tone(level: float, *, start_s: float, end_s: float, length_s: float = 10.0) -> Recording:
    """A steady tone over soft noise: loud, and no speech."""
    time = np.arange(int(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    noise = np.random.default_rng(3).normal(0, 0.001, time.size)
    inside = (time >= start_s) & (time < end_s)
    return Recording((noise + level * inside * np.sin(2 * np.pi * 300 * time)).astype(np.float32), length_s)


def segment(text: str, start_s: float | None, end_s: float | None) -> RecognisedSegment:
    return RecognisedSegment(text, start_s, end_s)


def transcript(*segments: RecognisedSegment) -> Transcript:
    return Transcript(segments, "en", Provenance("transcribe", "scripted", "1"))


def kept(recording: Recording, *segments: RecognisedSegment) -> list[str]:
    return [s.text for s in drop_unheard(transcript(*segments), recording).segments]


def test_words_in_noise_are_left_out_and_told(scene):
    said, made_up, late = segment("Look!", 3.2, 5.0), segment("Thank you.", 0.5, 2.0), segment("Bye.", 8.0, 9.95)
    result = drop_unheard(transcript(made_up, said, late), scene)
    assert result.segments == (said,)
    (notice,) = result.notices
    assert notice.code == "transcribe.unheard"
    assert "2 stretches" in notice.message
    assert "0:00.5 to 0:02.0, 0:08.0 to 0:10.0" in notice.message
    assert result.provenance.parameters["gate"] == GATE


def test_what_is_said_again_and_again_stays(scene):
    again = [segment("No.", 3.1 + 0.2 * n, 3.3 + 0.2 * n) for n in range(8)]
    result = drop_unheard(transcript(*again), scene)
    assert result.segments == tuple(again)
    assert result.notices == ()


def test_the_same_words_are_judged_by_the_sound_alone(scene):
    assert kept(scene, segment("Thank you.", 3.2, 4.0), segment("Thank you.", 0.5, 1.5)) == ["Thank you."]


def test_silence_holds_no_words(silence):
    assert kept(silence, segment("Thanks for watching!", 0.0, 2.5)) == []


def test_a_loud_sound_that_is_no_speech_to_the_network_stays():
    """One witness is enough: a voice may be taken for something else."""
    recording = tone(0.05, start_s=2.0, end_s=4.0)
    assert kept(recording, segment("Mm.", 2.2, 3.8), segment("Oh.", 6.0, 7.0)) == ["Mm."]


def test_a_click_is_no_syllable():
    recording = tone(0.05, start_s=2.0, end_s=2.05)
    assert kept(recording, segment("Tea.", 1.8, 2.4)) == []


def test_speech_as_soft_as_the_noise_stays_where_the_network_hears_it(scene, monkeypatch):
    monkeypatch.setattr("sdc.transcribe.gate.ABOVE_FLOOR_DB", 200.0)  # the level tells nothing
    assert kept(scene, segment("Look!", 3.2, 5.0), segment("Thank you.", 0.2, 1.4)) == ["Look!"]


def test_the_margin_forgives_times_that_are_off(scene):
    assert kept(scene, segment("Look!", 2.3, 2.85)) == ["Look!"]
    assert kept(scene, segment("Look!", 1.5, 2.2)) == []


def test_the_times_of_words_tell_more_than_their_segments(scene):
    words = (RecognisedWord(" Thank", 0.5, 0.9, 0.2), RecognisedWord(" you.", 0.9, 1.4, 0.2))
    assert kept(scene, RecognisedSegment("Thank you.", 0.5, 9.0, words)) == []


def test_without_times_nobody_knows_where_to_listen(scene):
    assert kept(scene, segment("Look!", None, None), segment("Look!", 2.0, 1.0)) == ["Look!", "Look!"]


def test_many_stretches_are_counted_and_the_first_ones_named(silence):
    result = drop_unheard(transcript(*(segment("Hm.", n / 10, n / 10 + 0.05) for n in range(25))), silence)
    assert "25 stretches" in result.notices[0].message
    assert result.notices[0].message.endswith("and 15 more.")
    assert result.notices[0].message.count(" to ") == 10


def test_the_session_says_what_was_left_out(scene):
    engine = GatedTranscriber(ScriptedTranscriber([segment("Thank you.", 0.5, 2.0), segment("Look!", 3.2, 5.0)]))
    session = to_session(engine.transcribe(scene), scene, source="visit.wav")
    assert [u.raw for u in session.utterances] == ["look !"]
    assert session.warnings[0].code == "transcribe.unheard"


def test_notices_of_the_engine_stay(scene):
    told = Transcript((), "en", Provenance("transcribe", "scripted", "1"), (Notice("a.b", "Something."),))
    assert drop_unheard(told, scene).notices == told.notices


def test_no_samples():
    assert kept(Recording(np.zeros(0, np.float32), 0.0), segment("Hm.", 0.0, 1.0)) == []
