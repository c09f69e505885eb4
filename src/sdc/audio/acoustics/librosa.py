"""Pitch and loudness by librosa (ISC licence), where its functions serve.

Pitch is probabilistic YIN (Mauch & Dixon 2014). librosa finds no single periods of a voice and
has no harmonics-to-noise ratio, so those three are not given; the two levels about 500 Hz are
SDC's own, on librosa's voiced frames.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import librosa
import numpy as np
from numpy.typing import NDArray

from sdc.audio import intensity as level
from sdc.audio import pitch as f0
from sdc.audio.intensity import IntensityTrack
from sdc.audio.pitch import PitchTrack
from sdc.audio.recording import SAMPLE_RATE_HZ, Recording
from sdc.audio.spectrum import band_levels_db
from sdc.audio.voice_quality import VoiceQualityTrack, bands_provenance
from sdc.session import Provenance

HOP = round(f0.HOP_S * SAMPLE_RATE_HZ)
WINDOW = 2048
"""pyin compares half of it with the rest; librosa's own choice."""
LEVEL_HOP, LEVEL_WINDOW = round(level.HOP_S * SAMPLE_RATE_HZ), 400
PIECE_FRAMES, MARGIN_FRAMES = 2000, 64
"""Worked on at once (32 s, and 1 s before and after): bounds the memory."""


class LibrosaAcoustics:
    """``Acoustics`` by librosa."""

    name = "librosa"

    def pitch(self, recording: Recording) -> PitchTrack:
        """Track pitch by probabilistic YIN."""
        parameters = {
            "f0_min_hz": f"{f0.F0_MIN_HZ:g}",
            "f0_max_hz": f"{f0.F0_MAX_HZ:g}",
            "frame_length": str(WINDOW),
            "hop_s": f"{f0.HOP_S:g}",
        }
        found = _in_pieces(recording.samples).astype(np.float32)
        made = Provenance("pitch", "librosa.pyin", version("librosa"), parameters=parameters)
        return PitchTrack(np.arange(found.size, dtype=np.float64) * f0.HOP_S, found, f0.HOP_S, made)

    def intensity(self, recording: Recording) -> IntensityTrack:
        """Measure the root mean square of 25 ms every 10 ms."""
        n = -(-recording.samples.size // LEVEL_HOP)
        before = (LEVEL_WINDOW - LEVEL_HOP) // 2
        padded = np.pad(recording.samples, (before, LEVEL_WINDOW))
        rms = librosa.feature.rms(y=padded, frame_length=LEVEL_WINDOW, hop_length=LEVEL_HOP, center=False)[0, :n]
        found = 20 * np.log10(np.maximum(rms, 1e-15))
        found = np.where(found < level.FLOOR_DB, np.nan, found).astype(np.float32)
        parameters = {
            "frame_s": f"{LEVEL_WINDOW / SAMPLE_RATE_HZ:g}",
            "hop_s": f"{level.HOP_S:g}",
            "reference": "full scale",
            "floor_db": f"{level.FLOOR_DB:g}",
        }
        made = Provenance("intensity", "librosa.feature.rms", version("librosa"), parameters=parameters)
        return IntensityTrack((np.arange(n, dtype=np.float64) + 0.5) * level.HOP_S, found, level.HOP_S, made)

    def voice(self, recording: Recording, pitch: PitchTrack) -> VoiceQualityTrack:
        """Measure the levels below and above 500 Hz, on the frames that librosa calls voiced."""
        low_db, high_db = band_levels_db(recording.samples, pitch.times_s, pitch.f0_hz)
        return VoiceQualityTrack(
            None, None, None, low_db.astype(np.float16), high_db.astype(np.float16), bands_provenance()
        )


def _in_pieces(samples: NDArray[np.float32]) -> NDArray[Any]:
    """Return the pitch every ``HOP`` samples, NaN where there is no voice, worked out piece by piece."""
    n = samples.size // HOP + 1
    found = []
    for first in range(0, n, PIECE_FRAMES):
        before, last = min(first, MARGIN_FRAMES), min(n, first + PIECE_FRAMES)
        piece = samples[(first - before) * HOP : (last + MARGIN_FRAMES) * HOP]
        found.append(_pyin(piece)[before : before + last - first])
    return np.concatenate(found)


def _pyin(samples: NDArray[np.float32]) -> NDArray[Any]:
    if samples.size < HOP or not samples.any():
        return np.full(samples.size // HOP + 1, np.nan)
    found: NDArray[Any] = librosa.pyin(
        samples, fmin=f0.F0_MIN_HZ, fmax=f0.F0_MAX_HZ, sr=SAMPLE_RATE_HZ, frame_length=WINDOW, hop_length=HOP
    )[0]
    return found
