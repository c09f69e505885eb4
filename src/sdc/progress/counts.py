"""Counts: how often something happened in so many words or minutes. Negative binomial, never Student's t on a count.

Variance of a count with mean μ: μ + αμ². α is 0 where events keep apart (Poisson) and grows where they
come in bursts. Hilbe 2011, Negative Binomial Regression, ch. 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt

from sdc.progress.interval import Z_95, wilson


def rate_interval(counts: Sequence[float], exposures: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of a rate whose events come in bursts (negative binomial).

    Parameters
    ----------
    counts : Sequence[float]
        Events in each stretch (a session, an utterance).
    exposures : Sequence[float]
        How much each stretch holds (its words), 0 or more; some is positive.

    Returns
    -------
    tuple[float, float]
        Lower and upper end, events per unit of exposure. Without any event: 0 and the exact
        upper end of a Poisson count, −ln(.025) / exposure.

    Notes
    -----
    α by moments, never below 0; the interval is symmetric in the log of the rate.
    """
    total, exposure = sum(counts), sum(exposures)
    if exposure <= 0:
        raise ValueError("there is nothing that the events could have happened in")
    if not total:
        return 0.0, -log(0.025) / exposure
    means = [total * e / exposure for e in exposures]
    # Of several stretches the squares of the means add up; one stretch has the whole square.
    alpha = dispersion(counts, means) * sum(mean**2 for mean in means) / total**2
    low, high = count_interval(total, alpha)
    return low / exposure, high / exposure


def dispersion(counts: Sequence[float], means: Sequence[float], *, freedom_lost: int = 0) -> float:
    """Return α by moments: what counts scatter around their means beyond Poisson; never below 0.

    Parameters
    ----------
    counts, means : Sequence[float]
        Of each stretch; some mean is positive.
    freedom_lost : int
        How many figures the means were fitted with, fewer than there are stretches.
    """
    n = len(counts)
    squares = sum((count - mean) ** 2 for count, mean in zip(counts, means, strict=True)) * n / (n - freedom_lost)
    return max(0.0, (squares - sum(means)) / sum(mean**2 for mean in means))


def count_interval(count: float, alpha: float, z: float = Z_95) -> tuple[float, float]:
    """Return the interval of the mean behind one count.

    Parameters
    ----------
    count : float
        Events, 0 or more.
    alpha : float
        Dispersion, 0 or more.
    z : float
        Two-sided point of the distribution.

    Returns
    -------
    tuple[float, float]
        count · exp(± z · √(1 / count + α)); of no event 0 and the mean that leaves a chance of 2.5 % for
        none: ((1 / .025)^α − 1) / α, and −ln(.025) where α is 0.
    """
    if not count:
        return 0.0, (0.025**-alpha - 1) / alpha if alpha > 0 else -log(0.025)
    half = z * sqrt(1 / count + alpha)
    return count * exp(-half), count * exp(half)


@dataclass(frozen=True, slots=True)
class RateRatio:
    """Two rates against each other.

    Attributes
    ----------
    first, second : float
        Events per unit of exposure.
    threshold : float
        What ``abs(second - first)`` must exceed to be beyond chance and bursts.
    ratio, low, high : float or None
        ``second / first`` with its 95 % interval; the interval holds 1 exactly where the threshold is not
        exceeded. None where there was no event at all; ``high`` may be infinite, then it is None, too.
    """

    first: float
    second: float
    threshold: float
    ratio: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def difference(self) -> float:
        """Events per unit of exposure more in the second."""
        return self.second - self.first


def rate_ratio(
    first: Sequence[tuple[float, float]], second: Sequence[tuple[float, float]], alpha: float, z: float = Z_95
) -> RateRatio:
    """Compare the rates of two sessions, or of two groups of sessions.

    Parameters
    ----------
    first, second : Sequence[tuple[float, float]]
        Events and exposure of each session, at least one; exposures are positive.
    alpha : float
        Dispersion of an unchanged child's sessions.
    z : float
        Two-sided point of the distribution.

    Notes
    -----
    Given their sum, the second count is binomial (Przyborowski & Wilenski 1940, Biometrika 31:313), with
    a variance φ times as large for the bursts, φ = 1 + α·(c₁ + c₂)·m·p·q: m events, p the second's share
    of the exposure, c the sum of squared exposures over the squared sum (1 for a single session). Wilson's
    score interval of that share, at m / φ events, is the interval of the ratio; its test is the score test
    of two rates, variance r·(1/e₁ + 1/e₂) + α·(c₁ + c₂)·r² with the common rate r.
    """
    (count_1, exposure_1, bunched_1), (count_2, exposure_2, bunched_2) = _together(first), _together(second)
    events, exposure = count_1 + count_2, exposure_1 + exposure_2
    rates = count_1 / exposure_1, count_2 / exposure_2
    if not events:
        return RateRatio(*rates, threshold=count_interval(0, alpha)[1] / min(exposure_1, exposure_2))
    common, spread = events / exposure, alpha * (bunched_1 + bunched_2)
    threshold = z * sqrt(common * (1 / exposure_1 + 1 / exposure_2) + spread * common**2)
    share = exposure_2 / exposure
    bursts = 1 + spread * events * share * (1 - share)
    ends = wilson(count_2 / events, events / bursts, z)
    low, high = (_odds(end) * exposure_1 / exposure_2 for end in ends)
    ratio = rates[1] / rates[0] if rates[0] else None
    return RateRatio(*rates, threshold, ratio, low, high if high < inf else None)


def _together(sessions: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    exposures = [exposure for _, exposure in sessions]
    total = sum(exposures)
    return sum(count for count, _ in sessions), total, sum(e * e for e in exposures) / total**2


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)
