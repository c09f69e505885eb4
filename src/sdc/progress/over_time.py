"""Progress in one measure: its values with their errors, and the one verdict that the sessions allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import Literal

from sdc.progress.change import Comparison, compare
from sdc.progress.comparable import Comparable, LeftOut, comparable
from sdc.progress.count_rules import COUNT_RULES
from sdc.progress.counted import as_rates, count_error, countable, interval_of, rate_means
from sdc.progress.error_rules import ERROR_RULES
from sdc.progress.interval import Z_95, wilson
from sdc.progress.many import MAX_VERDICTS, holm
from sdc.progress.phases import MeanChange, Overlap, mean_change, overlap
from sdc.progress.point import SessionPoint
from sdc.progress.rates import CountError
from sdc.progress.session_error import SessionError, own_error, rule_error, sampling_error
from sdc.progress.timeline import Placed, place
from sdc.progress.trend import Trend, trend
from sdc.progress.within import within_session_error
from sdc.progress.without_error import NEVER_COMPARED
from sdc.session import Measure, Verdict

IntervalKind = Literal["between_sessions", "wilson", "within_session", "negative_binomial"]
PhaseName = Literal["baseline", "intervention"]
Basis = Literal["trend", "means", "phases", "two_sessions", "nothing"]

PROPORTIONS_OF = frozenset({"utterances", "words", "questions", "replies", "answers", "pauses"})
"""What a percentage is a proportion of where Wilson's interval holds: things that each do or do not. Turns
take turns with each other's, and seconds are no things, so a share of those gets none."""

MEANS_FROM = 5
"""From so many sessions on, the first ones are held against the last ones as means."""

SESSIONS_IN_MEAN = 3
"""So many sessions make a mean at most, so that it stays one point of time."""


@dataclass(frozen=True, slots=True)
class ProgressPoint:
    """A measure in one session, with its error.

    Attributes
    ----------
    session_id : str
    date : str or None
    week : int or None
    day : float or None
        Since the child's first session.
    age_months : float or None
    context : str or None
    measure : Measure or None
    low, high : float or None
        95 % interval.
    interval : {"between_sessions", "wilson", "within_session", "negative_binomial"} or None
        What the interval holds: how far sessions of an unchanged child lie apart; the sampling
        error of a proportion; the bootstrap error inside the session; how far counts of an unchanged
        child scatter.
    within_error : float or None
        Standard error inside the session, by block bootstrap.
    left_out : LeftOut or None
        Why it enters no verdict.
    """

    session_id: str
    date: str | None
    week: int | None
    day: float | None
    age_months: float | None
    context: str | None
    measure: Measure | None
    low: float | None = None
    high: float | None = None
    interval: IntervalKind | None = None
    within_error: float | None = None
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Phases:
    """Which sessions belong to the baseline and which to the intervention, by id.

    Attributes
    ----------
    baseline, intervention : frozenset[str]
    began : str or None
        ISO date on which the intervention began; None where the phases were named by weeks.
    """

    baseline: frozenset[str]
    intervention: frozenset[str]
    began: str | None = None

    def of(self, session_id: str) -> PhaseName | None:
        """Return the phase that a session lies in; None in neither."""
        if session_id in self.baseline:
            return "baseline"
        return "intervention" if session_id in self.intervention else None


