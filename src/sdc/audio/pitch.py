"""Fundamental frequency over time, by swift-f0 (MIT; a small neural network, its weights in the wheel).

The search range is the same for everyone: children's squeals and adult voices stand in the same
recording, and the track is made before it is known who speaks. Frames are chosen by the
network's confidence, never by their frequency.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from sdc.audio.recording import Recording
from sdc.session import Provenance

F0_MIN_HZ = 75.0
F0_MAX_HZ = 1000.0
CONFIDENCE = 0.5
"""Voiced at or above this: the calibration of swift-f0 0.3."""
HOP_S = 256 / 16_000


@dataclass(frozen=True, slots=True, eq=False)
class PitchTrack:
    """Fundamental frequency every ``hop_s`` seconds.

    Attributes
    ----------
    times_s : NDArray[np.float64]
        Shape [n].
    f0_hz : NDArray[np.float32]
        Shape [n], NaN where no voice was found.
    hop_s : float
    provenance : Provenance
    """

    times_s: NDArray[np.float64]
    f0_hz: NDArray[np.float32]
    hop_s: float
    provenance: Provenance


def pitch_provenance() -> Provenance:
    """Return what makes a PitchTrack."""
    parameters = {
        "f0_min_hz": f"{F0_MIN_HZ:g}",
        "f0_max_hz": f"{F0_MAX_HZ:g}",
        "confidence": f"{CONFIDENCE:g}",
        "hop_s": f"{HOP_S:g}",
    }
    return Provenance("pitch", "swift-f0", version("swift-f0"), parameters=parameters)


def track_pitch(recording: Recording) -> PitchTrack:
    """Find the fundamental frequency every 16 ms.

    Returns
    -------
    PitchTrack
        All NaN for silence. Overlapping voices give one of them or NaN.
    """
    from swift_f0 import SwiftF0

    # spin=False: worker threads must not burn a core between the windows.
    found = SwiftF0(spin=False).detect(recording.samples, recording.sample_rate_hz, F0_MIN_HZ, F0_MAX_HZ)
    f0 = np.where(found.confidence >= CONFIDENCE, found.pitch_hz, np.nan).astype(np.float32)
    return PitchTrack(found.timestamps, f0, HOP_S, pitch_provenance())
