"""Whether a measure differs between two sessions by more than two sessions differ anyway."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import hypot, sqrt

from sdc.progress.count_rules import COUNT_RULES, exposure_of
from sdc.progress.counts import RateRatio
from sdc.progress.error_rules import (
    ERROR_RULES,
    HESITATIONS,
    ErrorRule,
    relative_sem,
)
from sdc.progress.interval import Z_95, newcombe, share_of
from sdc.progress.point import SessionPoint
from sdc.progress.rates import CountError, compare_rates, verdict_of
from sdc.progress.session_error import SessionError
from sdc.progress.without_error import NEVER_COMPARED, WITHOUT_ERROR
from sdc.session import Measure, Verdict

LABEL_WORDS = 4
"""A situation of at most so many words is a label that can be compared; a longer one is a story."""


class Reason(StrEnum):
    """Why there is no verdict of change."""

    NO_VALUE = "no_value"  # one of the sessions has no value
    SAME_SESSION = "same_session"  # there is only one session
    TOO_FEW = "too_few"  # a sample is below the measure's minimum
    OTHER_CONTEXT = "other_context"  # the situations differ
    OTHER_RULE = "other_rule"  # computed by different rules
    OTHER_WRITER = "other_writer"  # one transcript by people, one by a recogniser
    RECOGNISED = "recognised"  # a recogniser leaves out what is measured
    NO_ERROR_FIGURE = "no_error_figure"  # nobody has measured how far sessions lie apart
    DEPENDS_ON_LENGTH = "depends_on_length"  # it grows or falls with the length of the recording
    OWN_BASELINE = "own_baseline"  # each session is its own measure
    DEPENDS_ON_SET_UP = "depends_on_set_up"  # microphone and distance move it
    FOR_RESEARCH = "for_research"  # it is told to researchers only


class Caveat(StrEnum):
    """What weakens a verdict."""

    ROUGH = "rough"  # a sample is above the minimum and below what is wanted
    CONTEXT_UNKNOWN = "context_unknown"  # whether the situations are alike is not known


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure in two sessions.

    Attributes
    ----------
    measure : str
    verdict : Verdict
    first, second : Measure or None
    difference : float or None
        ``second - first`` in the measure's unit.
    threshold : float or None
        What ``abs(difference)`` must exceed to be a change.
    n : int or None
        The smaller sample.
    reason : Reason or None
        Why there is no verdict of change.
    caveats : tuple[Caveat, ...]
    own_sessions : int
        How many of the child's own sessions the threshold rests on; 0: on published figures.
    rates : RateRatio or None
        Of a counted measure: both rates, and their ratio with its interval; ``difference`` and ``threshold`` are
        theirs then, for each hundred words or each minute.
    """

    measure: str
    verdict: Verdict
    first: Measure | None = None
    second: Measure | None = None
    difference: float | None = None
    threshold: float | None = None
    n: int | None = None
    reason: Reason | None = None
    caveats: tuple[Caveat, ...] = ()
    own_sessions: int = 0
    rates: RateRatio | None = None


def compare(
    first: SessionPoint, second: SessionPoint, measure_id: str, *, own: SessionError | CountError | None = None
) -> Comparison:
    """Compare a measure in two sessions.

    Parameters
    ----------
    first, second : SessionPoint
        The earlier and the later session.
    measure_id : str
    own : SessionError or CountError, optional
        The error that the child's own sessions show; else the rule's.

    Returns
    -------
    Comparison
        ``increase`` or ``decrease`` only beyond MDC95 for the smaller sample and in situations
        that are not known to differ; ``cannot_tell`` with the reason when the sessions or the
        measure (``without_error``) cannot be compared; ``descriptive`` when the measure's error is not known.
    """
    one, two = first.measure(measure_id), second.measure(measure_id)
    if one is None or two is None or one.value is None or two.value is None:
        return Comparison(measure_id, "cannot_tell", one, two, reason=Reason.NO_VALUE)
    if measure_id in COUNT_RULES:
        return _compare_counts(first, second, measure_id, own if isinstance(own, CountError) else None)
    assert not isinstance(own, CountError)
    difference, n = two.value - one.value, _smaller(one.n, two.n)
    rule = ERROR_RULES.get(measure_id)
    reason = _obstacle(first, second, measure_id) or _too_few(one, two, rule)
    if reason is None and rule is None and own is None:
        reason = Reason.NO_ERROR_FIGURE
    if reason is not None:
        verdict: Verdict = "descriptive" if reason is Reason.NO_ERROR_FIGURE else "cannot_tell"
        return Comparison(measure_id, verdict, one, two, difference, n=n, reason=reason)
    threshold = _threshold(rule, own, one, two)
    return Comparison(
        measure_id,
        _verdict(difference, threshold),
        one,
        two,
        difference,
        threshold,
        n,
        caveats=_caveats(first, second, is_rough=rule is not None and (n or 0) < rule.firm_n),
        own_sessions=own.n_sessions if own is not None else 0,
    )


