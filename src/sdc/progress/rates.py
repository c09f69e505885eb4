"""Counts as rates: a session's events for each hundred words or each minute, and two of them against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sdc.progress.count_rules import COUNT_RULES, exposure_of
from sdc.progress.counts import RateRatio, rate_ratio
from sdc.progress.interval import Z_95
from sdc.progress.point import SessionPoint
from sdc.session import Verdict


@dataclass(frozen=True, slots=True)
class CountError:
    """How far the counts of one measure scatter over the sessions of one child.

    Attributes
    ----------
    source : {"rule", "own"}
        Whether a published dispersion stands behind it or the child's own sessions.
    dispersion : float
        α of the variance μ + αμ².
    quantile : float
        1.96, or Student's t where α was estimated from few sessions of the child.
    n_sessions : int
        Sessions behind it; 0 for a rule.
    """

    source: Literal["rule", "own"]
    dispersion: float
    quantile: float = Z_95
    n_sessions: int = 0


def counted_in(point: SessionPoint, measure_id: str) -> tuple[float, float] | None:
    """Return a session's count and its exposure; None where one is not known."""
    measure, exposure = point.measure(measure_id), exposure_of(point, measure_id)
    if measure is None or measure.value is None or exposure is None:
        return None
    return measure.value, exposure


def compare_rates(
    first: Sequence[SessionPoint], second: Sequence[SessionPoint], measure_id: str, error: CountError
) -> RateRatio | None:
    """Compare the rates of two groups of sessions, for each hundred words or minute; None without exposure."""
    per = COUNT_RULES[measure_id].per
    groups = [[counted_in(point, measure_id) for point in group] for group in (first, second)]
    known = [[(count, exposure / per) for found in group if found for count, exposure in [found]] for group in groups]
    if not all(known):
        return None
    return rate_ratio(known[0], known[1], error.dispersion, error.quantile)


def verdict_of(found: RateRatio) -> Verdict:
    """Return the verdict: a change only where the rates differ by more than the threshold."""
    if abs(found.difference) <= found.threshold:
        return "no_clear_change"
    return "increase" if found.difference > 0 else "decrease"
