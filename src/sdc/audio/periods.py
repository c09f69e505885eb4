"""Single periods of the voice, found one after the other by cross-correlation.

Long voiced stretches are cut into pieces of about 100 ms, and all pieces of about the same pitch
take their next step at once: NumPy then works on thousands of periods in some dozen calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from sdc.audio.recording import SAMPLE_RATE_HZ

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]
Steps = tuple[Floats, Floats, Floats]
"""Frame, length and amplitude of one period of each piece, NaN where the piece has ended."""

STRETCH_S = 0.1
"""Periods are taken in voiced stretches of at least this length."""
SHORTEST, LONGEST = 0.8, 1.2
"""The next period is sought between these parts of the length that the pitch track tells."""
LIKENESS = 0.7
"""Two neighbouring periods are taken for such when they correlate at least so much."""
AMPLITUDE_REACH = 0.5
"""An amplitude is taken over this part of a period on both sides."""
PERIOD_FACTOR, AMPLITUDE_FACTOR = 1.3, 1.6
"""Neighbours that differ by more than these are no neighbours: a period was missed."""
CLASSES = (32, 48, 64, 96, 128, 192, 267)
"""Pieces are handled together whose longest period (samples) lies below the same bound."""


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Differences of neighbouring periods.

    Attributes
    ----------
    frames : NDArray[np.int64]
        Shape [n], the frame of the pitch track in which each lies.
    differences : NDArray[np.float64]
        Shape [n], magnitude of the difference over the mean of the two.
    """

    frames: Indexes
    differences: Floats

    def by_frame(self, n_frames: int) -> Floats:
        """Return the mean difference in each frame, shape [n_frames], NaN where there is none."""
        sums = np.bincount(self.frames, self.differences, n_frames)
        counts = np.bincount(self.frames, minlength=n_frames)
        means: Floats = np.divide(sums, counts, out=np.full(n_frames, np.nan), where=counts > 0)
        return means


def voiced_stretches(f0_hz: NDArray[np.float32], hop_s: float) -> list[tuple[int, int]]:
    """Return the runs of voiced frames (first, beyond last) that last at least ``STRETCH_S``."""
    edges = np.diff(np.concatenate([[0], np.isfinite(f0_hz).astype(np.int8), [0]]))
    runs = zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)
    return [(int(first), int(end)) for first, end in runs if (end - first) * hop_s >= STRETCH_S]


