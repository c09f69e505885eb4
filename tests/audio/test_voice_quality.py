"""The voice quality track: where it has values, and that they are the planted ones."""

import numpy as np
import pytest

from sdc.audio import track_pitch, track_voice_quality

ARRAYS = ("hnr_db", "jitter_pct", "shimmer_pct", "low_db", "high_db")


def test_planted_voice_through_the_real_pitch_track(planted, record):
    voice = planted(250, 2.0, jitter=0.01, shimmer=0.05)
    recording = record(np.concatenate([np.zeros(8000), voice.samples, np.zeros(8000)]))
    pitch = track_pitch(recording)
    track = track_voice_quality(recording, pitch)
    assert {getattr(track, name).shape for name in ARRAYS} == {pitch.f0_hz.shape}
    assert np.nanmean(track.jitter_pct.astype(float)) == pytest.approx(voice.jitter_pct, rel=0.3)
    assert np.nanmean(track.shimmer_pct.astype(float)) == pytest.approx(voice.shimmer_pct, rel=0.3)
    silent = (pitch.times_s < 0.4) | (pitch.times_s > 2.6)
    assert all(np.isnan(getattr(track, name)[silent]).all() for name in ARRAYS)
    assert track.provenance.step == "voice quality"


def test_short_stretches_have_no_jitter(planted, record, steady_pitch):
    voice = planted(250, 1.0)
    pitch = steady_pitch(250, voice.samples.size)
    pitch.f0_hz[6::7] = np.nan  # stretches of 96 ms
    track = track_voice_quality(record(voice.samples), pitch)
    assert all(np.isnan(getattr(track, name)).all() for name in ARRAYS[:3])
    assert np.isfinite(track.high_db).sum() == np.isfinite(pitch.f0_hz).sum()


@pytest.mark.parametrize("n", [1, 100, 4000])
def test_tiny_recording(record, steady_pitch, n):
    track = track_voice_quality(record(np.full(n, 0.1)), steady_pitch(200, n))
    assert track.hnr_db.size == max(1, -(-n // 256))
