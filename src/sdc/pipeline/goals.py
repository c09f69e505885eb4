"""The goals of a child: added after checks, and where the child stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sdc.companion.goal_wording import masking_advice
from sdc.errors import InputError
from sdc.pipeline.history import whole_history
from sdc.pipeline.parts import Parts
from sdc.progress import COUNT_RULES, NEVER_COMPARED, Placed, SessionPoint, place
from sdc.progress.goals import GoalError, Standing, baseline_of, check_goal, goal_error, make_scale, standing, t_score
from sdc.session import Direction, Goal
from sdc.store.records import Child
from sdc.store.repository import Repository

MAX_WORDS = 300
MAX_WHY = 300
MAX_SESSIONS = 10
MAX_OPEN = 12


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal as somebody writes it; see ``sdc.session.Goal``.

    Attributes
    ----------
    scale : tuple[float, ...] or "auto"
        Five levels, none, or those that SDC makes.
    baseline_weeks : tuple[int, int] or None
        First and last week of the baseline; None: the latest sessions.
    """

    behaviour: str
    condition: str
    measure: str
    criterion: float
    due: str
    direction: Direction = "at_least"
    sessions: int = 3
    scale: tuple[float, ...] | str = ()
    weight: float = 1.0
    baseline_weeks: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class GoalChange:
    """Who changes a goal.

    Attributes
    ----------
    seen : int
        The version that the writer saw.
    actor : str
        Id of the account.
    why : str
        In their words; may be empty.
    """

    seen: int
    actor: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class GoalWish:
    """What is to be another about a goal, as in ``GoalDraft``; None: it stays."""

    behaviour: str | None = None
    condition: str | None = None
    criterion: float | None = None
    due: str | None = None
    direction: Direction | None = None
    sessions: int | None = None
    scale: tuple[float, ...] | str | None = None


@dataclass(frozen=True, slots=True)
class ChildGoals:
    """A child's goals with where the child stands; ``t_score`` is of the open ones that have a level."""

    child: Child
    standings: tuple[Standing, ...]
    t_score: float | None


def child_goals(repository: Repository, child_id: str) -> ChildGoals:
    """Return a child's goals, oldest first; ``NotFoundError`` without such a child."""
    child = repository.child(child_id)
    standings = standings_of(repository, child.id, place(whole_history(repository, child.id)))
    return ChildGoals(child, standings, t_score([s for s in standings if s.goal.is_open]))


def standings_of(repository: Repository, child_id: str, placed: Sequence[Placed[SessionPoint]]) -> tuple[Standing, ...]:
    """Return where a child stands against each of its goals, from its whole time line."""
    return tuple(standing(placed, goal) for goal in repository.goals.of(child_id))


def add_goal(parts: Parts, child_id: str, draft: GoalDraft, *, actor: str) -> Goal:
    """Add a goal to a child.

    Raises
    ------
    NotFoundError
        No such child.
    InputError
        ``goal.masking`` with advice; ``goal.measure``, ``goal.criterion``, ``goal.scale``, ``goal.words``,
        ``goal.due``, ``goal.sessions``, ``goal.baseline``: what is wrong and what to do.
    """
    child = parts.repository.child(child_id)
    _check_words(draft)
    _check_measure(draft.measure)
    _check_numbers(draft)
    if len(parts.repository.goals.of(child.id, open_only=True)) >= MAX_OPEN:
        raise InputError(
            f"The child has {MAX_OPEN} open goals.", code="goal.too-many", hint="Close one before you add another."
        )
    kept = parts.repository.goals.add(_made(parts.repository, child.id, draft, actor))
    parts.audit.record(actor=actor, action="goal.add", child_id=child.id, object_id=kept.id)
    return kept


