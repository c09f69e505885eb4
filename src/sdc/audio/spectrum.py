"""What the spectrum of voiced frames tells: harmonics against noise, and energy above 500 Hz."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from sdc.audio.recording import SAMPLE_RATE_HZ

Floats = NDArray[np.floating[Any]]

PERIODS_A_WINDOW = 4.5
WINDOWS = (256, 512, 1024)
"""Samples; each voiced frame takes the shortest that holds ``PERIODS_A_WINDOW``, or the longest."""
SEARCH = 0.1
"""The period is sought within this part of the length that the pitch track tells."""
HNR_MOST_DB = 40.0
"""More cannot be told apart from the window's own error."""
LOW_HZ, SPLIT_HZ = 80.0, 500.0
BAND_WINDOW = 400
"""Samples: 25 ms."""
BLOCK = 2048
"""Frames handled at once: bounds the memory."""


def _hann_correlation(lag: Floats, width: int) -> Floats:
    """Return the autocorrelation of a Hann window (Boersma 1993, equation 8)."""
    part = lag / width
    return (1 - part) * (2 / 3 + np.cos(2 * np.pi * part) / 3) + np.sin(2 * np.pi * part) / (2 * np.pi)


def _frames(samples: Floats, times_s: NDArray[np.float64], width: int) -> Floats:
    """Return windows around times, shape [n, width], each without its mean."""
    start = np.rint(times_s * SAMPLE_RATE_HZ).astype(np.int64) - width // 2
    first, end = start.min(), start.max() + width
    # Times stand in order: what is needed lies between the first and the last. Beyond the recording is silence.
    before = max(0, -first)
    part = samples[first + before : end]
    part = np.pad(part, (before, end - first - before - part.size))
    windows: Floats = sliding_window_view(part, width)[start - first]
    windows -= windows.mean(1, keepdims=True, dtype=np.float32)
    return windows


def _hann(width: int) -> Floats:
    return (0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(width) + 0.5) / width)).astype(np.float32)


def harmonics_to_noise_db(samples: Floats, times_s: NDArray[np.float64], f0_hz: Floats) -> Floats:
    """Return how far the periodic part of the sound stands above the rest, by Boersma's autocorrelation.

    Parameters
    ----------
    samples : NDArray[np.float32]
        Shape [n], at 16 kHz.
    times_s : NDArray[np.float64]
        Shape [k], middles of the frames.
    f0_hz : NDArray[np.float32]
        Shape [k], NaN where there is no voice.

    Returns
    -------
    NDArray[np.float32]
        Shape [k], dB, at most 40; NaN where there is no voice.

    References
    ----------
    Boersma, P. (1993), Proceedings of the Institute of Phonetic Sciences Amsterdam 17, 97-110.
    """
    found = np.full(f0_hz.shape, np.nan, np.float32)
    with np.errstate(invalid="ignore"):
        needed = PERIODS_A_WINDOW * SAMPLE_RATE_HZ / f0_hz
        choice = np.searchsorted(WINDOWS[:-1], needed)
    for index, width in enumerate(WINDOWS):
        chosen = np.flatnonzero((choice == index) & np.isfinite(f0_hz))
        for first in range(0, chosen.size, BLOCK):
            rows = chosen[first : first + BLOCK]
            found[rows] = _hnr(_frames(samples, times_s[rows], width), f0_hz[rows], width)
    return found


def _hnr(windows: Floats, f0_hz: Floats, width: int) -> Floats:
    from scipy.fft import irfft, rfft  # several rows at once, which NumPy's does not do

    spectrum = rfft(windows * _hann(width), 2 * width)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    # Twice as many bins as there are: the correlation comes out at 32 kHz, and its peak is not cut off.
    correlation = irfft(power, 4 * width)[:, :width]
    lags = np.arange(width) / 2
    normed = correlation / np.maximum(correlation[:, :1], 1e-12) / _hann_correlation(lags, width)
    return _decibels(_highest(normed, 2 * SAMPLE_RATE_HZ / f0_hz))


def _highest(normed: Floats, expected: Floats) -> Floats:
    """Return the height of the peak near each row's expected lag, by a parabola."""
    low = np.floor(expected * (1 - SEARCH)).astype(np.int64)
    span = np.arange(int(2 * SEARCH * expected.max()) + 3)
    lags = np.minimum(low[:, None] + span, normed.shape[1] - 2)
    rows = np.arange(len(low))
    near = np.where(lags <= np.ceil(expected * (1 + SEARCH))[:, None], normed[rows[:, None], lags], -1)
    best = lags[rows, near.argmax(1)]
    before, top, after = (normed[rows, best + d] for d in (-1, 0, 1))
    curve = np.minimum(before - 2 * top + after, -1e-9)
    shift = np.clip(0.5 * (before - after) / curve, -0.5, 0.5)
    height: Floats = top - 0.25 * (before - after) * shift
    return height


def _decibels(height: Floats) -> Floats:
    most = 1 / (1 + 10 ** (-HNR_MOST_DB / 10))
    kept = np.clip(height, 1 - most, most)
    decibels: Floats = 10 * np.log10(kept / (1 - kept))
    return decibels


def band_levels_db(samples: Floats, times_s: NDArray[np.float64], f0_hz: Floats) -> tuple[Floats, Floats]:
    """Return the levels of voiced frames below and above 500 Hz, from which HF500 is told.

    A level is the sum of the spectrum's magnitudes, from 80 to 500 Hz and from there to half the sampling rate,
    in windows of 25 ms without taper: what the authors' own tool for vocal arousal takes.

    Returns
    -------
    low_db, high_db : NDArray[np.float32]
        Shape [k], dB; both NaN where there is no voice or nothing in one of the bands.

    References
    ----------
    Bone, D. (2014), Vocal arousal toolkit 1.0, ``aR_computeScores_ltas.m``.
    """
    low_db, high_db = (np.full(f0_hz.shape, np.nan, np.float32) for _ in range(2))
    hz = np.fft.rfftfreq(BAND_WINDOW, 1 / SAMPLE_RATE_HZ)
    low, high = (hz >= LOW_HZ) & (hz <= SPLIT_HZ), hz > SPLIT_HZ
    voiced = np.flatnonzero(np.isfinite(f0_hz))
    for first in range(0, voiced.size, BLOCK):
        rows = voiced[first : first + BLOCK]
        magnitude = np.abs(np.fft.rfft(_frames(samples, times_s[rows], BAND_WINDOW)))
        below, above = magnitude[:, low].sum(1), magnitude[:, high].sum(1)
        heard = (above > 0) & (below > 0)
        low_db[rows[heard]], high_db[rows[heard]] = 20 * np.log10(below[heard]), 20 * np.log10(above[heard])
    return low_db, high_db
