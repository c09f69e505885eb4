"""Intervals of counts: how often something happened, in so many words or minutes."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, sqrt

from sdc.progress.interval import Z_95


def rate_interval(counts: Sequence[float], exposures: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of a rate whose events come in bursts (negative binomial).

    Parameters
    ----------
    counts : Sequence[float]
        Events in each stretch (an utterance).
    exposures : Sequence[float]
        How much each stretch holds (its words), 0 or more; some is positive.

    Returns
    -------
    tuple[float, float]
        Lower and upper end, events per unit of exposure. Without any event: 0 and the exact
        upper end of a Poisson count, −ln(.025) / exposure.

    Notes
    -----
    Variance of a stretch with mean μ: μ + αμ², α by moments, never below 0 (Poisson); the
    interval is symmetric in the log of the rate. Hilbe 2011, Negative Binomial Regression, ch. 8.
    """
    total, exposure = sum(counts), sum(exposures)
    if exposure <= 0:
        raise ValueError("there is nothing that the events could have happened in")
    if not total:
        return 0.0, -log(0.025) / exposure
    means = [total * e / exposure for e in exposures]
    excess = sum((count - mean) ** 2 - mean for count, mean in zip(counts, means, strict=True))
    squares = sum(mean**2 for mean in means)
    alpha = max(0.0, excess / squares)
    half = Z_95 * sqrt(total + alpha * squares) / total
    rate = log(total / exposure)
    return exp(rate - half), exp(rate + half)
