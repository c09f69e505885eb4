"""The outline of the waveform, for drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdc.audio.recording import Recording

PER_SECOND = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Peaks:
    """Largest magnitude in each ``hop_s`` seconds: ``values`` of shape [n], 0 to 1."""

    hop_s: float
    values: NDArray[np.float32]


def waveform_peaks(recording: Recording, *, per_second: float = PER_SECOND) -> Peaks:
    """Return the outline of a recording, ``per_second`` values a second."""
    hop = max(1, round(recording.sample_rate_hz / per_second))
    starts = np.arange(0, recording.samples.size, hop)
    hop_s = hop / recording.sample_rate_hz
    if not starts.size:
        return Peaks(hop_s, np.zeros(0, np.float32))
    values = np.maximum.reduceat(np.abs(recording.samples), starts)
    return Peaks(hop_s, np.minimum(values, 1.0).astype(np.float32))
