"""Counted measures over the sessions of a child: as rates, with the dispersion that stands behind their errors."""

from __future__ import annotations

from dataclasses import replace

from sdc.progress.comparable import Comparable
from sdc.progress.count_rules import COUNT_RULES, CountRule, exposure_of
from sdc.progress.counts import count_interval, dispersion
from sdc.progress.phases import MeanChange
from sdc.progress.point import SessionPoint
from sdc.progress.rates import CountError, compare_rates, counted_in, verdict_of
from sdc.progress.session_error import OWN_SESSIONS

TELLS_NOTHING = 1.0
"""Where counts scatter by more than their own mean (α above 1) the interval of a single one holds nearly anything."""


def countable(sessions: Comparable) -> Comparable:
    """Return the sessions whose exposure is known and large enough."""
    rule = COUNT_RULES[sessions.measure]
    exposures = {p.point.session_id: exposure_of(p.point, sessions.measure) for p in sessions.sessions}
    return sessions.within(frozenset(i for i, e in exposures.items() if e is not None and e >= rule.minimum))


def as_rates(sessions: Comparable) -> Comparable:
    """Return sessions whose value is the rate: events for each hundred words, or each minute."""
    kept, rule = countable(sessions), COUNT_RULES[sessions.measure]
    placed = tuple(replace(p, point=_as_rate(p.point, sessions.measure, rule)) for p in kept.sessions)
    return replace(kept, sessions=placed)


def _as_rate(point: SessionPoint, measure_id: str, rule: CountRule) -> SessionPoint:
    measure, found = point.measure(measure_id), counted_in(point, measure_id)
    assert measure is not None and found is not None
    return replace(point, measures={measure_id: replace(measure, value=rule.per * found[0] / found[1])})


def count_error(sessions: Comparable) -> CountError | None:
    """Return the child's own dispersion from six comparable sessions on, else the rule's; None where there is none."""
    own = _own(countable(sessions))
    rule = COUNT_RULES[sessions.measure]
    if own is not None:
        return own
    return None if rule.dispersion is None else CountError("rule", rule.dispersion)


def _own(sessions: Comparable) -> CountError | None:
    """Return α around the child's own straight line of rates; no events tell nothing."""
    found = [c for p in sessions.sessions if (c := counted_in(p.point, sessions.measure)) is not None]
    days = sessions.days
    if len(found) < OWN_SESSIONS or len(set(days)) < 2 or not any(count for count, _ in found):
        return None
    import numpy as np
    from scipy.stats import t

    counts, exposures = (np.array(column, dtype=float) for column in zip(*found, strict=True))
    when = np.asarray(days, dtype=float) - np.mean(days)
    line = np.polyfit(when, counts / exposures, 1, w=np.sqrt(exposures))
    # A falling line may cross 0, where no rate lies; a tenth of the mean keeps the moments finite.
    rates = np.maximum(np.polyval(line, when), 0.1 * counts.sum() / exposures.sum())
    alpha = dispersion(list(counts), list(rates * exposures), freedom_lost=2)
    return CountError("own", alpha, float(t.ppf(0.975, len(found) - 2)), len(found))


def interval_of(point: SessionPoint, measure_id: str, error: CountError | None) -> tuple[float, float] | None:
    """Return the 95 % interval of a session's count, in events; None where its error is not known or too large."""
    found = counted_in(point, measure_id)
    if found is None or error is None or error.dispersion > TELLS_NOTHING:
        return None
    return count_interval(found[0], error.dispersion, error.quantile)


def rate_means(first: Comparable, second: Comparable, error: CountError | None) -> MeanChange | None:
    """Hold the rates of two groups of sessions against each other, as means are; None where nothing can be told."""
    groups = [[p.point for p in countable(group).sessions] for group in (first, second)]
    if error is None or not all(groups):
        return None
    found = compare_rates(groups[0], groups[1], first.measure, error)
    if found is None:
        return None
    sizes = len(groups[0]), len(groups[1])
    return MeanChange(found.first, found.second, found.difference, found.threshold, verdict_of(found), *sizes)