def _compare_counts(first: SessionPoint, second: SessionPoint, measure_id: str, error: CountError | None) -> Comparison:
    """Compare two counts as rates, by the child's own dispersion or the rule's."""
    one, two, rule = first.measures[measure_id], second.measures[measure_id], COUNT_RULES[measure_id]
    n, exposures = _smaller(one.n, two.n), [exposure_of(point, measure_id) for point in (first, second)]
    reason = _obstacle(first, second, measure_id) or _too_few(one, two, None)
    if reason is None and None in exposures:
        reason = Reason.DEPENDS_ON_LENGTH
    smaller = min(exposure or 0.0 for exposure in exposures)
    if reason is None and smaller < rule.minimum:
        reason = Reason.TOO_FEW
    if error is None and rule.dispersion is not None:
        error = CountError("rule", rule.dispersion)
    found = None if reason or error is None else compare_rates([first], [second], measure_id, error)
    if found is None or error is None:
        verdict: Verdict = "descriptive" if reason is None else "cannot_tell"
        difference = (two.value or 0.0) - (one.value or 0.0)
        return Comparison(measure_id, verdict, one, two, difference, n=n, reason=reason or Reason.NO_ERROR_FIGURE)
    return Comparison(
        measure_id,
        verdict_of(found),
        one,
        two,
        found.difference,
        found.threshold,
        n,
        caveats=_caveats(first, second, is_rough=smaller < rule.firm),
        own_sessions=error.n_sessions,
        rates=found,
    )


def mdc95(rule: ErrorRule, one: Measure, two: Measure) -> float:
    """Return the smallest detectable change at 95 % between two measures, in their unit.

    Both have a value and an n of at least 1.
    """
    assert one.value is not None and two.value is not None and one.n and two.n
    n = min(one.n, two.n)
    if rule.kind == "relative":
        return Z_95 * sqrt(2) * relative_sem(n) * (one.value + two.value) / 2
    if rule.kind == "share" and (rule.measured_n is None or n < rule.measured_n):
        return hypot(rule.mdc95, _sampling_margin(one, two))
    return rule.mdc95


def _threshold(rule: ErrorRule | None, own: SessionError | None, one: Measure, two: Measure) -> float:
    if own is not None:
        assert one.n and two.n
        return own.quantile * hypot(own.at(one.n), own.at(two.n))
    assert rule is not None
    return mdc95(rule, one, two)


def _sampling_margin(one: Measure, two: Measure) -> float:
    """Return how far the difference of two percentages lies from the nearer end of its interval, in points."""
    assert one.value is not None and two.value is not None and one.n and two.n
    share_1, share_2 = share_of(one.value), share_of(two.value)
    low, high = newcombe(share_1, one.n, share_2, two.n)
    difference = share_2 - share_1
    return 100 * (difference - low if difference >= 0 else high - difference)


def _verdict(difference: float, threshold: float) -> Verdict:
    if abs(difference) <= threshold:
        return "no_clear_change"
    return "increase" if difference > 0 else "decrease"


def _obstacle(first: SessionPoint, second: SessionPoint, measure_id: str) -> Reason | None:
    """Return what keeps two sessions from being compared at all."""
    one, two = first.measures[measure_id], second.measures[measure_id]
    labels = {situation_label(first.context), situation_label(second.context)}
    if first.session_id == second.session_id:
        return Reason.SAME_SESSION
    if measure_id in NEVER_COMPARED:
        return Reason(WITHOUT_ERROR[measure_id])
    if one.rule != two.rule:
        return Reason.OTHER_RULE
    if first.recognised != second.recognised:
        return Reason.OTHER_WRITER
    if first.recognised and measure_id in HESITATIONS:
        return Reason.RECOGNISED
    return Reason.OTHER_CONTEXT if None not in labels and len(labels) == 2 else None


def situation_label(context: str | None) -> str | None:
    """Return a situation as a label; None when it is not told or told as a story."""
    words = (context or "").casefold().replace(".", " ").replace(",", " ").split()
    return " ".join(words) if 0 < len(words) <= LABEL_WORDS else None


def _too_few(one: Measure, two: Measure, rule: ErrorRule | None) -> Reason | None:
    too_few = "too_few" in {one.reliability, two.reliability}
    if rule is not None:
        too_few = too_few or min(one.n or 0, two.n or 0) < rule.minimum_n
    return Reason.TOO_FEW if too_few else None


def _caveats(first: SessionPoint, second: SessionPoint, *, is_rough: bool) -> tuple[Caveat, ...]:
    caveats = []
    if is_rough:
        caveats.append(Caveat.ROUGH)
    if None in {situation_label(first.context), situation_label(second.context)}:
        caveats.append(Caveat.CONTEXT_UNKNOWN)
    return tuple(caveats)


def _smaller(one: int | None, two: int | None) -> int | None:
    return None if one is None or two is None else min(one, two)
