"""Periods one by one, on voices whose jitter and shimmer are known."""

import numpy as np
import pytest

from sdc.audio.periods import compare_periods, voiced_stretches

RATE = 16000


def found(planted, f0, duration_s=2.0, **options):
    """Return (planted jitter, found), (planted shimmer, found) in percent."""
    voice = planted(f0, duration_s, **options)
    f0_hz = np.full(int(duration_s / 0.016), f0, np.float32)
    lengths, amplitudes = (100 * n.differences.mean() for n in compare_periods(voice.samples, f0_hz, 0.016))
    return (voice.jitter_pct, lengths), (voice.shimmer_pct, amplitudes)


@pytest.mark.parametrize("f0", [110, 220, 400])
def test_regular_voice_has_none(planted, f0):
    (_, jitter), (_, shimmer) = found(planted, f0)
    assert jitter < 0.05
    assert shimmer < 0.2


@pytest.mark.parametrize("f0", [110, 220, 400])
@pytest.mark.parametrize("jitter", [0.005, 0.02])
def test_planted_jitter_is_found(planted, f0, jitter):
    # The ringing of one pulse reaches into the next, which takes a part of the jitter out of the sound.
    (there, heard), _ = found(planted, f0, jitter=jitter)
    assert 0.7 * there < heard < 1.1 * there


@pytest.mark.parametrize("f0", [110, 220, 400])
@pytest.mark.parametrize("shimmer", [0.05, 0.1])
def test_planted_shimmer_is_found(planted, f0, shimmer):
    _, (there, heard) = found(planted, f0, shimmer=shimmer)
    assert 0.75 * there < heard < 1.1 * there


def test_one_does_not_pass_for_the_other(planted):
    assert found(planted, 110, jitter=0.01)[1][1] < 1.0
    assert found(planted, 110, shimmer=0.1)[0][1] < 0.1


def test_noise_passes_for_shimmer(planted):
    # Why there is a gate: at 10 dB a regular voice seems to have shimmer.
    assert found(planted, 220, snr_db=10)[1][1] > 3


def test_all_periods_are_compared(planted):
    voice = planted(220, 2.0)
    lengths, _ = compare_periods(voice.samples, np.full(125, 220, np.float32), 0.016)
    assert 0.85 * 440 < lengths.frames.size < 440
    assert (lengths.by_frame(125)[2:-2] >= 0).mean() > 0.95


def test_stretches_from_100_ms():
    f0 = np.full(40, np.nan, np.float32)
    f0[3:9] = 200  # 96 ms
    f0[20:27] = 200  # 112 ms
    assert voiced_stretches(f0, 0.016) == [(20, 27)]
    assert voiced_stretches(np.full(10, 200, np.float32), 0.016) == [(0, 10)]
    assert voiced_stretches(np.zeros(0, np.float32), 0.016) == []


@pytest.mark.parametrize("samples", [np.zeros(RATE), np.random.default_rng(0).normal(size=RATE), np.ones(RATE)])
@pytest.mark.parametrize("f0", [61, 250, 999])
def test_what_is_no_voice_gives_numbers_or_nothing(samples, f0):
    lengths, amplitudes = compare_periods(samples.astype(np.float32), np.full(62, f0, np.float32), 0.016)
    assert np.isfinite(lengths.differences).all()
    assert np.isfinite(amplitudes.differences).all()


def test_silence_has_no_periods():
    lengths, amplitudes = compare_periods(np.zeros(RATE, np.float32), np.full(62, 200, np.float32), 0.016)
    assert lengths.frames.size == amplitudes.frames.size == 0
    assert np.isnan(lengths.by_frame(62)).all()


def test_no_voice_no_periods():
    assert compare_periods(np.zeros(RATE, np.float32), np.full(62, np.nan, np.float32), 0.016)[0].frames.size == 0
