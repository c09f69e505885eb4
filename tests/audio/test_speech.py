"""Where someone speaks."""

import runpy
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from sdc.audio import Recording, detect_speech, load_recording, track_pitch

SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))
RATE = SUITE["RATE_HZ"]


def test_silence_and_tone_are_no_speech(record, make_tone):
    assert detect_speech(record(np.zeros(32000))) == ()
    assert detect_speech(record(make_tone(2.0, rate=16000))) == ()
    assert detect_speech(record(np.zeros(1))) == ()


@pytest.mark.shared
def test_spans_are_in_order_inside_and_apart(shared_data):
    recording = load_recording(shared_data / "media" / "mytheory.mp4")
    spans = detect_speech(recording)
    assert len(spans) > 5
    assert 0.5 < sum(s.duration_s for s in spans) / recording.duration_s < 0.9
    assert spans[-1].end_ms <= recording.duration_s * 1000
    assert all(b.start_ms - a.end_ms >= 100 for a, b in pairwise(spans))


@pytest.mark.shared
def test_inserted_pause_is_found_where_it_is(shared_data):
    spoken = load_recording(shared_data / "media" / "stereo_diarization.wav").samples[8000:40000]
    pause = np.zeros(16000, np.float32)
    joined = np.concatenate([spoken, pause, spoken])
    spans = detect_speech(Recording(joined, joined.size / 16000))
    gaps = [(a.end_ms, b.start_ms) for a, b in pairwise(spans) if b.start_ms - a.end_ms > 700]
    assert len(gaps) == 1
    assert gaps[0] == pytest.approx((2000, 3000), abs=250)


def seconds(spans):
    return sum(s.duration_s for s in spans)


@pytest.mark.parametrize("snr_db", [20, 10])
def test_a_very_high_voice_is_heard_when_its_pitch_is_known(snr_db, record):
    truth = SUITE["pause_truth"](SUITE["SQUEALER"])
    recording = record(truth.heard(snr_db=snr_db))
    alone, found = detect_speech(recording), detect_speech(recording, track_pitch(recording))
    said = [(s.start_ms, s.end_ms) for s in truth.said]
    hit = [min(b, s.end_ms) - max(a, s.start_ms) for s in found for a, b in said if s.start_ms < b and s.end_ms > a]
    assert seconds(alone) < 0.4 * sum(b - a for a, b in said) / 1000
    assert sum(hit) > 0.6 * sum(b - a for a, b in said)
    assert sum(hit) > 0.9 * 1000 * seconds(found)
    assert all(b.start_ms - a.end_ms >= 100 for a, b in pairwise(found))
    assert found[-1].end_ms <= recording.duration_s * 1000


@pytest.mark.parametrize("voice", (SUITE["MAN"], SUITE["WOMAN"]), ids=lambda voice: voice.name)
def test_nothing_changes_for_other_voices(voice, record):
    recording = record(SUITE["pitch_truth"](voice, "wide", phrases=3).heard(snr_db=10))
    assert detect_speech(recording, track_pitch(recording)) == detect_speech(recording)


def tune(rng):
    notes = 440 * 2 ** (rng.choice([0, 2, 4, 5, 7, 9, 11, 12], 16) / 12)
    phase = 2 * np.pi * np.cumsum(np.repeat(notes, RATE // 2)) / RATE
    return sum(np.sin(k * phase) / k for k in (1, 2, 3, 4))


def siren(_):
    sweep = 600 + 200 * np.sin(np.pi * np.arange(8 * RATE) / RATE)
    return np.sin(2 * np.pi * np.cumsum(sweep) / RATE)


@pytest.mark.parametrize("sound", [tune, siren], ids=["tune", "siren"])
def test_other_high_sounds_are_no_speech(sound, record):
    rng = np.random.default_rng(1)
    samples = 0.1 * sound(rng)
    recording = record(samples + rng.normal(size=samples.size) * 0.001)
    pitch = track_pitch(recording)
    assert np.nanmedian(pitch.f0_hz) > 350  # it is played again, and refused
    assert detect_speech(recording, pitch) == ()
