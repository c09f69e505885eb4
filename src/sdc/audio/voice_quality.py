"""How the voice sounds, frame by frame: harmonics against noise, jitter, shimmer, energy above 500 Hz."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdc.audio.periods import LIKENESS, STRETCH_S, compare_periods, voiced_stretches
from sdc.audio.pitch import PitchTrack
from sdc.audio.recording import Recording
from sdc.audio.spectrum import HIGH_HZ, LOW_HZ, PERIODS_A_WINDOW, SPLIT_HZ, harmonics_to_noise_db, high_frequency_db
from sdc.session import Provenance

VERSION = "1"

Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class VoiceQualityTrack:
    """Qualities of the voice on the frames of the pitch track; NaN where they cannot be told.

    Attributes
    ----------
    hnr_db : NDArray[np.float16]
        Shape [n], harmonics-to-noise ratio, at most 40.
    jitter_pct : NDArray[np.float16]
        Shape [n], mean difference in length of neighbouring periods, in percent of their length.
    shimmer_pct : NDArray[np.float16]
        Shape [n], the same of their amplitudes.
    hf500_db : NDArray[np.float16]
        Shape [n], energy from 500 Hz to 5 kHz over energy from 80 to 500 Hz.
    provenance : Provenance
    """

    hnr_db: Halves
    jitter_pct: Halves
    shimmer_pct: Halves
    hf500_db: Halves
    provenance: Provenance


def voice_quality_provenance() -> Provenance:
    """Return what makes a VoiceQualityTrack."""
    parameters = {
        "hnr": f"autocorrelation, {PERIODS_A_WINDOW:g} periods, Hann",
        "periods": f"cross-correlation of {LIKENESS:g} or more",
        "stretch_s": f"{STRETCH_S:g}",
        "hf500_hz": f"{LOW_HZ:g}-{SPLIT_HZ:g}-{HIGH_HZ:g}",
    }
    return Provenance("voice quality", "sdc.audio.voice_quality", VERSION, parameters=parameters)


def track_voice_quality(recording: Recording, pitch: PitchTrack) -> VoiceQualityTrack:
    """Measure how the voice sounds.

    Harmonics-to-noise ratio, jitter and shimmer are taken in voiced stretches of at least
    100 ms, HF500 in all voiced frames.
    """
    n = pitch.f0_hz.size
    stretches = voiced_stretches(pitch.f0_hz, pitch.hop_s)
    steady = np.full(n, np.nan, np.float32)
    for first, end in stretches:
        steady[first:end] = pitch.f0_hz[first:end]
    lengths, amplitudes = compare_periods(recording.samples, steady, pitch.hop_s)
    return VoiceQualityTrack(
        harmonics_to_noise_db(recording.samples, pitch.times_s, steady).astype(np.float16),
        (100 * lengths.by_frame(n)).astype(np.float16),
        (100 * amplitudes.by_frame(n)).astype(np.float16),
        high_frequency_db(recording.samples, pitch.times_s, pitch.f0_hz).astype(np.float16),
        voice_quality_provenance(),
    )
