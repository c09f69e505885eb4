"""Where exactly speech begins and ends: the edges of speech spans, moved to where the sound tells it.

The voice activity network decides in steps of 32 ms, and in noise it hears speech for another 100 to
200 ms after its end, so that short pauses vanish; very high voices it hears late. What it finds is
kept; its edges move to the frames that stand above the noise or are voiced, and a silence inside a
span parts it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdc.audio.intensity import FLOOR_DB, HOP_S, IntensityTrack
from sdc.audio.pitch import PitchTrack
from sdc.session import TimeSpan

LEVEL_REACH_MS, VOICED_REACH_MS = 120, 300
"""Outward an edge moves this far at most: over frames above the noise, over voiced frames."""
INWARD_REACH_MS = 300
DIP_MS = 70
"""Outward, the search goes on over what is no longer than this: closures and hisses of consonants."""
SPLIT_MS = 150
"""A silence inside a span parts it from this length on; closures of consonants are shorter."""
LEAST_MS = 50
"""Of a span that is parted, what is shorter than this is no speech: a click, a knock."""
BESIDE_MS = 1500
"""The noise of a span is taken from frames without speech so near to it."""
LEAST_NOISE_FRAMES = 8
NOISE_PERCENTILE, SPEECH_PERCENTILE = 50, 90
ABOVE_NOISE_DB, BELOW_SPEECH_DB = 6.0, 30.0
"""A frame belongs to the speech above noise + 6 dB and above the loud moments of the span − 30 dB."""
LEAST_CONTRAST_DB = 9.0
"""Where the loud moments of a span stand less than this above the noise, only voice tells."""

HOP_MS = round(HOP_S * 1000)

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Frames:
    """What is known every 10 ms."""

    level: NDArray[np.float32]
    voiced: Mask
    quiet: Mask


def refine_edges(
    spans: tuple[TimeSpan, ...], intensity: IntensityTrack, pitch: PitchTrack, duration_s: float
) -> tuple[TimeSpan, ...]:
    """Move the edges of speech spans to where speech begins and ends.

    Parameters
    ----------
    spans : tuple[TimeSpan, ...]
        In order, disjoint.
    intensity : IntensityTrack
    pitch : PitchTrack
    duration_s : float
        Of the recording, whose last frame may be shorter than 10 ms.

    Returns
    -------
    tuple[TimeSpan, ...]
        In order, disjoint, inside the recording. Spans that came to touch are one.
    """
    frames = _frames(spans, intensity, pitch)
    limit_ms = int(duration_s * 1000)
    joined: list[TimeSpan] = []
    for piece in (piece for s in spans for piece in _refine(s, frames)):
        span = TimeSpan(min(piece.start_ms, limit_ms), min(piece.end_ms, limit_ms))
        if joined and span.start_ms <= joined[-1].end_ms:
            joined[-1] = TimeSpan(joined[-1].start_ms, max(joined[-1].end_ms, span.end_ms))
        else:
            joined.append(span)
    return tuple(joined)


def _frames(spans: tuple[TimeSpan, ...], intensity: IntensityTrack, pitch: PitchTrack) -> _Frames:
    level = np.nan_to_num(intensity.level_db, nan=FLOOR_DB)
    quiet = np.ones(level.size, bool)
    for span in spans:
        quiet[span.start_ms // HOP_MS : -(-span.end_ms // HOP_MS)] = False
    nearest = np.clip(np.rint(intensity.times_s / pitch.hop_s).astype(int), 0, pitch.f0_hz.size - 1)
    return _Frames(level, np.isfinite(pitch.f0_hz)[nearest], quiet)


def _refine(span: TimeSpan, frames: _Frames) -> list[TimeSpan]:
    first, last = span.start_ms // HOP_MS, min(-(-span.end_ms // HOP_MS), frames.level.size)
    if last <= first:
        return [span]
    origin = max(0, first - BESIDE_MS // HOP_MS)
    window = slice(origin, last + BESIDE_MS // HOP_MS)
    voiced = frames.voiced[window]
    threshold = _threshold(frames.level[first:last], frames.level[window][frames.quiet[window]])
    above = frames.level[window] >= threshold if threshold is not None else np.zeros(voiced.size, bool)
    start = _edge(above, voiced, first - origin)
    # An end is the beginning of the recording played backwards.
    end = voiced.size - _edge(above[::-1], voiced[::-1], voiced.size - (last - origin))
    if end <= start:
        return [span]
    pieces = [(start, end)] if threshold is None else _part((above | voiced)[start:end], start)
    return [TimeSpan((origin + a) * HOP_MS, (origin + b) * HOP_MS) for a, b in pieces]


def _threshold(speech_db: NDArray[np.float32], noise_db: NDArray[np.float32]) -> float | None:
    """Return the level from which on a frame is heard above the noise; None where speech hardly stands out."""
    if noise_db.size < LEAST_NOISE_FRAMES:
        return None
    loud, noise = np.percentile(speech_db, SPEECH_PERCENTILE), np.percentile(noise_db, NOISE_PERCENTILE)
    return float(max(noise + ABOVE_NOISE_DB, loud - BELOW_SPEECH_DB)) if loud - noise >= LEAST_CONTRAST_DB else None


def _edge(above: Mask, voiced: Mask, edge: int) -> int:
    """Return the frame at which the speech whose beginning the network put at a frame begins."""
    ahead = np.flatnonzero((above | voiced)[edge : edge + INWARD_REACH_MS // HOP_MS])
    if not ahead.size or ahead[0] > 0:
        return edge + int(ahead[0]) if ahead.size else edge
    start = edge
    for back in range(edge - 1, max(-1, edge - 1 - VOICED_REACH_MS // HOP_MS), -1):
        if start - back > DIP_MS // HOP_MS:
            break
        if voiced[back] or (above[back] and edge - back <= LEVEL_REACH_MS // HOP_MS):
            start = back
    return start


def _part(heard: Mask, start: int) -> list[tuple[int, int]]:
    """Return the stretches of frames between silences that are long enough to part a span."""
    places = np.flatnonzero(heard)
    breaks = np.flatnonzero(np.diff(places) - 1 >= SPLIT_MS // HOP_MS)
    firsts, lasts = [0, *(places[breaks + 1])], [*(places[breaks] + 1), heard.size]
    pieces = [(start + int(a), start + int(b)) for a, b in zip(firsts, lasts, strict=True)]
    return [(a, b) for a, b in pieces if (b - a) * HOP_MS >= LEAST_MS] or [(start, start + heard.size)]
