"""Fundamental frequency over time, by swift-f0 (MIT; a small neural network, its weights in the wheel).

The search range is the same for everyone: children's squeals and adult voices stand in the same
recording, and the track is made before it is known who speaks. Frames are chosen by the
network's confidence, never by their frequency.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from sdc.audio.pitch_network import HOP, pitch_network
from sdc.audio.recording import SAMPLE_RATE_HZ, Recording
from sdc.audio.threads import n_threads
from sdc.session import Provenance

F0_MIN_HZ = 75.0
F0_MAX_HZ = 1000.0
CONFIDENCE = 0.5
"""Voiced at or above this: the calibration of swift-f0 0.3."""
HOP_S = HOP / SAMPLE_RATE_HZ
BEFORE, BEYOND = 11, 10
"""The network sees so many frames before and after the one that it tells of (``swift_f0.core``)."""
WINDOW = 250
"""Frames that it is asked for at once. The package's own 1,875 give the same values, but what is worked out on the
way to them leaves the processor's cache: a fifth more time (``docs/experiments.md``)."""
SILENCE = 1e-3
"""A frame that stays below this has no pitch (``swift_f0.core``)."""

Floats = NDArray[np.float32]


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
    samples = np.ascontiguousarray(recording.samples, np.float32)
    n_frames = max(1, samples.size // HOP)
    parts = _in_windows(samples, n_frames)
    f0 = np.concatenate([hz for hz, _ in parts]).astype(np.float32)
    is_voiced = np.concatenate([confidence for _, confidence in parts]) >= CONFIDENCE
    f0[~is_voiced | _is_silent(samples, n_frames)] = np.nan
    return PitchTrack(np.arange(n_frames, dtype=np.float64) * HOP_S, f0, HOP_S, pitch_provenance())


def _in_windows(samples: Floats, n_frames: int) -> list[tuple[NDArray[np.float64], Floats]]:
    """Return pitch and confidence of each frame, window by window, as many at once as there are cores."""
    network = pitch_network()

    def window(first: int) -> tuple[NDArray[np.float64], Floats]:
        end, before = min(first + WINDOW, n_frames), max(0, first - BEFORE)
        heard = samples[before * HOP : (end + BEYOND) * HOP if end < n_frames else None]
        hz, confidence = network.hear(heard, F0_MIN_HZ, F0_MAX_HZ)
        return hz[first - before : end - before], confidence[first - before : end - before]

    with ThreadPoolExecutor(n_threads()) as threads:
        return list(threads.map(window, range(0, n_frames, WINDOW)))


def _is_silent(samples: Floats, n_frames: int) -> NDArray[np.bool_]:
    """Tell the frames without sound, of which the network knows nothing: it answers with voices."""
    hops = samples[: n_frames * HOP].reshape(n_frames, -1)
    is_silent: NDArray[np.bool_] = np.maximum(hops.max(1), -hops.min(1)) < SILENCE
    return is_silent