@dataclass(frozen=True, slots=True)
class MeasureProgress:
    """One measure over the sessions of a child.

    Attributes
    ----------
    measure : str
    points : tuple[ProgressPoint, ...]
        All sessions, oldest first.
    verdict : Verdict
        ``descriptive`` for a measure that is none of the chosen ones, or whose error is unknown.
    basis : {"trend", "means", "phases", "two_sessions", "nothing"}
        What the verdict was taken from: two phases; the trend; the means of the first and the
        last sessions; the first and the last session.
    chosen : bool
        Whether it is one of the measures that may carry a verdict.
    error : SessionError or None
        Of the latest comparable session.
    trend : Trend
    comparison : Comparison or None
        The first against the last comparable session.
    overlap : Overlap or None
    means : MeanChange or None
        Of the two phases.
    ends : MeanChange or None
        Of the first and the last sessions, two or three each, from five sessions on.
    p_adjusted : float or None
        Holm-adjusted p of the trend, among the measures that were not chosen.
    context_unknown : bool
        Whether some of the sessions behind the verdict do not tell their situation.
    used : tuple[str, ...]
        Ids of the sessions behind the verdict.
    count_error : CountError or None
        Of a counted measure, in place of ``error``. Its trend, means and comparison are of rates.
    phases : Phases or None
        Those that the verdict is about; with one of them that holds nothing to compare it is ``cannot_tell``.
    """

    measure: str
    points: tuple[ProgressPoint, ...]
    verdict: Verdict
    basis: Basis
    chosen: bool
    trend: Trend
    error: SessionError | None = None
    comparison: Comparison | None = None
    overlap: Overlap | None = None
    means: MeanChange | None = None
    ends: MeanChange | None = None
    p_adjusted: float | None = None
    context_unknown: bool = False
    used: tuple[str, ...] = ()
    count_error: CountError | None = None
    phases: Phases | None = None


def progress(
    points: Sequence[SessionPoint], measures: Sequence[str], *, chosen: Sequence[str] = (), phases: Phases | None = None
) -> tuple[MeasureProgress, ...]:
    """Return the progress of a child in some measures.

    Parameters
    ----------
    points : Sequence[SessionPoint]
        All sessions of one child, in any order.
    measures : Sequence[str]
        Ids, in the order wanted.
    chosen : Sequence[str]
        The goal measures, chosen before looking: these carry verdicts, three at most; where more
        are given, the first three.
    phases : Phases, optional
        Baseline and intervention.

    Returns
    -------
    tuple[MeasureProgress, ...]
        All others are ``descriptive``, with the p of their trend adjusted for their number.
    """
    return progress_along(place(points), measures, chosen=chosen, phases=phases)


def progress_along(
    placed: Sequence[Placed[SessionPoint]],
    measures: Sequence[str],
    *,
    chosen: Sequence[str] = (),
    phases: Phases | None = None,
    inside: bool = True,
) -> tuple[MeasureProgress, ...]:
    """Return the progress along a stretch of a child's time line; each session keeps its day. See ``progress``.

    Without ``inside`` the errors inside the sessions are left out: they cost a resampling of every
    session, and no verdict rests on them.
    """
    goals = tuple(dict.fromkeys(chosen))[:MAX_VERDICTS]
    found = [_measure_progress(placed, measure, measure in goals, phases, inside) for measure in measures]
    adjusted = holm({m.measure: m.trend.p for m in found if not m.chosen and m.trend.p is not None})
    return tuple(replace(m, p_adjusted=adjusted.get(m.measure)) for m in found)


def _measure_progress(
    placed: Sequence[Placed[SessionPoint]], measure_id: str, chosen: bool, phases: Phases | None, inside: bool
) -> MeasureProgress:
    sessions = comparable(placed, measure_id)
    within = {p.point.session_id: within_session_error(p.point, measure_id) if inside else None for p in placed}
    own, counts = _errors(sessions)
    line = trend(sessions if measure_id not in COUNT_RULES else as_rates(sessions))
    pair = _first_and_last(sessions, counts or own)
    pairs, means = _in_phases(sessions, phases, own, counts)
    ends = _ends(sessions, own, counts)
    basis, verdict = _verdict(line, pair, ends, means)
    lacking = phases is not None and not all(_in_phase(sessions, ids) for ids in (phases.baseline, phases.intervention))
    if measure_id in NEVER_COMPARED or lacking:
        basis, verdict = "nothing", "cannot_tell"
    return MeasureProgress(
        measure_id,
        _points(placed, sessions, within, counts or own),
        verdict if chosen else "descriptive",
        basis,
        chosen,
        line,
        _latest_error(sessions, own),
        pair,
        pairs,
        means,
        ends,
        context_unknown=sessions.context_unknown,
        used=tuple(p.point.session_id for p in sessions.sessions),
        count_error=counts,
        phases=phases if means is not None or lacking else None,
    )


