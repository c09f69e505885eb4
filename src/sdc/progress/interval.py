"""Intervals of proportions, without tables."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959963984540054
"""Two-sided 95 % point of the standard normal distribution."""


def share_of(percent: float) -> float:
    """Return a percentage as a share, 0 to 1."""
    return min(max(percent / 100, 0.0), 1.0)


def wilson(share: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion.

    Parameters
    ----------
    share : float
        Observed proportion, 0 to 1.
    n : float
        Observations, more than 0; fewer than were made where these are alike.
    z : float
        Point of the standard normal distribution.

    Returns
    -------
    tuple[float, float]
        Lower and upper end, 0 to 1.

    Notes
    -----
    Wilson 1927, J Am Stat Assoc 22:209.
    """
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def newcombe(share_1: float, n_1: int, share_2: float, n_2: int, z: float = Z_95) -> tuple[float, float]:
    """Return the interval of the difference ``share_2 - share_1`` of two independent proportions.

    Notes
    -----
    Hybrid score interval without continuity correction: Newcombe 1998, Stat Med 17:873, method 10.
    """
    low_1, high_1 = wilson(share_1, n_1, z)
    low_2, high_2 = wilson(share_2, n_2, z)
    difference = share_2 - share_1
    return (
        difference - sqrt((share_2 - low_2) ** 2 + (high_1 - share_1) ** 2),
        difference + sqrt((high_2 - share_2) ** 2 + (share_1 - low_1) ** 2),
    )
