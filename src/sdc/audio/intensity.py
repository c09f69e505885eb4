"""Loudness over time: level in dB re full scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdc.audio.recording import SAMPLE_RATE_HZ, Recording
from sdc.session import Provenance

HOP_S = 0.010
FLOOR_DB = -100.0
"""Below this (16-bit quantisation lies at -98 dB for a full-scale sine) there is no sound, so no level."""
VERSION = "1"


@dataclass(frozen=True, slots=True, eq=False)
class IntensityTrack:
    """Level every ``hop_s`` seconds.

    Attributes
    ----------
    times_s : NDArray[np.float64]
        Shape [n], middles of the frames.
    level_db : NDArray[np.float32]
        Shape [n], root mean square in dB re full scale (a full-scale sine is -3 dB);
        NaN where there is digital silence.
    hop_s : float
    provenance : Provenance
    """

    times_s: NDArray[np.float64]
    level_db: NDArray[np.float32]
    hop_s: float
    provenance: Provenance


def levels_db(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the level of each 10 ms, shape [ceil(n / 160)], NaN below ``FLOOR_DB``."""
    hop = round(HOP_S * SAMPLE_RATE_HZ)
    starts = np.arange(0, samples.size, hop)
    if not starts.size:
        return np.zeros(0, np.float32)
    power = np.add.reduceat(np.square(samples), starts, dtype=np.float64)
    lengths = np.diff(np.append(starts, samples.size))
    level = 10 * np.log10(np.maximum(power / lengths, 1e-30))
    return np.where(level < FLOOR_DB, np.nan, level).astype(np.float32)


def intensity_provenance() -> Provenance:
    """Return what makes an IntensityTrack."""
    parameters = {"hop_s": f"{HOP_S:g}", "reference": "full scale", "floor_db": f"{FLOOR_DB:g}"}
    return Provenance("intensity", "sdc.audio.intensity", VERSION, parameters=parameters)


def track_intensity(recording: Recording) -> IntensityTrack:
    """Measure the level of a recording every 10 ms."""
    level = levels_db(recording.samples)
    times = (np.arange(level.size, dtype=np.float64) + 0.5) * HOP_S
    return IntensityTrack(times, level, HOP_S, intensity_provenance())