def _errors(sessions: Comparable) -> tuple[SessionError | None, CountError | None]:
    """Return the child's own error of a measure; of a counted one its dispersion, or the rule's."""
    if sessions.measure in COUNT_RULES:
        return None, count_error(sessions)
    return _own_error(sessions), None


def error_between(placed: Sequence[Placed[SessionPoint]], measure_id: str) -> SessionError | CountError | None:
    """Return what ``compare`` holds two sessions of a child against; None: the rule's own figures.

    Parameters
    ----------
    placed : Sequence[Placed[SessionPoint]]
        The child's whole time line.
    measure_id : str
    """
    own, counts = _errors(comparable(placed, measure_id))
    return counts or own


def own_session_error(placed: Sequence[Placed[SessionPoint]], measure_id: str) -> SessionError | None:
    """Return the error that a child's comparable sessions show; None while there are fewer than six.

    Parameters
    ----------
    placed : Sequence[Placed[SessionPoint]]
        The child's whole time line.
    measure_id : str
    """
    return _own_error(comparable(placed, measure_id))


def _own_error(sessions: Comparable) -> SessionError | None:
    floor = median([sampling_error(measure) for measure in sessions.measures] or [0.0])
    return own_error(sessions.days, sessions.measures, floor=floor)


def _verdict(
    line: Trend, pair: Comparison | None, ends: MeanChange | None, phases: MeanChange | None = None
) -> tuple[Basis, Verdict]:
    """Take the verdict from phases where there are some, from trend or means, else from two sessions.

    The trend by ranks sees little with five to seven sessions, the means little of a slow rise:
    together they miss less. Each errs upward in at most 2.5 % of children that do not change, so
    both together in at most 5 %. Where they contradict each other nothing is told.
    """
    if phases is not None:
        return "phases", phases.verdict
    told: list[tuple[Basis, Verdict]] = [("trend", line.verdict)] if line.reason is None else []
    told += [("means", ends.verdict)] if ends is not None else []
    if not told:
        return ("two_sessions", pair.verdict) if pair is not None else ("nothing", "cannot_tell")
    changed = [(basis, verdict) for basis, verdict in told if verdict in ("increase", "decrease")]
    if len({verdict for _, verdict in changed}) == 1:
        return changed[0]
    return told[0][0], "no_clear_change"