def change_goal(parts: Parts, child_id: str, goal_id: str, draft: GoalDraft, by: GoalChange) -> Goal:
    """Change the words, the criterion, the date or the levels of an open goal; baseline and measure stay.

    Parameters
    ----------
    parts : Parts
    child_id, goal_id : str
    draft : GoalDraft
        The goal as it is to be; its measure and baseline are not looked at.
    by : GoalChange
        Who changes it, why, and which version they saw.

    Raises
    ------
    NotFoundError
        No such child or goal.
    InputError
        As ``add_goal``; ``goal.why``: too long, or not to be printed.
    ConflictError
        ``goal.closed``, ``goal.stale``.
    """
    child = parts.repository.child(child_id)
    before = parts.repository.goals.get(child.id, goal_id)
    why = _checked_why(by.why, "changed", "the criterion was reached early")
    draft = replace(draft, measure=before.measure, weight=before.weight)
    _check_words(draft)
    _check_numbers(draft)
    placed = place(whole_history(parts.repository, child.id))
    goal = _with_scale(_as_drafted(before, draft), draft, goal_error(placed, before.measure))
    kept = parts.repository.goals.change(replace(goal, changed_by=by.actor, changed_why=why), seen=by.seen)
    parts.audit.record(actor=by.actor, action="goal.change", child_id=child.id, object_id=goal_id)
    return kept


def wished(before: Goal, wish: GoalWish) -> GoalDraft:
    """Return a goal as it is to be: what a wish does not name stays.

    Raises
    ------
    InputError
        ``goal.scale``: the levels were made around another criterion, and no new ones are given.
    """
    moves = wish.criterion not in (None, before.criterion) or wish.direction not in (None, before.direction)
    if before.scale and moves and wish.scale is None:
        raise InputError(
            "The levels of this goal belong to its criterion as it was.",
            code="goal.scale",
            hint="Give new ones: --scale auto, five numbers, or none.",
        )
    return GoalDraft(
        before.behaviour if wish.behaviour is None else wish.behaviour,
        before.condition if wish.condition is None else wish.condition,
        before.measure,
        before.criterion if wish.criterion is None else wish.criterion,
        before.due if wish.due is None else wish.due,
        wish.direction or before.direction,
        before.sessions if wish.sessions is None else wish.sessions,
        before.scale if wish.scale is None else wish.scale,
        before.weight,
    )


def close_goal(parts: Parts, child_id: str, goal_id: str, *, why: str = "", actor: str) -> Goal:
    """Close a goal of a child, with why; it stays on record.

    Raises
    ------
    NotFoundError
        No such child or goal.
    InputError
        ``goal.why``: too long, or not to be printed.
    ConflictError
        ``goal.closed``, ``goal.stale``.
    """
    why = _checked_why(why, "closed", "met; a new goal follows")
    closed = parts.repository.goals.close(parts.repository.child(child_id).id, goal_id, why=why, by=actor)
    parts.audit.record(actor=actor, action="goal.close", child_id=child_id, object_id=goal_id)
    return closed


def _checked_why(text: str, done: str, example: str) -> str:
    why = " ".join(text.split())
    if len(why) > MAX_WHY or not why.isprintable():
        raise InputError(
            f"Why a goal is {done} must be said in up to {MAX_WHY} letters.",
            code="goal.why",
            hint=f"For example: {example}.",
        )
    return why


def goal_measures(repository: Repository, child_id: str) -> tuple[str, ...]:
    """Return the measures of a child's open goals, oldest goal first."""
    return tuple(dict.fromkeys(goal.measure for goal in repository.goals.of(child_id, open_only=True)))


def _made(repository: Repository, child_id: str, draft: GoalDraft, actor: str) -> Goal:
    placed = place(whole_history(repository, child_id))
    empty = Goal("", child_id, "", "", draft.measure, 0.0, draft.direction, "", weight=draft.weight, created_by=actor)
    goal = _as_drafted(empty, draft)
    if draft.baseline_weeks is None:
        goal = baseline_of(placed, goal)
    else:
        first, last = draft.baseline_weeks
        chosen = [p.point.session_id for p in placed if p.week is not None and first <= p.week <= last]
        goal = _with_named_baseline(baseline_of(placed, goal, chosen) if chosen else goal)
    return _with_scale(goal, draft, goal_error(placed, goal.measure))


