"""The letter to the family: a strength, a change or that all is steady, an idea, what is not known, whom to ask.

No measure's name, no rule, no norm: what is for therapists and researchers stays out. The language is
that of reading grade 6 to 8 at most, which a test measures.
"""

from __future__ import annotations

from collections.abc import Iterator

from sdc.companion import wordbook
from sdc.companion.activities import choose_activity
from sdc.companion.question import themes
from sdc.companion.quotes import Quote, longest_quote
from sdc.progress import MeasureProgress, Placed, SessionPoint, missing_weeks
from sdc.reports.document import Lines, Listing, Section, Text
from sdc.reports.facts import ReportFacts, SessionFacts
from sdc.reports.words import Told, has_sentence

CHANGED = ("increase", "decrease")
MAX_LISTED_WEEKS = 4


def letter_sections(facts: ReportFacts) -> tuple[Section, ...]:
    """Return the sections of a letter to the family."""
    told, who = Told(facts.latest.point), wordbook.who(facts.child.name)
    return (
        Section("About this letter", _paragraph(_opening(facts, told, who))),
        Section("What was heard", _paragraph(_strength(facts, told, who))),
        Section("What changed", _paragraph(_change(facts, told, who))),
        Section("An idea to try", _idea(facts, told)),
        Section("What we do not know", (Listing(tuple(_unknown(facts, told, who))),)),
        Section("Whom to ask", _paragraph([*told.say("letter", "ask_therapist"), *told.say("letter", "closing")])),
        Section("From your therapist", (Lines("Name, signature, date", 2),)),
    )


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
    """Quote the longest utterance of the latest session that has one, with where to hear it."""
    for session in reversed(facts.sessions):
        quote = longest_quote(session.point)
        if quote is not None:
            sentences = _quoted(session, quote, told, who)
            if sentences:
                return sentences
    return list(told.say("letter", "no_strength"))


def _quoted(session: SessionFacts, quote: Quote, told: Told, who: str) -> list[str]:
    cited = told.box.quote(session.point, quote.index, quote.words)
    if session.date is None:
        said = told.say("letter", "strength_undated", cited, who=who, quote=quote.words)
    else:
        said = told.say("letter", "strength", cited, day=wordbook.show_date(session.date), who=who, quote=quote.words)
    return [*said, *_where(session, quote, told), *told.say("letter", "strength_why", who=who)] if said else []


def _where(session: SessionFacts, quote: Quote, told: Told) -> tuple[str, ...]:
    """Return where in the recording it is, when it is kept and the transcript has times."""
    span = next((u.span for u in session.point.utterances if u.index == quote.index), None)
    if span is None or not session.has_recording:
        return ()
    minutes, seconds = divmod(span.start_ms // 1000, 60)
    cited = (told.count("start_min", float(minutes)), told.count("start_s", float(seconds)))
    return told.say("letter", "strength_time", *cited, minutes=minutes, seconds=seconds)


def _change(facts: ReportFacts, told: Told, who: str) -> list[str]:
    if len(facts.sessions) == 1:
        return list(told.say("letter", "single", told.count("recordings", 1.0), n=1))
    for found in facts.progress:
        sentences = _changed(found, facts, told, who)
        if sentences:
            return sentences
    known = any(found.verdict in (*CHANGED, "no_clear_change") for found in facts.progress)
    return list(told.say("letter", "steady" if known else "cannot_tell", who=who))


def _changed(found: MeasureProgress, facts: ReportFacts, told: Told, who: str) -> list[str]:
    """Tell a change that is larger than its error, by the values of the first and the last session behind it."""
    key = f"{found.measure}_{found.verdict}"
    pair = found.comparison
    if found.verdict not in CHANGED or not has_sentence("letter_change", key) or pair is None:
        return []
    first, second = pair.first, pair.second
    words = wordbook.measure_words(found.measure)
    ends = [p for p in facts.line if p.point.session_id in (found.used[0], found.used[-1])]
    if first is None or second is None or first.value is None or second.value is None or words is None:
        return []
    if (second.value > first.value) != (found.verdict == "increase"):
        return []  # the trend and its two ends disagree: figures of the ends would confuse
    cited = [*(told.day(p) for p in ends), *(told.box.measure(p.point, found.measure) for p in ends)]
    figures = {"first": words.number(first.value), "second": words.number(second.value)}
    said = told.say("letter_change", key, *cited, who=who, **figures)
    days = [p.point.date for p in ends]
    between: tuple[str, ...] = ()
    if len(days) == 2 and days[0] and days[1]:
        shown = {"first": wordbook.show_date(days[0]), "last": wordbook.show_date(days[1])}
        between = told.say("letter", "between", *cited, **shown)
    return [*said, *between, *told.say("letter", "usual")] if said else []


def _idea(facts: ReportFacts, told: Told) -> tuple[Text | Listing, ...]:
    """Choose an activity for what the child's goals are about, else for what has changed or is followed."""
    goals = [s.goal.measure for s in facts.standings]
    followed = [m.measure for m in sorted(facts.progress, key=lambda m: m.verdict not in CHANGED)]
    wanted = list(dict.fromkeys(theme for measure in (*goals, *followed) for theme in _themes(measure)))
    activity = choose_activity(themes=wanted, age_months=facts.latest.age_months)
    assert activity is not None  # there are activities for every age
    steps = tuple(text for step in activity.steps for text in told.checked(step))
    return (Text(f"{activity.title}."), Listing(steps))


def _themes(measure_id: str) -> list[str]:
    return [theme.name for theme in themes() if measure_id in theme.headline]


def _unknown(facts: ReportFacts, told: Told, who: str) -> Iterator[str]:
    counts = {
        "recogniser": sum(s.is_recognised for s in facts.sessions),
        "context": sum(not s.context for s in facts.sessions),
        "sound": sum(not s.has_recording for s in facts.sessions),
    }
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