def _ends(sessions: Comparable, own: SessionError | None, counts: CountError | None) -> MeanChange | None:
    """Hold the means of the first and the last sessions against each other."""
    if sessions.measure in COUNT_RULES:
        sessions = countable(sessions)
    measures = sessions.measures
    k = min(SESSIONS_IN_MEAN, len(measures) // 2)
    if len(measures) < MEANS_FROM:
        return None
    if sessions.measure in COUNT_RULES:
        ids = [p.point.session_id for p in sessions.sessions]
        return rate_means(sessions.within(frozenset(ids[:k])), sessions.within(frozenset(ids[-k:])), counts)
    return _means(measures[:k], measures[-k:], sessions.measure, own)


def _means(
    first: Sequence[Measure], second: Sequence[Measure], measure_id: str, own: SessionError | None
) -> MeanChange | None:
    """Compare two groups of sessions; None where the error of the measure is not known."""
    errors = [own or _error_of(_mean_of(group), measure_id) for group in (first, second)]
    if errors[0] is None or errors[1] is None:
        return None
    sizes = tuple(min(m.n or 1 for m in group) for group in (first, second))
    values = [[m.value for m in group if m.value is not None] for group in (first, second)]
    return mean_change(values[0], values[1], (errors[0], errors[1]), (sizes[0], sizes[1]))


def _mean_of(group: Sequence[Measure]) -> Measure:
    """Return a measure with the mean value of a group and its smallest sample: a rule's error hangs on both."""
    return replace(group[-1], value=fmean(m.value or 0.0 for m in group), n=min(m.n or 1 for m in group))


def _first_and_last(sessions: Comparable, own: SessionError | CountError | None) -> Comparison | None:
    if len(sessions.sessions) < 2:
        return None
    first, last = sessions.sessions[0].point, sessions.sessions[-1].point
    return compare(first, last, sessions.measure, own=own)


def _latest_error(sessions: Comparable, own: SessionError | None) -> SessionError | None:
    if sessions.measure in COUNT_RULES or not sessions.sessions:
        return own
    return own or _error_of(sessions.measures[-1], sessions.measure)


def _error_of(measure: Measure, measure_id: str) -> SessionError | None:
    rule = ERROR_RULES.get(measure_id)
    return rule_error(rule, measure) if rule is not None and measure.n and measure.value is not None else None


def _in_phase(sessions: Comparable, ids: frozenset[str]) -> bool:
    return bool(sessions.within(ids).sessions)


def _in_phases(
    sessions: Comparable, phases: Phases | None, own: SessionError | None, counts: CountError | None
) -> tuple[Overlap | None, MeanChange | None]:
    if phases is None:
        return None, None
    is_counted = sessions.measure in COUNT_RULES
    line = as_rates(sessions) if is_counted else sessions
    pairs = overlap(line.within(phases.baseline).values, line.within(phases.intervention).values)
    one, two = sessions.within(phases.baseline), sessions.within(phases.intervention)
    if is_counted:
        return pairs, rate_means(one, two, counts)
    if not one.sessions or not two.sessions:
        return pairs, None
    return pairs, _means(one.measures, two.measures, sessions.measure, own)


def _points(
    placed: Sequence[Placed[SessionPoint]],
    sessions: Comparable,
    within: dict[str, float | None],
    own: SessionError | CountError | None,
) -> tuple[ProgressPoint, ...]:
    left_out = dict(sessions.left_out)
    return tuple(
        ProgressPoint(
            p.point.session_id,
            p.point.date,
            p.week,
            p.day,
            p.point.age_months,
            p.point.context,
            found,
            *_interval_at(p.point, sessions.measure, within[p.point.session_id], own),
            within_error=within[p.point.session_id],
            left_out=left_out.get(p.point.session_id),
        )
        for p in placed
        for found in [p.point.measure(sessions.measure)]
    )


def _interval_at(
    point: SessionPoint, measure_id: str, within: float | None, own: SessionError | CountError | None
) -> tuple[float | None, float | None, IntervalKind | None]:
    if measure_id in COUNT_RULES:
        ends = interval_of(point, measure_id, own if isinstance(own, CountError) else None)
        return (None, None, None) if ends is None else (*ends, "negative_binomial")
    assert not isinstance(own, CountError)
    return _interval(point.measure(measure_id), measure_id, within, own)


def _interval(
    measure: Measure | None, measure_id: str, within: float | None, own: SessionError | None
) -> tuple[float | None, float | None, IntervalKind | None]:
    """Return the 95 % interval of a value, by the widest error that is known."""
    if measure is None or measure.value is None or not measure.n:
        return None, None, None
    value, error = measure.value, own or _error_of(measure, measure_id)
    top = 100.0 if measure.unit == "%" else None
    if error is not None:
        return *_around(value, error.quantile * error.at(measure.n), top), "between_sessions"
    if within is not None:
        return *_around(value, Z_95 * within, top), "within_session"
    if measure.unit == "%" and 0 <= value <= 100 and measure.n_unit in PROPORTIONS_OF:
        low, high = wilson(value / 100, measure.n)
        return 100 * low, 100 * high, "wilson"
    return None, None, None


def _around(value: float, half: float, top: float | None) -> tuple[float, float]:
    """Return value ± half; what is counted is never below 0, a share never above 100."""
    high = value + half
    return max(0.0, value - half) if value >= 0 else value - half, high if top is None else min(top, high)
