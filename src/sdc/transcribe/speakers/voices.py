"""A voice as one Gaussian over its frames, and how far two voices lie apart.

The distance is the generalised likelihood ratio per frame (Gish, Siu & Rohlicek 1991): what is lost
when one Gaussian has to describe both. It needs no training and no other speakers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RIDGE = 1e-3
SHRINK = 0.05
"""Share of a cepstrum's own variance added to the diagonal, so that few frames give a usable inverse."""


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """Mean and covariance of ``n`` frames."""

    mean: Array
    covariance: Array
    n: int

    @classmethod
    def of(cls, frames: Array) -> Voice:
        """Return the voice of frames, shape [n, d], n > 1."""
        return cls(frames.mean(axis=0), np.cov(frames.T) + RIDGE * np.eye(frames.shape[1]), len(frames))

    def log_likelihood(self, frames: Array) -> Array:
        """Return the log-likelihood of each frame, up to a constant, shape [n]."""
        covariance = self.covariance + SHRINK * np.diag(np.diag(self.covariance))
        off = frames - self.mean
        squared = np.einsum("ij,ij->i", off @ np.linalg.inv(covariance), off)
        return np.asarray(-0.5 * (squared + _log_det(covariance)))


def distance(one: Voice, other: Voice, share: float = 0.5) -> float:
    """Return the likelihood ratio per frame in nats, 0 for equal voices.

    Parameters
    ----------
    one, other : Voice
    share : float
        Weight of ``one``, 0 to 1: the half, so that lengths do not matter, or its share of the frames.
    """
    apart = one.mean - other.mean
    pooled = share * one.covariance + (1 - share) * other.covariance + share * (1 - share) * np.outer(apart, apart)
    own = share * _log_det(one.covariance) + (1 - share) * _log_det(other.covariance)
    return 0.5 * (_log_det(pooled) - own)


def are_two(one: Voice, other: Voice, *, least: float, times_bic: float) -> bool:
    """Whether two Gaussians describe the frames enough better than one.

    Parameters
    ----------
    one, other : Voice
    least : float
        Least distance in nats per frame.
    times_bic : float
        The gain must be this many times what the Bayesian information criterion asks for the second
        Gaussian (Chen & Gopalakrishnan 1998); more than once, since frames overlap.
    """
    n, d = one.n + other.n, one.mean.size
    gain = distance(one, other, one.n / n)
    penalty = 0.5 * (d + d * (d + 1) / 2) * np.log(n) / n
    return bool(gain >= max(least, times_bic * penalty))


def _log_det(matrix: Array) -> float:
    return float(np.linalg.slogdet(matrix)[1])
