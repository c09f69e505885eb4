"""Goals: where a child stands against a criterion, and the five levels of goal attainment scaling.

A goal is judged by the mean of its latest sessions, with the error that sessions of an unchanged
child have. Goal attainment scaling: Kiresuk & Sherman 1968, Community Ment Health J 4:443.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot, sqrt
from statistics import fmean
from typing import Literal

from sdc.errors import InputError
from sdc.measures import REGISTRY
from sdc.progress.comparable import Comparable, comparable
from sdc.progress.error_rules import ERROR_RULES
from sdc.progress.over_time import own_session_error
from sdc.progress.point import SessionPoint
from sdc.progress.session_error import SessionError, rule_error
from sdc.progress.timeline import Placed
from sdc.session import Goal, Measure

GoalStatus = Literal["met", "progressing", "not_yet", "cannot_tell"]
Why = Literal["few_sessions", "no_error", "within_error"]

LEVELS = (-2, -1, 0, 1, 2)
LEVEL_CORRELATION = 0.3
"""How far goals of one person go together (Kiresuk & Sherman's r)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a child stands against a goal.

    Attributes
    ----------
    goal : Goal
    status : {"met", "progressing", "not_yet", "cannot_tell"}
        ``met``: the mean lies beyond the criterion by more than its error. ``progressing``: it has
        moved towards it from the baseline by more than the error. ``not_yet``: neither, and it
        lies short of the criterion by more than its error.
    mean : float or None
        Of the latest sessions.
    margin : float or None
        Half of its 95 % interval.
    n_sessions : int
        Sessions behind ``mean``, at most ``goal.sessions``.
    used : tuple[str, ...]
        Their ids.
    needed : float or None
        By how much the mean must differ from the baseline to be a change (MDC95).
    level : int or None
        −2 to 2 on the goal's scale; None without scale or mean.
    reason : {"few_sessions", "no_error", "within_error"} or None
        Why nothing can be told.
    """

    goal: Goal
    status: GoalStatus
    mean: float | None = None
    margin: float | None = None
    n_sessions: int = 0
    used: tuple[str, ...] = ()
    needed: float | None = None
    level: int | None = None
    reason: Why | None = None


@dataclass(frozen=True, slots=True)
class GoalError:
    """The error of a goal's measure in this child.

    Attributes
    ----------
    like : Measure
        A session's measure: its rule, unit and the smallest sample.
    own : SessionError or None
        What the child's own sessions show, from six on.
    """

    like: Measure
    own: SessionError | None = None

    def half_width(self, value: float, k: int) -> float | None:
        """Return half of the 95 % interval of the mean of ``k`` sessions around a value; None when unknown."""
        error = self._at(value)
        assert self.like.n
        return None if error is None else error.quantile * error.at(self.like.n) / sqrt(k)

    def _at(self, value: float) -> SessionError | None:
        rule = ERROR_RULES.get(self.like.id)
        if self.own is not None or rule is None:
            return self.own
        return rule_error(rule, replace(self.like, value=value))


def usable(placed: Sequence[Placed[SessionPoint]], goal: Goal) -> Comparable:
    """Return the sessions of a child that tell of a goal."""
    return comparable(placed, goal.measure)


def goal_error(placed: Sequence[Placed[SessionPoint]], measure_id: str) -> GoalError | None:
    """Return the error of a goal's measure; None where it is not known for this measure and child."""
    found, rule = comparable(placed, measure_id), ERROR_RULES.get(measure_id)
    own = own_session_error(placed, measure_id)
    if own is None and rule is None:
        return None
    n = min((m.n or 1 for m in found.measures), default=rule.firm_n if rule else 1)
    return GoalError(Measure(measure_id, 0.0, REGISTRY[measure_id].unit, n, measure_id), own)


def baseline_of(placed: Sequence[Placed[SessionPoint]], goal: Goal, sessions: Sequence[str] = ()) -> Goal:
    """Return a goal with its baseline: the sessions named, or the latest ``goal.sessions`` that can be used."""
    found = usable(placed, goal)
    chosen = found.within(frozenset(sessions)) if sessions else found
    kept = chosen.sessions[-goal.sessions :] if not sessions else chosen.sessions
    if not kept:
        return goal
    ids = tuple(p.point.session_id for p in kept)
    return replace(goal, baseline=fmean(found.within(frozenset(ids)).values), baseline_sessions=ids)


def check_goal(goal: Goal, error: GoalError | None) -> None:
    """Refuse a criterion or a scale whose steps sessions of an unchanged child would take by themselves.

    Raises
    ------
    InputError
        ``goal.criterion``: not beyond the error from the baseline; ``goal.scale``: no five levels in
        order around the criterion, or steps within the error.
    """
    if goal.baseline is not None and error is not None:
        _check_criterion(goal, goal.baseline, error)
    if goal.scale:
        _check_scale(goal, error)


def _check_criterion(goal: Goal, baseline: float, error: GoalError) -> None:
    needed = _needed(goal, goal.criterion, baseline, goal.sessions, error)
    if needed is None or goal.sign * (goal.criterion - baseline) > needed:
        return
    raise InputError(
        f"The criterion {goal.criterion:g} lies too near to the baseline {baseline:.2f}: means of "
        f"{goal.sessions} sessions differ by up to {needed:.2f} without any change.",
        code="goal.criterion",
        hint=f"Choose {_beyond(baseline, needed, goal.sign)}, or more sessions with --sessions.",
    )


def _beyond(baseline: float, needed: float, sign: int) -> str:
    edge = baseline + sign * needed
    return f"{'more' if sign > 0 else 'less'} than {edge:.2f}"


def _check_scale(goal: Goal, error: GoalError | None) -> None:
    scale = goal.scale
    ordered = all(goal.sign * (b - a) > 0 for a, b in pairwise(scale))
    if len(scale) != len(LEVELS) or not ordered or scale[2] != goal.criterion:
        raise InputError(
            "A scale has five values from level -2 to +2, each further on than the one before, and level 0 is the "
            "criterion.",
            code="goal.scale",
            hint="Give five numbers, or let SDC make the levels with --scale auto.",
        )
    if error is None:
        raise InputError(
            f"Levels of {goal.measure} cannot be told apart: how far its sessions differ without any change is not "
            "known yet.",
            code="goal.scale",
            hint="Leave the scale out until the child has six sessions, or choose another measure.",
        )
    for low, high in pairwise(scale):
        width = _step_width(low, high, goal.sessions, error)
        if abs(high - low) <= width:
            raise InputError(
                f"The step from {low:g} to {high:g} is within the error: the mean of {goal.sessions} sessions is "
                f"known to {width:.2f} only.",
                code="goal.scale",
                hint="Take wider steps, more sessions, or --scale auto.",
            )


def _step_width(low: float, high: float, k: int, error: GoalError) -> float:
    """Return the widest half interval on a step: the error of some measures grows with the value."""
    return max(error.half_width(value, k) or 0.0 for value in (low, high))


def make_scale(goal: Goal, error: GoalError) -> tuple[float, ...]:
    """Return five levels around the criterion whose steps are a tenth larger than the error.

    Parameters
    ----------
    goal : Goal
    error : GoalError

    Raises
    ------
    InputError
        ``goal.scale``: there is no room for two levels below the criterion.
    """
    up = _levels(goal, error, goal.sign)
    down = _levels(goal, error, -goal.sign)
    if min(*up, *down) < 0 or (error.like.unit == "%" and max(*up, *down) > 100):
        raise InputError(
            f"There is no room for five levels around {goal.criterion:g}: the error is too large.",
            code="goal.scale",
            hint="Use more sessions with --sessions, or leave the scale out.",
        )
    return (down[1], down[0], goal.criterion, up[0], up[1])


def _levels(goal: Goal, error: GoalError, sign: int) -> tuple[float, float]:
    first = _further(goal.criterion, sign, goal.sessions, error)
    return first, _further(first, sign, goal.sessions, error)


def _further(value: float, sign: int, k: int, error: GoalError) -> float:
    """Return the next level: further by a tenth more than the error, which may grow on the way."""
    step = 1.1 * (error.half_width(value, k) or 0.0)
    while step <= 1.05 * _step_width(value, value + sign * step, k, error):
        step *= 1.1
    return round(value + sign * step, 2)


def standing(placed: Sequence[Placed[SessionPoint]], goal: Goal) -> Standing:
    """Tell where a child stands against a goal.

    Parameters
    ----------
    placed : Sequence[Placed[SessionPoint]]
        The child's time line.
    goal : Goal
    """
    found = _after_baseline(usable(placed, goal), goal)
    used = tuple(p.point.session_id for p in found.sessions)
    if not found.sessions:
        return Standing(goal, "cannot_tell", reason="few_sessions")
    mean, k, error = fmean(found.values), len(found.sessions), goal_error(placed, goal.measure)
    plain = Standing(goal, "cannot_tell", mean, None, k, used, level=None)
    if k < goal.sessions:
        return replace(plain, reason="few_sessions")
    if error is None:
        return replace(plain, reason="no_error")
    return _judged(plain, mean, k, error)


def _judged(plain: Standing, mean: float, k: int, error: GoalError) -> Standing:
    goal, margin = plain.goal, error.half_width(mean, k) or 0.0
    needed = _needed(goal, mean, goal.baseline, k, error) if goal.baseline is not None else None
    known = replace(plain, margin=margin, needed=needed, level=_level(goal, mean))
    if goal.sign * (mean - goal.criterion) >= margin:
        return replace(known, status="met")
    if needed is not None and goal.baseline is not None and goal.sign * (mean - goal.baseline) > needed:
        return replace(known, status="progressing")
    if goal.sign * (goal.criterion - mean) > margin:
        return replace(known, status="not_yet")
    return replace(known, reason="within_error")


def _after_baseline(found: Comparable, goal: Goal) -> Comparable:
    """Keep the latest sessions that are later than the baseline's."""
    places = [i for i, p in enumerate(found.sessions) if p.point.session_id in goal.baseline_sessions]
    later = found.sessions[max(places) + 1 :] if places else found.sessions
    return found.within(frozenset(p.point.session_id for p in later[-goal.sessions :]))


def _needed(goal: Goal, value: float, baseline: float, k: int, error: GoalError) -> float | None:
    """Return MDC95 between the baseline's mean and a mean of ``k`` sessions."""
    before = error.half_width(baseline, max(1, len(goal.baseline_sessions)))
    after = error.half_width(value, k)
    return None if before is None or after is None else hypot(before, after)


def _level(goal: Goal, mean: float) -> int | None:
    if not goal.scale:
        return None
    reached = [level for level, edge in zip(LEVELS, goal.scale, strict=True) if goal.sign * (mean - edge) >= 0]
    return max(reached, default=LEVELS[0])


def t_score(standings: Sequence[Standing]) -> float | None:
    """Return the T-score of goals on a scale; None where no level can be told.

    Notes
    -----
    50 + 10 · Σ(w·x) / √((1 − r)·Σw² + r·(Σw)²) with r = .3 (Kiresuk & Sherman 1968): 50 when goals
    are met as expected on average. It says nothing about other children.
    """
    told = [(s.goal.weight, s.level) for s in standings if s.level is not None]
    if not told:
        return None
    total, squares = sum(w for w, _ in told), sum(w * w for w, _ in told)
    spread = sqrt((1 - LEVEL_CORRELATION) * squares + LEVEL_CORRELATION * total**2)
    return 50 + 10 * sum(w * x for w, x in told) / spread
