"""How the voice sounds, frame by frame: harmonics against noise, jitter, shimmer, levels below and above 500 Hz."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sdc.audio.periods import LIKENESS, STRETCH_S, compare_periods, voiced_stretches
from sdc.audio.pitch import PitchTrack
from sdc.audio.recording import Recording
from sdc.audio.spectrum import LOW_HZ, PERIODS_A_WINDOW, SPLIT_HZ, band_levels_db, harmonics_to_noise_db
from sdc.session import Provenance

VERSION = "2"

Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class VoiceQualityTrack:
    """Qualities of the voice on the frames of the pitch track; NaN where they cannot be told.

    Attributes
    ----------
    hnr_db : NDArray[np.float16] or None
        Shape [n], harmonics-to-noise ratio, at most 40. None, like the next two, where the back
        end (``sdc.audio.acoustics``) does not measure it.
    jitter_pct : NDArray[np.float16] or None
        Shape [n], mean difference in length of neighbouring periods, in percent of their length.
    shimmer_pct : NDArray[np.float16] or None
        Shape [n], the same of their amplitudes.
    low_db, high_db : NDArray[np.float16]
        Shape [n], levels from 80 to 500 Hz and from there to 8 kHz; the mean of the one over the mean of the other
        is HF500.
    provenance : Provenance
    """

    hnr_db: Halves | None
    jitter_pct: Halves | None
    shimmer_pct: Halves | None
    low_db: Halves
    high_db: Halves
    provenance: Provenance


def voice_quality_provenance() -> Provenance:
    """Return what makes a VoiceQualityTrack."""
    parameters = {
        "hnr": f"autocorrelation, {PERIODS_A_WINDOW:g} periods, Hann",
        "periods": f"cross-correlation of {LIKENESS:g} or more",
        "stretch_s": f"{STRETCH_S:g}",
        "hf500_hz": f"{LOW_HZ:g}-{SPLIT_HZ:g}-8000, magnitudes",
    }
    return Provenance("voice quality", "sdc.audio.voice_quality", VERSION, parameters=parameters)


def bands_provenance() -> Provenance:
    """Return what makes the two levels where a back end measures nothing else."""
    made = voice_quality_provenance()
    return replace(made, parameters={"hf500_hz": made.parameters["hf500_hz"]})


def track_voice_quality(recording: Recording, pitch: PitchTrack) -> VoiceQualityTrack:
    """Measure how the voice sounds.

    Harmonics-to-noise ratio, jitter and shimmer are taken in voiced stretches of at least
    100 ms, the two levels in all voiced frames.
    """
    n = pitch.f0_hz.size
    stretches = voiced_stretches(pitch.f0_hz, pitch.hop_s)
    steady = np.full(n, np.nan, np.float32)
    for first, end in stretches:
        steady[first:end] = pitch.f0_hz[first:end]
    low_db, high_db = band_levels_db(recording.samples, pitch.times_s, pitch.f0_hz)
    lengths, amplitudes = compare_periods(recording.samples, steady, pitch.hop_s)
    return VoiceQualityTrack(
        harmonics_to_noise_db(recording.samples, pitch.times_s, steady).astype(np.float16),
        (100 * lengths.by_frame(n)).astype(np.float16),
        (100 * amplitudes.by_frame(n)).astype(np.float16),
        low_db.astype(np.float16),
        high_db.astype(np.float16),
        voice_quality_provenance(),
    )