def _pieces(stretches: list[tuple[int, int]], hop_s: float) -> Indexes:
    least = int(np.ceil(STRETCH_S / hop_s))
    cuts = (np.linspace(first, end, max(1, (end - first) // least) + 1).astype(np.int64) for first, end in stretches)
    return np.concatenate([np.stack([c[:-1], c[1:]], 1) for c in cuts])


def compare_periods(
    samples: NDArray[np.float32], f0_hz: NDArray[np.float32], hop_s: float
) -> tuple[Neighbours, Neighbours]:
    """Find the periods of the voice and compare each with the next.

    Parameters
    ----------
    samples : NDArray[np.float32]
        Shape [n], at 16 kHz.
    f0_hz : NDArray[np.float32]
        Shape [k], NaN where there is no voice; the middle of frame i lies at ``i * hop_s``.
    hop_s : float

    Returns
    -------
    tuple[Neighbours, Neighbours]
        Of lengths (jitter) and of amplitudes (shimmer).
    """
    stretches = voiced_stretches(f0_hz, hop_s)
    found: list[tuple[Neighbours, Neighbours]] = []
    if stretches:
        pieces = _pieces(stretches, hop_s)
        longest = np.array([SAMPLE_RATE_HZ / f0_hz[a:b].min() for a, b in pieces])
        walk = _Walk(samples, f0_hz, hop_s)
        for low, high in zip((0, *CLASSES), CLASSES, strict=False):
            chosen = pieces[(longest > low) & (longest <= high)]
            if len(chosen):
                found.append(walk.compare(chosen, high))
    return _joined([lengths for lengths, _ in found]), _joined([amplitudes for _, amplitudes in found])


def _joined(parts: list[Neighbours]) -> Neighbours:
    none = Neighbours(np.zeros(0, np.int64), np.zeros(0))
    parts = [none, *parts]
    return Neighbours(np.concatenate([p.frames for p in parts]), np.concatenate([p.differences for p in parts]))


class _Walk:
    """Walks from period to period through many pieces at once."""

    def __init__(self, samples: NDArray[np.float32], f0_hz: NDArray[np.float32], hop_s: float) -> None:
        # Room on both sides, so that no window runs over the edge.
        self.pad = 3 * CLASSES[-1]
        self.samples = np.pad(samples, self.pad).astype(np.float32, copy=False)
        self.energy = np.zeros(self.samples.size + 1)  # of all samples before each
        np.square(self.samples, out=self.energy[1:], dtype=np.float64)
        np.cumsum(self.energy[1:], out=self.energy[1:])
        self.f0_hz = f0_hz
        self.hop = hop_s * SAMPLE_RATE_HZ

    def compare(self, pieces: Indexes, longest: int) -> tuple[Neighbours, Neighbours]:
        """Compare the periods of pieces (rows: first frame, frame beyond the last)."""
        position = self._first_peaks(pieces, longest)
        end = (pieces[:, 1] - 0.5) * self.hop + self.pad
        steps: list[Steps] = []
        going = np.arange(len(pieces))
        while True:
            frame = np.rint((position[going] - self.pad) / self.hop).astype(np.int64)
            frame = np.clip(frame, pieces[going, 0], pieces[going, 1] - 1)
            expected = SAMPLE_RATE_HZ / self.f0_hz[frame].astype(np.float64)
            inside = position[going] + LONGEST * expected < end[going]
            going, frame, expected = going[inside], frame[inside], expected[inside]
            if not going.size:
                break
            length, likeness = self._next_period(position[going], expected, longest)
            length[likeness < LIKENESS] = np.nan
            amplitude = self._amplitudes(position[going], expected, longest)
            spread = (_spread(v, going, len(pieces)) for v in (frame, length, amplitude))
            steps.append((next(spread), next(spread), next(spread)))
            position[going] += np.where(np.isnan(length), expected, length)
        return _neighbours(steps)

    def _first_peaks(self, pieces: Indexes, longest: int) -> Floats:
        start = ((pieces[:, 0] - 0.5) * self.hop).astype(np.int64) + self.pad
        expected = SAMPLE_RATE_HZ / self.f0_hz[pieces[:, 0]]
        at = np.arange(longest)
        window = np.abs(self.samples[start[:, None] + at])
        window[at[None, :] >= expected[:, None]] = -1
        first: Floats = (start + window.argmax(1)).astype(np.float64)
        return first

    def _next_period(self, position: Floats, expected: Floats, longest: int) -> tuple[Floats, Floats]:
        """Return length and likeness of the period that follows each position."""
        half = np.rint(expected / 2).astype(np.int64)
        start = np.rint(position).astype(np.int64) - half
        least = np.floor(SHORTEST * expected).astype(np.int64)
        n_lags, width = int((LONGEST - SHORTEST) * longest) + 3, longest + 1
        lags = least[:, None] + np.arange(n_lags)
        own = sliding_window_view(self.samples, width)[start]
        own[np.arange(width)[None, :] >= 2 * half[:, None]] = 0
        ahead = sliding_window_view(self.samples, width + n_lags - 1)[start + least]
        windows = sliding_window_view(ahead, width, axis=1)
        products = np.einsum("blw,bw->bl", windows, own)
        from_, to = start[:, None] + lags, (start + 2 * half)[:, None] + lags
        energies = (self.energy[to] - self.energy[from_]) * np.square(own, dtype=np.float64).sum(1)[:, None]
        likeness = products / np.sqrt(np.maximum(energies, 1e-20))
        likeness[lags > LONGEST * expected[:, None]] = -1
        return _peak(likeness, lags)

    def _amplitudes(self, position: Floats, expected: Floats, longest: int) -> Floats:
        """Return the root mean square around each position, under a Hann window of one period."""
        reach = int(AMPLITUDE_REACH * longest) + 1
        offsets = np.arange(-reach, reach + 1)
        middle = np.rint(position).astype(np.int64)
        around = sliding_window_view(self.samples, offsets.size)[middle - reach]
        phase = ((middle - position)[:, None] + offsets) * (np.pi / (AMPLITUDE_REACH * expected[:, None]))
        weight = 0.5 + 0.5 * np.cos(np.clip(phase.astype(np.float32), -np.pi, np.pi))
        power: Floats = (weight * np.square(around)).sum(1) / weight.sum(1)
        return np.sqrt(power)


def _peak(likeness: Floats, lags: Indexes) -> tuple[Floats, Floats]:
    """Return where and how high each row's peak is, by a parabola; no peak at an edge."""
    best = np.clip(likeness.argmax(1), 1, likeness.shape[1] - 2)
    rows = np.arange(len(best))
    before, top, after = (likeness[rows, best + d] for d in (-1, 0, 1))
    curve = before - 2 * top + after
    is_peak = (curve < 0) & (top >= before) & (top >= after) & (before > -1) & (after > -1)
    shift = np.where(is_peak, 0.5 * (before - after) / np.where(curve < 0, curve, -1), 0.0)
    return lags[rows, best] + shift, np.where(is_peak, top - 0.25 * (before - after) * shift, 0.0)


def _spread(values: NDArray[Any], rows: Indexes, n: int) -> Floats:
    spread = np.full(n, np.nan)
    spread[rows] = values
    return spread


def _neighbours(steps: list[Steps]) -> tuple[Neighbours, Neighbours]:
    if len(steps) < 2:
        return _joined([]), _joined([])
    frames, lengths, amplitudes = (np.stack(column) for column in zip(*steps, strict=True))
    frames = frames[1:]  # where the two periods meet
    # An amplitude has a neighbour where a period was found between the two.
    linked = np.where(np.isnan(lengths[:-1]), np.nan, amplitudes[:-1])
    return _compared(frames, lengths[:-1], lengths[1:], PERIOD_FACTOR), _compared(
        frames, linked, amplitudes[1:], AMPLITUDE_FACTOR
    )


def _compared(frames: Floats, one: Floats, other: Floats, factor: float) -> Neighbours:
    with np.errstate(invalid="ignore", divide="ignore"):
        near = np.maximum(one, other) / np.minimum(one, other) <= factor
    return Neighbours(frames[near].astype(np.int64), np.abs(one - other)[near] / ((one + other)[near] / 2))
