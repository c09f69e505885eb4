"""The account of a session or a period from the store: facts, in a voice, with what was decided about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sdc.companion.activities import Activity, Tried, choose_activity, find_activity
from sdc.companion.adult_side import AdultFact, adult_side
from sdc.companion.period import PeriodFacts, Voice, tell_period
from sdc.companion.question import known_themes
from sdc.errors import InputError, NotFoundError
from sdc.pipeline.goals import standings_of
from sdc.pipeline.history import whole_history
from sdc.pipeline.progressing import DEFAULT_MEASURES
from sdc.pipeline.reviewing import Reviewed, dismissed_topics, on_page, outdated
from sdc.progress import Placed, SessionPoint, place, progress_along, stated_phases
from sdc.progress.goals import Standing
from sdc.progress.many import MAX_VERDICTS
from sdc.store.records import Child
from sdc.store.repository import Repository


@dataclass(frozen=True, slots=True)
class Span:
    """What an account is about: a session, a time, or (nothing given) everything.

    Attributes
    ----------
    session_id : str or None
    first, last : str or None
        ISO dates, both inside.
    """

    session_id: str | None = None
    first: str | None = None
    last: str | None = None

    def page(self, voice: Voice) -> str:
        """Return what an account of this in a voice is kept by."""
        return f"account:{self.session_id or ''}:{self.first or ''}:{self.last or ''}:{voice}"


@dataclass(frozen=True, slots=True)
class ChildAccount:
    """What is told of a child's session or period.

    Attributes
    ----------
    child : Child
    voice : {"therapist", "parent"}
    sessions : tuple[str, ...]
        Ids, oldest first.
    insights : tuple[Reviewed, ...]
    activity : Activity or None
        The one of the idea, where it is told.
    line : tuple[Placed[SessionPoint], ...]
        All sessions of the child, oldest first.
    outdated : tuple[Reviewed, ...]
        What was approved here before, and whose figures have changed since.
    """

    child: Child
    voice: Voice
    sessions: tuple[str, ...]
    insights: tuple[Reviewed, ...]
    activity: Activity | None = None
    line: tuple[Placed[SessionPoint], ...] = ()
    outdated: tuple[Reviewed, ...] = ()


def child_account(repository: Repository, child_id: str, span: Span, voice: Voice) -> ChildAccount:
    """Tell of a child's session or period.

    Raises
    ------
    NotFoundError
        No such child; a session that is not this child's.
    InputError
        ``insights.dates``: no dates; ``insights.empty``: no session in that time.
    """
    child = repository.child(child_id)
    line = place(whole_history(repository, child.id))
    inside = _inside(line, span)
    facts = period_facts(repository, child, line, inside)
    told = tell_period(facts, voice)
    history, page = repository.feedback.history(child.id), span.page(voice)
    shown = tuple(on_page(told, history, page))
    has_idea = any(r.insight.kind == "idea" and r.insight.status != "dismissed" for r in shown)
    ids = tuple(p.point.session_id for p in inside)
    activity = facts.activity if has_idea else None
    return ChildAccount(child, voice, ids, shown, activity, line, outdated(repository, shown, history, page))


def period_facts(
    repository: Repository, child: Child, line: Sequence[Placed[SessionPoint]], inside: Sequence[Placed[SessionPoint]]
) -> PeriodFacts:
    """Collect what is known of some sessions of a child: measures, goals, adults, an activity."""
    standings = tuple(s for s in standings_of(repository, child.id, line) if s.goal.is_open)
    chosen = tuple(dict.fromkeys(s.goal.measure for s in standings)) or DEFAULT_MEASURES
    chosen = chosen[:MAX_VERDICTS]
    span = inside if len(inside) > 1 else _up_to(line, inside[-1])
    phases = stated_phases(repository.phase_plans.latest(child.id), line, span)
    heard, adults = _adults(repository, inside)
    dismissed = dismissed_topics(repository, child.id)
    answers = repository.feedback.answers(child.id)
    activity = choose_activity(
        themes=_themes(standings, chosen),
        adult=[fact.kind for fact in adults],
        age_months=inside[-1].point.age_months,
        tried=[Tried(a.activity, a.at, a.went) for a in answers if find_activity(a.activity)],
        rejected={topic.removeprefix("idea.") for topic in dismissed if topic.startswith("idea.")},
    )
    return PeriodFacts(
        tuple(line),
        tuple(inside),
        progress_along(span, chosen, chosen=chosen, phases=phases),
        standings,
        adults,
        heard,
        activity,
        bool(answers),
        dismissed,
        child.name,
    )


def _up_to(line: Sequence[Placed[SessionPoint]], last: Placed[SessionPoint]) -> list[Placed[SessionPoint]]:
    place_of = next(i for i, p in enumerate(line) if p.point.session_id == last.point.session_id)
    return list(line[: place_of + 1])


def _adults(
    repository: Repository, inside: Sequence[Placed[SessionPoint]]
) -> tuple[Placed[SessionPoint] | None, tuple[AdultFact, ...]]:
    """Return what the adults did in the latest session that tells of them."""
    for placed in reversed(inside):
        stored = repository.session(placed.point.session_id)
        facts = adult_side(stored.session, stored.analysis)
        if facts:
            return placed, facts
    return None, ()


def _themes(standings: Sequence[Standing], chosen: Sequence[str]) -> list[str]:
    """Return the themes of the goals (those not met first), or of what is followed."""
    goals = sorted(standings, key=lambda s: s.status == "met")
    measures = [s.goal.measure for s in goals] or list(chosen)
    table = known_themes()
    return list(dict.fromkeys(t.name for m in measures for t in table if m in (*t.headline, *t.others, *t.also)))


def _inside(line: Sequence[Placed[SessionPoint]], span: Span) -> list[Placed[SessionPoint]]:
    if span.session_id is not None:
        found = [p for p in line if p.point.session_id == span.session_id]
        if not found:
            raise NotFoundError("There is no such session.", code="session.not-found", hint="See the child's sessions.")
        return found
    first, last = _day(span.first), _day(span.last)
    inside = [p for p in line if _lies_in(p.point.date, first, last)]
    if not inside:
        raise InputError(
            "There is no session in that time.", code="insights.empty", hint="See the child's sessions, or add one."
        )
    return inside


def _lies_in(day: str | None, first: str | None, last: str | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first is None or first <= day) and (last is None or day <= last)


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InputError(f"{text!r} is no date.", code="insights.dates", hint="Write 2026-03-02.") from error
