"""Whether a measure rises or falls over many sessions, and by how much a month."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import TYPE_CHECKING

from sdc.progress.comparable import Comparable
from sdc.session import Verdict
from sdc.session.child import DAYS_PER_MONTH

if TYPE_CHECKING:
    import numpy as np

MINIMUM_SESSIONS = 5
"""A trend is told from so many sessions on (MEASURES, section 5, rule 4)."""

AUTOCORRELATION_FROM = 8
"""From so many sessions on, the likeness of neighbours is looked at."""

ALPHA = 0.05


class NoTrend(StrEnum):
    """Why no trend is told."""

    TOO_FEW_SESSIONS = "too_few_sessions"
    ONE_DAY = "one_day"


@dataclass(frozen=True, slots=True)
class Trend:
    """The direction of a measure over the sessions of a child.

    Attributes
    ----------
    measure : str
    verdict : Verdict
        ``increase`` or ``decrease`` where Kendall's p is below .05 and the interval of the slope
        leaves 0 out; else ``no_clear_change``; ``cannot_tell`` with the reason.
    n_sessions : int
    days : float
        From the first to the last of them.
    slope_per_month : float or None
        Theil–Sen: the median of all slopes between two sessions, in the measure's unit.
    low, high : float or None
        95 % interval of the slope (Sen 1968).
    tau, p : float or None
        Kendall's tau-b between time and value, and its two-sided p.
    autocorrelation : float or None
        Of neighbouring residuals, where it was taken into account.
    reason : NoTrend or None
    """

    measure: str
    verdict: Verdict
    n_sessions: int
    days: float = 0.0
    slope_per_month: float | None = None
    low: float | None = None
    high: float | None = None
    tau: float | None = None
    p: float | None = None
    autocorrelation: float | None = None
    reason: NoTrend | None = None


def trend(sessions: Comparable) -> Trend:
    """Return the trend of a measure over comparable sessions.

    Parameters
    ----------
    sessions : Comparable

    Returns
    -------
    Trend

    Notes
    -----
    Theil 1950; Sen 1968, J Am Stat Assoc 63:1379; Kendall 1938, Biometrika 30:81. From eight
    sessions on, where neighbouring residuals are alike beyond chance, p and interval are made
    wider for the smaller number of sessions that they are worth, n·(1 − r) / (1 + r) (Bayley &
    Hammersley 1946, Suppl J R Stat Soc 8:184, first order).
    """
    import numpy as np
    from scipy.stats import kendalltau, theilslopes

    days, values = np.array(sessions.days), np.array(sessions.values)
    n, length = len(days), float(np.ptp(days)) if len(days) else 0.0
    if n < MINIMUM_SESSIONS or not length:
        reason = NoTrend.TOO_FEW_SESSIONS if n < MINIMUM_SESSIONS else NoTrend.ONE_DAY
        return Trend(sessions.measure, "cannot_tell", n, length, reason=reason)
    if not np.ptp(values):
        return Trend(sessions.measure, "no_clear_change", n, length, 0.0, 0.0, 0.0, 0.0, 1.0)
    months = days / DAYS_PER_MONTH
    slope, intercept, low, high = (float(v) for v in theilslopes(values, months, alpha=1 - ALPHA))
    tau, p = (float(v) for v in kendalltau(months, values))
    likeness = _likeness(values - intercept - slope * months)
    if likeness is not None:
        wider = sqrt((1 + likeness) / (1 - likeness))
        low, high = slope - (slope - low) * wider, slope + (high - slope) * wider
        p = _weakened(p, wider)
    clear = p < ALPHA and (low > 0 or high < 0)
    verdict: Verdict = "no_clear_change" if not clear else ("increase" if slope > 0 else "decrease")
    return Trend(sessions.measure, verdict, n, length, slope, low, high, tau, p, likeness)


def _likeness(residuals: np.ndarray) -> float | None:
    """Return the lag-1 autocorrelation where it is positive beyond chance (one-sided 5 %), else None."""
    n = len(residuals)
    residuals = residuals - residuals.mean()
    scale = float(residuals @ residuals)
    if n < AUTOCORRELATION_FROM or not scale:
        return None
    r = float(residuals[1:] @ residuals[:-1]) / scale
    return min(r, 0.9) if r > 1.645 / sqrt(n) else None


def _weakened(p: float, wider: float) -> float:
    from scipy.stats import norm

    return float(2 * norm.sf(norm.isf(p / 2) / wider))
