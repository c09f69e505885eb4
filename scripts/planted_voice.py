"""A made-up voice whose jitter, shimmer and noise are known.

Pulses at known times, each with a known strength, ring through three resonances of a vocal tract.
The resonances are written down in continuous time, so that a pulse may lie between two samples.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
RING = 400
"""Samples after which a pulse has died away."""
RESONANCES = ((700, 130, 1.0), (1500, 150, 0.5), (2800, 200, 0.25))
"""Frequency, bandwidth (Hz) and strength."""


@dataclass(frozen=True, slots=True, eq=False)
class PlantedVoice:
    """Samples (shape [n], 16 kHz), and the jitter and shimmer (local, percent) that are in them."""

    samples: NDArray[np.float32]
    jitter_pct: float
    shimmer_pct: float


def planted_voice(
    f0_hz: float,
    duration_s: float,
    *,
    jitter: float = 0.0,
    shimmer: float = 0.0,
    snr_db: float | None = None,
    seed: int = 0,
) -> PlantedVoice:
    """Make a steady voice; ``jitter`` and ``shimmer`` are the SDs of the periods and of the pulses."""
    chance = np.random.default_rng(seed)
    n = int(duration_s * f0_hz)
    periods = (1 + jitter * chance.standard_normal(n)) / f0_hz
    pulses = np.maximum(0.05, 1 + shimmer * chance.standard_normal(n))
    samples = _ring(np.cumsum(periods), pulses, int(duration_s * RATE_HZ))
    samples *= 0.3 / np.abs(samples).max()
    if snr_db is not None:
        noise = np.sqrt(np.square(samples).mean() / 10 ** (snr_db / 10))
        samples = samples + noise * chance.standard_normal(samples.size)
    return PlantedVoice(samples.astype(np.float32), _local(periods), _local(pulses))


def _ring(times_s: NDArray[np.float64], pulses: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    samples = np.zeros(size + RING)
    for time_s, pulse in zip(times_s, pulses, strict=True):
        first = int(np.ceil(time_s * RATE_HZ))
        if first >= size:
            break
        since_s = (first + np.arange(RING)) / RATE_HZ - time_s
        for hz, width_hz, strength in RESONANCES:
            ringing = np.exp(-np.pi * width_hz * since_s) * np.sin(2 * np.pi * hz * since_s)
            samples[first : first + RING] += pulse * strength * ringing
    return samples[:size]


def _local(values: NDArray[np.float64]) -> float:
    return float(100 * np.abs(np.diff(values)).mean() / values.mean())
