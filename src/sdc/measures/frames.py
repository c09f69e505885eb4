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
FLOOR, CEILING = 0.75, 2.0
"""A speaker's range: from this share of the first quartile of a first pass to this multiple of the third."""
HALF_LOW, HALF_HIGH = 15.87, 84.13
"""Between these percentiles lie ±1 SD of a normal distribution."""
ENDING_S = 0.3
"""The end of a turn: so much before its last voiced frame."""
LEAST_FRAMES = 8
"""An end with fewer voiced frames has no slope."""


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


def in_range(f0_hz: Floats) -> Floats:
    """Make frames outside the speaker's own range unvoiced: other sounds, and slips of the tracker.

    The range is taken from a first pass over the frames themselves, so no voice is held against
    another's limits.
    """
    voiced = f0_hz[np.isfinite(f0_hz)]
    if not voiced.size:
        return f0_hz
    first, third = np.percentile(voiced, (25, 75))
    with np.errstate(invalid="ignore"):
        kept: Floats = np.where((f0_hz >= FLOOR * first) & (f0_hz <= CEILING * third), f0_hz, np.nan)
    return kept


def own_f0(sound: SoundTracks, spans: Iterable[TimeSpan]) -> Floats:
    """Return F0 in Hz of each frame of the track; NaN outside the spans, outside the range, without voice."""
    track = sound.pitch
    inside = np.where(_inside(track.times_s, spans), track.f0_hz.astype(np.float64), np.nan)
    return without_jumps(in_range(inside))


def voiced_f0(sound: SoundTracks, spans: Iterable[TimeSpan]) -> tuple[Floats, float]:
    """Return F0 in Hz of the voiced frames inside spans, and how many seconds they last."""
    f0 = own_f0(sound, spans)
    f0 = f0[np.isfinite(f0)]
    return f0, f0.size * sound.pitch.hop_s


def final_slope(times_s: Floats, f0_hz: Floats, span: TimeSpan) -> tuple[float, TimeSpan] | None:
    """Return the slope of the pitch at the end of a span in semitones a second, and the stretch that was used.

    The slope is the median of the slopes between all pairs of voiced frames (Theil 1950, Sen
    1968); None where there are too few.
    """
    first, last = np.searchsorted(times_s, (span.start_ms / 1000, span.end_ms / 1000))
    voiced = first + np.flatnonzero(np.isfinite(f0_hz[first:last]))
    if not voiced.size:
        return None
    ending = voiced[times_s[voiced] >= times_s[voiced[-1]] - ENDING_S]
    if ending.size < LEAST_FRAMES:
        return None
    left, right = np.triu_indices(ending.size, k=1)
    time, pitch = times_s[ending], 12 * np.log2(f0_hz[ending])
    slope = float(np.median((pitch[right] - pitch[left]) / (time[right] - time[left])))
    return slope, TimeSpan(round(1000 * time[0]), round(1000 * time[-1]))


def levels(sound: SoundTracks, spans: Iterable[TimeSpan]) -> tuple[Floats, float]:
    """Return the level in dB of the frames inside spans, and how many seconds they last."""
    track = sound.intensity
    level = track.level_db[_inside(track.times_s, spans)].astype(np.float64)
    level = level[np.isfinite(level)]
    return level, level.size * track.hop_s


def semitones(f0_hz: Floats) -> Floats:
    """Return F0 in semitones from its median."""
    return 12 * np.log2(f0_hz / np.median(f0_hz))


def half_width(f0_hz: Floats) -> float:
    """Return half the width in semitones of the middle 68 % of frames.

    It equals the SD of a normal distribution and, unlike the SD, is not moved by the few frames at
    which a tracker slips or a voice squeaks.
    """
    low, high = np.percentile(semitones(f0_hz), (HALF_LOW, HALF_HIGH))
    return float(high - low) / 2


def _range(f0_hz: Floats) -> float:
    low, high = np.percentile(semitones(f0_hz), (LOW, HIGH))
    return float(high - low)


SUMMARIES: dict[str, Callable[[Floats], float]] = {
    "median": lambda f0: float(np.median(f0)),
    "sd_st": half_width,
    "range_st": _range,
}
"""Name → figure of voiced F0."""


def spread(level_db: Floats) -> float:
    """Return the SD of levels."""
    return float(np.std(level_db))
