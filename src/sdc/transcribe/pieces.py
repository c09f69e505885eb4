"""A long recording in pieces, for engines that take no more or tell no progress: cut where it is quiet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sdc.audio.intensity import HOP_S, levels_db

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sdc.audio import Recording
    from sdc.formats.recognised import RecognisedSegment

QUIET_S = 0.3
"""A piece ends in the middle of the quietest stretch of this length."""


def pieces(recording: Recording, *, piece_s: float, look_back_s: float) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a recording in order, without gap or overlap.

    Parameters
    ----------
    recording : Recording
    piece_s : float
        No piece is longer.
    look_back_s : float
        It ends in the quietest moment of so many last seconds.

    Yields
    ------
    tuple[int, int]
        First sample, and the one behind the last.
    """
    start, total, rate = 0, recording.samples.size, recording.sample_rate_hz
    while total - start > piece_s * rate:
        end = start + int(piece_s * rate)
        first = end - int(look_back_s * rate)
        cut = first + _quietest(recording.samples[first:end], rate)
        yield start, cut
        start = cut
    if total > start:
        yield start, total


def _quietest(samples: NDArray[np.float32], rate: int) -> int:
    width = round(QUIET_S / HOP_S)
    levels = np.nan_to_num(levels_db(samples), nan=-120.0)
    sums = np.convolve(levels, np.ones(width), mode="valid")
    return int((int(np.argmin(sums)) + width / 2) * HOP_S * rate)


def moved(segment: RecognisedSegment, by_s: float) -> RecognisedSegment:
    """Return a segment of a piece with the times of the whole recording."""

    def later(seconds: float | None) -> float | None:
        return None if seconds is None else seconds + by_s

    words = tuple(replace(w, start_s=later(w.start_s), end_s=later(w.end_s)) for w in segment.words)
    return replace(segment, start_s=later(segment.start_s), end_s=later(segment.end_s), words=words)
