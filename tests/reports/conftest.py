"""Made-up children in memory: sessions are written as CHAT, read and measured for real; no store, no files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sdc.companion import insights
from sdc.companion.activities import choose_activity
from sdc.companion.period import PeriodFacts, Voice, tell_period
from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse
from sdc.pipeline.progressing import DEFAULT_MEASURES
from sdc.progress import SessionPoint
from sdc.reports import Period, ReportFacts, report_facts
from sdc.session import Insight
from sdc.store.records import Child, SessionEntry, StoredRecording, StoredSession

HEAD = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI Child Target_Child, MOT Mother",
    "@ID:\teng|sdc|CHI|3;02.00|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
)
SAID = (
    "the dog runs",
    "&-um a big ball",
    "I want <the the> [//] the red train",
    "look there",
    "no",
    "we go home now",
    "it is my blue car",
)
MADE_ON = "2026-11-25"


def transcript(n_lines: int, extra: str, day: date | None, context: str | None) -> str:
    lines = [*HEAD]
    lines += ["@Date:\t" + f"{day:%d-%b-%Y}".upper()] if day else []
    lines += [f"@Situation:\t{context}"] if context else []
    for i in range(n_lines):
        lines.append(f"*CHI:\t{SAID[i % len(SAID)]}{extra} . \x15{2000 * i}_{2000 * i + 900}\x15")
        lines.append(f"*MOT:\tand then ? \x15{2000 * i + 1000}_{2000 * i + 1700}\x15")
    return "\n".join([*lines, "@End"]) + "\n"


def stored_session(
    index: int, *, n_lines: int, extra: str, day: date | None, context: str | None, recorded: bool, **more: object
) -> StoredSession:
    session = read_chat(transcript(n_lines, extra, day, context).encode(), source=f"week{index}.cha")
    analysis = analyse(session)
    told = insights(session, analysis, (), session_id=f"s{index}")
    sound = StoredRecording("0" * 64, "visit.wav", "audio", 61.0, f"b{index}") if recorded else None
    entry = SessionEntry(
        f"s{index}",
        "c1",
        session.source,
        "chat",
        session.date,
        session.context,
        SessionPoint.of("", session, {}).age_months,
        "CHI",
        len(session.utterances),
        duration_s=61.0 if recorded else None,
        recording=sound,
        **more,
    )
    return StoredSession(entry, session, analysis, told)


def account(facts: ReportFacts, voice: Voice) -> tuple[Insight, ...]:
    """Tell the period, as the pipeline does it from a store."""
    inside = tuple(p for p in facts.line if p.point.session_id in {s.id for s in facts.sessions})
    activity = choose_activity(themes=["sentence length"])
    known = PeriodFacts(facts.line, inside, facts.progress, facts.standings, activity=activity, child=facts.child.name)
    return tell_period(known, voice)


Make = Callable[..., ReportFacts]


@pytest.fixture(scope="session")
def stored() -> Callable[..., list[StoredSession]]:
    """Sessions a week apart: ``stored(5, extra=["", " and more"], recorded=False)``; ``extra`` is said at the ends."""

    def make(
        n: int,
        *,
        n_lines: int = 7,
        extra: list[str] | None = None,
        dated: bool = True,
        context: str | None = "toy play",
        recorded: bool = True,
        **more: object,
    ) -> list[StoredSession]:
        first = date(2026, 3, 2)
        return [
            stored_session(
                i,
                n_lines=n_lines,
                extra=extra[i] if extra else "",
                day=first + timedelta(days=7 * i) if dated else None,
                context=context,
                recorded=recorded,
                **more,
            )
            for i in range(n)
        ]

    return make


@pytest.fixture(scope="session")
def facts(stored) -> Make:
    """Take the facts of a made-up child's report: ``facts(5, name="Mia", period=Period(...))``."""

    def make(n: int = 3, *, name: str = "Mia", period: Period | None = None, **more: object) -> ReportFacts:
        child = Child("c1", name, "2023-01-01", "female")
        found = report_facts(child, stored(n, **more), DEFAULT_MEASURES, period=period, made_on=MADE_ON)
        return replace(found, for_family=account(found, "parent"), for_therapist=account(found, "therapist"))

    return make


@pytest.fixture(scope="session")
def growing(facts) -> ReportFacts:
    """A child whose utterances have grown by much more than their error: 56 utterances a session."""
    longer = ["", "", " yes", " yes and no", " yes and no and so on", " yes and no and so on and on"]
    return facts(6, n_lines=56, extra=longer)