def _as_drafted(goal: Goal, draft: GoalDraft) -> Goal:
    """Return a goal with what a draft says of it, without a scale."""
    return replace(
        goal,
        behaviour=" ".join(draft.behaviour.split()),
        condition=" ".join(draft.condition.split()),
        criterion=draft.criterion,
        direction=draft.direction,
        due=draft.due,
        sessions=draft.sessions,
        scale=(),
    )


def _with_scale(goal: Goal, draft: GoalDraft, error: GoalError | None) -> Goal:
    """Return a goal with the scale that its draft asks for, checked against the error."""
    if not isinstance(draft.scale, str):
        goal = replace(goal, scale=tuple(draft.scale))
    elif error is None:
        check_goal(replace(goal, scale=tuple(goal.criterion + goal.sign * i for i in range(-2, 3))), None)
    else:
        goal = replace(goal, scale=make_scale(goal, error))
    check_goal(goal, error)
    return goal


def _with_named_baseline(goal: Goal) -> Goal:
    if goal.baseline is None:
        raise InputError(
            "The weeks of the baseline hold no session that can be used.",
            code="goal.baseline",
            hint="Choose weeks with sessions of the usual situation; see `sdc progress CHILD --measure ID`.",
        )
    return goal


def _check_words(draft: GoalDraft) -> None:
    for name, text in (("behaviour", draft.behaviour), ("condition", draft.condition)):
        if not text.strip() or len(text) > MAX_WORDS or not " ".join(text.split()).isprintable():
            raise InputError(
                f"The {name} of a goal must be said in up to {MAX_WORDS} letters.",
                code="goal.words",
                hint="For example: uses longer utterances; in free play with a parent.",
            )
    advice = masking_advice(f"{draft.behaviour}. {draft.condition}", draft.measure, draft.direction)
    if advice is not None:
        raise InputError(advice, code="goal.masking", hint="Write the goal as something to take part in or to reach.")


def _check_measure(measure_id: str) -> None:
    from sdc.measures import REGISTRY

    rule = REGISTRY.get(measure_id)
    if rule is None:
        raise InputError(f"There is no measure {measure_id}.", code="measure.unknown", hint="docs/measures lists them.")
    if measure_id in NEVER_COMPARED | COUNT_RULES.keys() or rule.audience == "researcher":
        raise InputError(
            f"{rule.title} cannot carry a goal: it hangs on how and how long is recorded.",
            code="goal.measure",
            hint="Choose one such as mlu_words, ndw_100, mattr_50 or intelligible_utterances_pct.",
        )


def _check_numbers(draft: GoalDraft) -> None:
    from math import isfinite

    numbers: Sequence[float] = (draft.criterion, draft.weight, *(draft.scale if isinstance(draft.scale, tuple) else ()))
    if not all(isfinite(number) for number in numbers) or draft.weight <= 0:
        raise InputError("A goal needs finite numbers, and a weight above 0.", code="goal.criterion")
    if isinstance(draft.scale, str) and draft.scale != "auto":
        raise InputError(f"{draft.scale!r} is no scale.", code="goal.scale", hint="Give five numbers, or auto.")
    if not 1 <= draft.sessions <= MAX_SESSIONS:
        raise InputError(
            f"The mean of {draft.sessions} sessions cannot be taken.",
            code="goal.sessions",
            hint=f"Give 1 to {MAX_SESSIONS}.",
        )
    try:
        date.fromisoformat(draft.due)
    except ValueError as error:
        raise InputError(f"{draft.due!r} is no date.", code="goal.due", hint="Write 2026-12-24.") from error
