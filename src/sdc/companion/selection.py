"""What is asked → the sessions that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sdc.companion.question import Query
from sdc.companion.question_time import Period
from sdc.progress import Placed, SessionPoint, missing_weeks
from sdc.progress.timeline import calendar_day

Line = Sequence[Placed[SessionPoint]]


@dataclass(frozen=True, slots=True)
class Selection:
    """The sessions that a question is about.

    Attributes
    ----------
    sessions : tuple[Placed, ...]
        One or two, oldest first; none when ``absent`` or nothing lies in the time asked for.
    absent : tuple[int, ...]
        Weeks that were asked for and hold no session.
    gaps : tuple[int, ...]
        Weeks between the two sessions without one.
    shared_week : int
        How many sessions lie in the fullest week that one had to be chosen from; 1 when none.
    undated : int
        How many sessions neither a date nor an age puts anywhere, so that they are not looked at.
    nearest : tuple[Placed, ...]
        Where a week is ``absent``: the two sessions nearest to the weeks asked for, inside the
        time asked for; none where they lie too far away.
    """

    sessions: tuple[Placed[SessionPoint], ...] = ()
    absent: tuple[int, ...] = ()
    gaps: tuple[int, ...] = ()
    shared_week: int = 1
    undated: int = 0
    nearest: tuple[Placed[SessionPoint], ...] = ()


def select(query: Query, line: Line) -> Selection:
    """Choose the sessions for a query from a child's time line (not empty)."""
    period = query.period
    if period.kind == "weeks":
        return _in_weeks(query, line)
    known = tuple(p for p in line if p.day is not None) or tuple(line)
    inside = _in_days(period, line) if period.kind == "days" else known
    if not inside:
        return Selection()
    chosen = inside[:1] if period.kind == "first" else inside[-1:] if query.mode == "describe" else _ends(inside)
    return Selection(chosen, gaps=_gaps(chosen, line), undated=len(line) - len(known))


def _in_weeks(query: Query, line: Line) -> Selection:
    known = [p for p in line if p.week is not None]
    first, last = query.period.first_week, query.period.last_week
    assert first is not None
    last = last if last is not None else max((p.week or 0 for p in known), default=first)
    asked = sorted({first, max(first, last)})
    by_week = {week: [p for p in known if p.week == week] for week in asked}
    absent = tuple(week for week in asked if not by_week[week])
    if absent:
        return Selection(absent=absent, nearest=_nearest(query, asked, known))
    chosen = tuple(max(by_week[week], key=lambda p: _sample(p, query)) for week in asked)
    return Selection(chosen, (), _gaps(chosen, line), max(len(by_week[week]) for week in asked))


def _nearest(query: Query, asked: Sequence[int], known: Line) -> tuple[Placed[SessionPoint], ...]:
    """Return the sessions that stand nearest to two weeks, a week away or a quarter of the time between them."""
    if len(asked) < 2:
        return ()
    reach = max(1, (asked[-1] - asked[0]) // 4)
    inside = [p for p in known if p.week is not None and asked[0] <= p.week <= asked[-1]]
    found = []
    for week in asked:
        near = [p for p in inside if abs((p.week or 0) - week) <= reach]
        if not near:
            return ()
        found.append(min(near, key=lambda p: (abs((p.week or 0) - week), -_sample(p, query))))
    return tuple(found) if found[0].week != found[1].week else ()


def _sample(placed: Placed[SessionPoint], query: Query) -> int:
    found = (placed.point.measure(measure_id) for measure_id in query.theme.headline)
    return max((m.n or 0 for m in found if m is not None and m.value is not None), default=-1)


def _in_days(period: Period, line: Line) -> tuple[Placed[SessionPoint], ...]:
    dated = [(day, p) for p in line if (day := calendar_day(p.point.date)) is not None]
    if not dated or period.first_day is None:
        return ()
    latest = max(day for day, _ in dated)
    named = [day for day in (period.first_day, period.last_day) if day is not None]
    start = min(day.first_day(latest) for day in named)
    end = max(day.last_day(latest) for day in named) if period.last_day else date.max
    return tuple(p for day, p in dated if start <= day <= end)


def _ends(inside: Line) -> tuple[Placed[SessionPoint], ...]:
    return tuple(inside) if len(inside) == 1 else (inside[0], inside[-1])


def _gaps(chosen: Line, line: Line) -> tuple[int, ...]:
    weeks = [p.week for p in chosen if p.week is not None]
    return missing_weeks(line, weeks[0], weeks[-1]) if len(weeks) == 2 else ()
