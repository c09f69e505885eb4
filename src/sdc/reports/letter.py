"""The letter to the family: a strength, a change or that all is steady, an idea, what is not known, whom to ask.

No measure's name, no rule, no norm: what is for therapists and researchers stays out. The language is
that of reading grade 6 to 8 at most, which a test measures.
"""

from __future__ import annotations

from collections.abc import Iterator

from sdc.companion import wordbook
from sdc.progress import Placed, SessionPoint, missing_weeks
from sdc.reports.document import Lines, Listing, Section, Text
from sdc.reports.facts import ReportFacts
from sdc.reports.figures import show_date
from sdc.reports.words import Told
from sdc.session import Evidence, Insight, InsightKind, TimeSpan

CHANGED = ("increase", "decrease")
MAX_LISTED_WEEKS = 4
MAX_STRENGTHS = 2


def letter_sections(facts: ReportFacts) -> tuple[Section, ...]:
    """Return the sections of a letter to the family."""
    told, who = Told(facts.latest.point), wordbook.who(facts.child.name)
    idea = _of_kind(facts, "idea")[:1]
    return (
        Section("about", "About this letter", _paragraph(_opening(facts, told, who))),
        Section("heard", "What was heard", _paragraph(_strength(facts, told, who))),
        Section("changed", "What changed", _paragraph(_change(facts, told, who))),
        *((Section("idea", "An idea to try", _paragraph([i.text for i in idea])),) if idea else ()),
        Section("unknown", "What we do not know", (Listing(tuple(_unknown(facts, told, who))),)),
        Section("ask", "Whom to ask", _whom_to_ask(facts, told)),
        Section("signature", "From your therapist", (Lines("Name, signature, date", 2),)),
    )


def _of_kind(facts: ReportFacts, kind: InsightKind) -> list[Insight]:
    return [insight for insight in facts.for_family if insight.kind == kind]


def _paragraph(sentences: list[str]) -> tuple[Text, ...]:
    return (Text(" ".join(sentences)),)


def _opening(facts: ReportFacts, told: Told, who: str) -> list[str]:
    n = len(facts.sessions)
    dated = [p for p in _line(facts) if p.point.date is not None]
    key = "opening" if n > 1 else "opening_single"
    cited = [told.count("recordings", float(n)), *(told.day(p) for p in dated)]
    if not dated:
        return list(told.say("letter", f"{key}_undated", *cited, n=n, who=who))
    days = sorted(str(p.point.date) for p in dated)
    first, last = (wordbook.show_date(day) for day in (days[0], days[-1]))
    if first == last and n > 1:
        return list(told.say("letter", "opening_day", *cited, n=n, who=who, first=first))
    return list(told.say("letter", key, *cited, n=n, who=who, first=first, last=last))


def _line(facts: ReportFacts) -> list[Placed[SessionPoint]]:
    inside = {s.id for s in facts.sessions}
    return [p for p in facts.line if p.point.session_id in inside]


def _strength(facts: ReportFacts, told: Told, who: str) -> list[str]:
    """Tell the strengths of the account; of a quotation also on which day and where to hear it."""
    strengths = _of_kind(facts, "strength")[:MAX_STRENGTHS]
    found = [text for s in strengths for text in (s.text, *_where(s, facts, told))]
    return found or list(told.say("letter", "no_strength", who=who))


def _where(insight: Insight, facts: ReportFacts, told: Told) -> tuple[str, ...]:
    """Return when it was said, and where in the recording, when that is kept and the transcript has times."""
    quoted = next((e for e in insight.evidence if e.quote is not None), None)
    if quoted is None or quoted.date is None:
        return ()
    day, cited = show_date(quoted.date), told.box.add(quoted)
    span = _span(quoted, facts)
    if span is None:
        return told.say("letter", "said_on", cited, day=day)
    minutes, seconds = divmod(span.start_ms // 1000, 60)
    at = (told.count("start_min", float(minutes)), told.count("start_s", float(seconds)))
    return told.say("letter", "said_at", cited, *at, day=day, minutes=minutes, seconds=seconds)


def _span(quoted: Evidence, facts: ReportFacts) -> TimeSpan | None:
    session = next((s for s in facts.sessions if s.id == quoted.session), None)
    if session is None or not session.has_recording:
        return None
    return next((u.span for u in session.point.utterances if u.index in quoted.utterances), None)


def _change(facts: ReportFacts, told: Told, who: str) -> list[str]:
    """Tell a change that is larger than its error, else that all is steady, or that it cannot be told; then goals."""
    changes = _of_kind(facts, "change")
    goals = [insight.text for insight in changes if insight.verdict is None]
    if len(facts.sessions) == 1:
        return [*told.say("letter", "single", told.count("recordings", 1.0), n=1), *goals]
    moved = [insight.text for insight in changes if insight.verdict in CHANGED][:1]
    if moved:
        return [*moved, *goals]
    key = "steady" if any(i.verdict == "no_clear_change" for i in changes) else "cannot_tell"
    return [*told.say("letter", key, who=who), *goals]


def _whom_to_ask(facts: ReportFacts, told: Told) -> tuple[Text | Listing, ...]:
    questions = tuple(insight.text for insight in _of_kind(facts, "question"))
    closing = Text(" ".join(told.say("letter", "closing")))
    asked = Text(" ".join(told.say("letter", "ask_therapist")))
    if not questions:
        return (asked, closing)
    return (asked, Text(" ".join(told.say("letter", "questions"))), Listing(questions), closing)


def _unknown(facts: ReportFacts, told: Told, who: str) -> Iterator[str]:
    counts = {
        "context": sum(not s.context for s in facts.sessions),
        "sound": sum(not s.has_recording for s in facts.sessions),
    }
    yield from (insight.text for insight in _of_kind(facts, "caveat"))
    yield from told.say("letter_unknown", "day", who=who)
    yield from told.say("letter_unknown", "why")
    for key, n in counts.items():
        if n:
            yield from told.say("letter_unknown", key, told.count(key, float(n)), n=n)
    present = [s.week for s in facts.sessions if s.week is not None]
    gaps = missing_weeks(facts.line, min(present), max(present)) if present else ()
    if 0 < len(gaps) <= MAX_LISTED_WEEKS:
        cited = (told.box.empty_week(week) for week in gaps)
        yield from told.say("letter_unknown", "gaps", *cited, weeks=wordbook.weeks(gaps))
