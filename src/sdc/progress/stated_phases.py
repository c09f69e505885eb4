"""Which sessions lie in the phases of the work that a therapist has stated by dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sdc.progress.over_time import Phases
from sdc.progress.point import SessionPoint
from sdc.progress.timeline import Placed, calendar_day
from sdc.session import DateRange, PhasePlan


def stated_phases(
    plan: PhasePlan | None, line: Sequence[Placed[SessionPoint]], stretch: Sequence[Placed[SessionPoint]] | None = None
) -> Phases | None:
    """Return which sessions lie in the stated phases.

    Parameters
    ----------
    plan : PhasePlan or None
    line : Sequence[Placed[SessionPoint]]
        The child's whole time line: a session without a date lies where the child's age puts it.
    stretch : Sequence[Placed[SessionPoint]], optional
        The sessions that are looked at; default all.

    Returns
    -------
    Phases or None
        None where none are stated, where no session has a date, and where the stretch does not reach into both.
    """
    start = _first_day(line)
    if plan is None or plan.baseline is None or plan.intervention is None or start is None:
        return None
    looked_at = line if stretch is None else stretch
    baseline, intervention = (_within(span, looked_at, start) for span in (plan.baseline, plan.intervention))
    if stretch is not None and not (baseline and intervention):
        return None
    return Phases(baseline, intervention, plan.intervention.first)


def began_between(
    plan: PhasePlan | None, line: Sequence[Placed[SessionPoint]], first: SessionPoint, second: SessionPoint
) -> str | None:
    """Return the day on which the stated intervention began, where it lies between two sessions of a time line.

    Returns
    -------
    str or None
        ISO date, after the day of ``first`` and not after that of ``second``; None also where nothing is stated,
        or where one of them or the line itself has no day.
    """
    start = _first_day(line)
    if plan is None or plan.intervention is None or start is None:
        return None
    days = {p.point.session_id: p.day for p in line}
    before, after = days.get(first.session_id), days.get(second.session_id)
    began = date.fromisoformat(plan.intervention.first).toordinal() - start
    # A session placed by an age has a fraction of a day: it lies in the phase from the day's beginning on.
    between = before is not None and after is not None and before < began <= after
    return plan.intervention.first if between else None


def _first_day(placed: Sequence[Placed[SessionPoint]]) -> float | None:
    """Return the day of the calendar that the time line counts from."""
    dated = ((calendar_day(p.point.date), p.day) for p in placed)
    return next((day.toordinal() - since for day, since in dated if day is not None and since is not None), None)


def _within(span: DateRange, placed: Sequence[Placed[SessionPoint]], start: float) -> frozenset[str]:
    first = date.fromisoformat(span.first).toordinal()
    last = date.fromisoformat(span.last).toordinal() + 1 if span.last else float("inf")
    return frozenset(p.point.session_id for p in placed if p.day is not None and first <= start + p.day < last)
