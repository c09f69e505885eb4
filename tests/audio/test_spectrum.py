"""Harmonics against noise, and energy above 500 Hz."""

import numpy as np
import pytest

from sdc.audio.spectrum import HNR_MOST_DB, band_levels_db, harmonics_to_noise_db

TIMES = np.arange(0, 2, 0.016)


def hf500_db(samples, times_s, f0_hz):
    low_db, high_db = band_levels_db(samples, times_s, f0_hz)
    return high_db - low_db


def constant(f0):
    return np.full(TIMES.size, f0, np.float32)


@pytest.mark.parametrize("f0", [75, 110, 220, 300, 400, 800])
@pytest.mark.parametrize("snr_db", [20, 10, 5, 0])
def test_the_ratio_is_that_of_the_noise_put_in(planted, f0, snr_db):
    samples = planted(f0, 2.0, snr_db=snr_db).samples
    found = harmonics_to_noise_db(samples, TIMES, constant(f0))[5:-5]
    assert found.mean() == pytest.approx(snr_db, abs=1.2)


@pytest.mark.parametrize("f0", [75, 220, 440, 800])
def test_a_sine_is_all_harmonic(make_tone, f0):
    found = harmonics_to_noise_db(make_tone(2.0, rate=16000, hz=f0), TIMES, constant(f0))[5:-5]
    assert found.min() > 30
    assert found.max() <= HNR_MOST_DB + 1e-3


def test_noise_has_next_to_none():
    noise = np.random.default_rng(0).normal(size=32000).astype(np.float32)
    assert harmonics_to_noise_db(noise, TIMES, constant(220)).mean() < 2


def test_unvoiced_frames_have_none(make_tone):
    f0 = constant(220)
    f0[::2] = np.nan
    tone = make_tone(2.0, rate=16000, hz=220)
    assert np.isnan(harmonics_to_noise_db(tone, TIMES, f0)[::2]).all()
    assert np.isnan(hf500_db(tone, TIMES, f0)[::2]).all()
    assert np.isfinite(hf500_db(tone, TIMES, f0)[1::2]).all()


def test_energy_above_500_hz(make_tone):
    """250 and 1000 Hz fit the window of 25 ms: nothing of the one leaks into the other's band at full height."""
    low, high = make_tone(2.0, rate=16000, hz=240), make_tone(2.0, rate=16000, hz=1000)
    for gain_db in (-6, 0, 6):
        found = hf500_db(low + 10 ** (gain_db / 20) * high, TIMES, constant(240))[5:-5]
        assert found == pytest.approx(gain_db, abs=0.2)


def test_the_bands_reach_from_80_hz_to_half_the_sampling_rate(make_tone):
    """Beside a steady 240 Hz a tone moves the ratio up when it lies above 500 Hz, and below 80 Hz hardly at all."""
    voice = make_tone(2.0, rate=16000, hz=240)

    def ratio(hz):
        return hf500_db(voice + make_tone(2.0, rate=16000, hz=hz), TIMES, constant(240))[5:-5].mean()

    assert [ratio(hz) for hz in (520, 2000, 7600)] == pytest.approx([0, 0, 0], abs=0.5)
    assert ratio(480) < -30
    assert ratio(40) < -20


def test_loudness_does_not_matter(planted):
    samples = planted(220, 2.0, snr_db=15).samples
    for measure in (harmonics_to_noise_db, hf500_db):
        loud, soft = (measure(s, TIMES, constant(220)) for s in (samples, samples / 100))
        assert loud == pytest.approx(soft, abs=0.01)


def test_silence_is_no_error():
    with np.errstate(all="raise"):
        assert np.isnan(hf500_db(np.zeros(32000, np.float32), TIMES, constant(220))).all()
        assert harmonics_to_noise_db(np.zeros(32000, np.float32), TIMES, constant(220)).max() <= 0
