"""Frames of pitch and loudness: which belong to a stretch, and their figures. The only measures that need NumPy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sdc.session import TimeSpan

if TYPE_CHECKING:
    from sdc.audio.tracks import SoundTracks

Floats = NDArray[np.float64]

OCTAVE_ST = 12.0
LOW, HIGH = 5, 95


def _inside(times_s: Floats, spans: Iterable[TimeSpan]) -> NDArray[np.bool_]:
    """Return which frames lie inside spans; shape of ``times_s``."""
    inside = np.zeros(times_s.shape, bool)
    for span in spans:
        first, last = np.searchsorted(times_s, (span.start_ms / 1000, span.end_ms / 1000))
        inside[first:last] = True
    return inside


def without_jumps(f0_hz: Floats) -> Floats:
    """Make frames on both sides of a jump of an octave or more unvoiced: the tracker slipped there."""
    with np.errstate(invalid="ignore"):
        jumps = np.abs(12 * np.log2(f0_hz[1:] / f0_hz[:-1])) >= OCTAVE_ST
    kept = f0_hz.copy()
    kept[:-1][jumps] = np.nan
    kept[1:][jumps] = np.nan
    return kept


def voiced_f0(sound: SoundTracks, spans: Iterable[TimeSpan]) -> tuple[Floats, float]:
    """Return F0 in Hz of the voiced frames inside spans, and how many seconds they last."""
    track = sound.pitch
    f0 = without_jumps(np.where(_inside(track.times_s, spans), track.f0_hz.astype(np.float64), np.nan))
    f0 = f0[np.isfinite(f0)]
    return f0, f0.size * track.hop_s


def levels(sound: SoundTracks, spans: Iterable[TimeSpan]) -> tuple[Floats, float]:
    """Return the level in dB of the frames inside spans, and how many seconds they last."""
    track = sound.intensity
    level = track.level_db[_inside(track.times_s, spans)].astype(np.float64)
    level = level[np.isfinite(level)]
    return level, level.size * track.hop_s


def semitones(f0_hz: Floats) -> Floats:
    """Return F0 in semitones from its median."""
    return 12 * np.log2(f0_hz / np.median(f0_hz))


def _range(f0_hz: Floats) -> float:
    low, high = np.percentile(semitones(f0_hz), (LOW, HIGH))
    return float(high - low)


SUMMARIES: dict[str, Callable[[Floats], float]] = {
    "median": lambda f0: float(np.median(f0)),
    "sd_st": lambda f0: float(np.std(semitones(f0))),
    "range_st": _range,
}
"""Name → figure of voiced F0."""


def spread(level_db: Floats) -> float:
    """Return the SD of levels."""
    return float(np.std(level_db))
