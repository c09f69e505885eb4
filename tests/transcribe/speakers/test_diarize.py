"""Voices are told apart by how they sound."""

import itertools

import numpy as np
import pytest

from sdc.audio import Recording
from sdc.transcribe.speakers import VoiceDiarizer
from sdc.transcribe.speakers.features import mel_bands, voice_frames
from sdc.transcribe.speakers.voices import Voice, are_two, distance


def heard(diarization, n_ms):
    who = np.full(n_ms, "    ")
    for segment in diarization.segments:
        who[segment.span.start_ms : segment.span.end_ms] = segment.speaker
    return who


def test_two_voices_of_the_demo(week2):
    found = VoiceDiarizer().diarize(week2.recording)
    assert found.speakers == ("SP00", "SP01")
    who = heard(found, week2.who.size)
    names = {"SP00": "MOT", "SP01": "CHI"}  # her mother speaks first
    right = total = 0
    for label, code in names.items():
        both = np.isin(who, list(names)) & np.isin(week2.who, list(names.values()))
        right += np.sum(both & (who == label) & (week2.who == code))
        total = np.sum(both)
    assert right / total > 0.97
    assert total > 0.7 * np.sum(week2.who != "   ")


def test_segments_are_in_order_within_the_recording_and_say_how_sure(week2):
    found = VoiceDiarizer().diarize(week2.recording)
    spans = [s.span for s in found.segments]
    assert all(a.end_ms <= b.start_ms for a, b in itertools.pairwise(spans))
    assert all(0 <= s.start_ms < s.end_ms <= 40_000 for s in spans)
    assert all(s.confidence is None or 0 <= s.confidence <= 1 for s in found.segments)
    assert np.median([s.confidence for s in found.segments if s.confidence is not None]) > 0.9
    assert all(s.overlap is None for s in found.segments)  # it hears not all, and does not say that there is none


def test_a_minute_of_one_voice_is_one(read_dialogue):
    whole = read_dialogue(2, 95)
    for code in ("CHI", "MOT"):
        assert VoiceDiarizer().diarize(whole.alone(code)).speakers == ("SP00",)


def test_as_many_voices_as_are_told(week2):
    assert VoiceDiarizer(1).diarize(week2.recording).speakers == ("SP00",)
    assert len(VoiceDiarizer(3).diarize(week2.recording).speakers) == 3


@pytest.mark.parametrize("n", [0, 100, 400, 48_000])
def test_where_nobody_speaks_there_is_no_voice(n):
    silence = Recording(np.zeros(n, np.float32), n / 16_000)
    assert VoiceDiarizer().diarize(silence).segments == ()
    assert VoiceDiarizer(2).diarize(silence).segments == ()


def test_it_says_how_it_was_done(week2):
    made = VoiceDiarizer().diarize(week2.recording).provenance
    assert (made.step, made.engine, made.parameters["speakers"]) == ("diarize", "sdc.transcribe.speakers", "1 or 2")


def test_a_long_recording_is_worked_on_in_blocks(week1, monkeypatch):
    whole = voice_frames(week1.recording)
    monkeypatch.setattr("sdc.transcribe.speakers.features.BLOCK", 700)
    assert np.allclose(voice_frames(week1.recording).cepstra, whole.cepstra)


def test_mel_bands_cover_the_range():
    bands = mel_bands()
    assert bands.shape == (30, 257)
    hz = np.arange(257) * 16_000 / 512
    covered = bands.sum(axis=0)[(hz > 150) & (hz < 7000)]
    assert covered.min() > 0.9 and covered.max() < 1.1


def gaussian(mean, n=1000):
    return np.random.default_rng(1).normal(mean, 1.0, (n, 4))


def test_distance_of_voices():
    one, same, other = (Voice.of(gaussian(mean)) for mean in (0.0, 0.0, 2.0))
    assert distance(one, same) == pytest.approx(0, abs=1e-9)
    # Equal unit covariances, each of 4 dimensions 2 apart: 0.5 * ln(1 + 4 * 4 / 4).
    assert distance(one, other) == pytest.approx(0.5 * np.log(5), rel=0.05)
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert are_two(one, other, least=0.6, times_bic=2)
    assert not are_two(one, same, least=0.0, times_bic=2)
    assert not are_two(Voice.of(gaussian(0.0, 20)), Voice.of(gaussian(2.0, 20)), least=0.6, times_bic=2)
