"""One measure over a child's sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sdc.progress.point import SessionPoint
from sdc.progress.timeline import place
from sdc.session import Measure


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A measure in one session; ``measure`` is None when the session has none of this id."""

    session_id: str
    date: str | None
    week: int | None
    age_months: float | None
    context: str | None
    measure: Measure | None


def series(points: Iterable[SessionPoint], measure_id: str) -> tuple[SeriesPoint, ...]:
    """Return a measure over the sessions, oldest first; gaps stay in as points without a value."""
    return tuple(
        SeriesPoint(p.point.session_id, p.point.date, p.week, p.point.age_months, p.point.context, found)
        for p in place(points)
        for found in [p.point.measure(measure_id)]
    )
