"""Sessions in order of time, and the week that each lies in.

A session lies on the time line by its date; without one by the child's age. Where some
sessions carry both, their median birth date puts the undated ones between them. Week 1 is
day 0 to 6, counted from the first session.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Generic, Literal, Protocol, TypeVar

from sdc.session.child import DAYS_PER_MONTH


class Dated(Protocol):
    """Anything with a date or an age."""

    @property
    def date(self) -> str | None:
        """ISO date."""

    @property
    def age_months(self) -> float | None:
        """The child's age in months."""


D = TypeVar("D", bound=Dated)


CONTRADICTION_DAYS = 45
"""A date and an age that lie farther apart contradict each other; ages are often rounded to a month."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[D]):
    """A session on the time line.

    Attributes
    ----------
    point : Dated
        The session.
    week : int or None
        From 1; None when neither date nor age tells.
    placed_by : {"date", "age"} or None
    day : float or None
        Days since the first session.
    """

    point: D
    week: int | None
    placed_by: Literal["date", "age"] | None
    day: float | None


def place(points: Iterable[D]) -> tuple[Placed[D], ...]:
    """Put sessions in order, oldest first; those that nothing dates come last, in the order given."""
    points = tuple(points)
    birth = _birth_day(points)
    days = [_day(point, birth) for point in points]
    known = [day for day in days if day is not None]
    start = min(known, default=0.0)
    placed = [_placed(p, None if d is None else d - start) for p, d in zip(points, days, strict=True)]
    return tuple(sorted(placed, key=lambda p: (p.day is None, p.day or 0.0)))


def missing_weeks(placed: Sequence[Placed[D]], first: int, last: int) -> tuple[int, ...]:
    """Return the weeks from ``first`` to ``last`` that hold no session."""
    present = {p.week for p in placed}
    return tuple(week for week in range(first, last + 1) if week not in present)


def contradictions(points: Iterable[D]) -> tuple[tuple[D, float], ...]:
    """Return the sessions whose date and age contradict those of the others.

    Returns
    -------
    tuple[tuple[Dated, float], ...]
        Each session with how many days its date lies later (positive) or earlier (negative)
        than its age says, by the median birth date of all dated sessions. Three dated sessions
        are needed: of two nobody can say which is wrong.
    """
    points = tuple(points)
    births = [_birth_by(p) for p in points]
    known = [birth for birth in births if birth is not None]
    if len(known) < 3:
        return ()
    middle = median(known)
    apart = [(p, birth - middle) for p, birth in zip(points, births, strict=True) if birth is not None]
    return tuple((p, days) for p, days in apart if abs(days) > CONTRADICTION_DAYS)


def _birth_by(point: Dated) -> float | None:
    day = _ordinal(point.date)
    return None if day is None or point.age_months is None else day - point.age_months * DAYS_PER_MONTH


def _placed(point: D, day: float | None) -> Placed[D]:
    if day is None:
        return Placed(point, None, None, None)
    return Placed(point, int(day // 7) + 1, "date" if _ordinal(point.date) is not None else "age", day)


def calendar_day(text: str | None) -> date | None:
    """Return the day of an ISO date; None when there is none or it is not one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _ordinal(text: str | None) -> int | None:
    day = calendar_day(text)
    return None if day is None else day.toordinal()


def _birth_day(points: Sequence[Dated]) -> float | None:
    """Return the day of birth that the dated sessions agree on; day 0 when no session is dated."""
    births = [birth for p in points if (birth := _birth_by(p)) is not None]
    if births:
        return median(births)
    return None if any(_ordinal(p.date) is not None for p in points) else 0.0


def _day(point: Dated, birth: float | None) -> float | None:
    day = _ordinal(point.date)
    if day is not None:
        return float(day)
    if point.age_months is None or birth is None:
        return None
    return birth + point.age_months * DAYS_PER_MONTH
