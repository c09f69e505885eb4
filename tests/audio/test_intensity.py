"""Level in dB re full scale."""

import numpy as np
import pytest

from sdc.audio import track_intensity


@pytest.mark.parametrize(("amplitude", "level"), [(1.0, -3.01), (0.5, -9.03), (0.01, -43.01)])
def test_level_of_a_sine(amplitude, level, record, make_tone):
    track = track_intensity(record(make_tone(1.0, rate=16000, hz=1000, amplitude=amplitude)))
    assert track.level_db.shape == track.times_s.shape == (100,)
    assert track.level_db == pytest.approx(level, abs=0.02)
    assert track.times_s[:2] == pytest.approx([0.005, 0.015])
    assert track.hop_s == 0.01


def test_silence_has_no_level(record):
    assert np.isnan(track_intensity(record(np.zeros(16000))).level_db).all()


def test_last_short_frame_is_not_diluted(record):
    track = track_intensity(record(np.full(161, 0.1)))
    assert track.level_db == pytest.approx([-20.0, -20.0], abs=0.01)


def test_step_falls_where_it_is(record, make_tone):
    sound = np.concatenate([np.zeros(8000), make_tone(0.5, rate=16000, hz=1000)])
    track = track_intensity(record(sound))
    assert np.isnan(track.level_db[:50]).all()
    assert np.isfinite(track.level_db[50:]).all()
    assert track.provenance.parameters["hop_s"] == "0.01"
