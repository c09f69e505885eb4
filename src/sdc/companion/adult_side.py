"""What the adults do in a conversation that a coach could work on: how long they wait, what they add, what they follow.

Counted, not judged: there is no right value. Words are compared as for echoes (``measures/exchanges``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from sdc.measures.counting import Line
from sdc.measures.exchanges import Exchange, Said, adult_codes, find_exchanges, find_said, is_question, is_voiced
from sdc.measures.sample import count_lines
from sdc.measures.timing import ANSWER_WINDOW_MS
from sdc.session import Analysis, Session

AdultKind = Literal["wait_time", "expansions", "comments", "responsiveness", "turns"]

MINIMUM_TIMED = 10
"""Below so many pauses or utterances nothing is told (MEASURES, common ground: latencies)."""


@dataclass(frozen=True, slots=True)
class AdultFact:
    """One thing that the adults did in a session.

    Attributes
    ----------
    kind : str
        What it is about, as activities name it.
    figure : str
        Name of the figure with its version: ``adult.pause_s.v1``.
    value : float
    n : int
        What it rests on: pauses, utterances.
    utterances : tuple[int, ...]
        Where it can be heard.
    """

    kind: AdultKind
    figure: str
    value: float
    n: int
    utterances: tuple[int, ...] = ()


def adult_side(session: Session, analysis: Analysis) -> tuple[AdultFact, ...]:
    """Return what the adults did in a session; nothing where child or adults are not known.

    Parameters
    ----------
    session : Session
    analysis : Analysis
        Of that session: how often an adult followed the child comes from there.
    """
    target = session.target
    if target is None:
        return ()
    adults = adult_codes(session) - {target.code}
    lines = count_lines(session)
    said = find_said(lines)
    found = (
        _pauses(lines, adults),
        _expansions(said, target.code, adults),
        _questions(lines, adults),
        _followed(analysis, adults),
    )
    return tuple(fact for fact in found if fact is not None)


def _pauses(lines: Sequence[Line], adults: frozenset[str]) -> AdultFact | None:
    """Tell how long the adults wait after they spoke before they speak again, where nobody else spoke between."""
    gaps: dict[int, int] = {}
    before: tuple[str, int] | None = None
    for line in lines:
        if not is_voiced(line):
            continue
        span, speaker = line.utterance.span, line.utterance.speaker
        if before is not None and span is not None and speaker in adults and before[0] in adults:
            gap = span.start_ms - before[1]
            if 0 <= gap <= 2 * ANSWER_WINDOW_MS:
                gaps[line.index] = gap
        before = (speaker, span.end_ms) if span is not None else None
    if len(gaps) < MINIMUM_TIMED:
        return None
    return AdultFact("wait_time", "adult.pause_s.v1", median(gaps.values()) / 1000, len(gaps), _longest(gaps))


def _longest(gaps: dict[int, int]) -> tuple[int, ...]:
    return tuple(sorted(sorted(gaps, key=lambda index: (-gaps[index], index))[:3]))


def _expansions(said: tuple[Said, ...], child: str, adults: frozenset[str]) -> AdultFact | None:
    """Count the adults' utterances right after the child's that hold all of its words and more."""
    replies = [e for adult in adults for e in find_exchanges(said, adult, frozenset({child})) if e.before]
    replies = [e for e in replies if e.before and e.before.words and e.before.known]
    if len(replies) < MINIMUM_TIMED:
        return None
    found = sorted(e.index for e in replies if is_expansion(e))
    return AdultFact("expansions", "adult.expansions.v1", float(len(found)), len(replies), tuple(found))


def is_expansion(exchange: Exchange) -> bool:
    """Whether an utterance says all the words of the one before it again, and more (CHIP's $EXPAN, in any order)."""
    if exchange.before is None or not exchange.before.words:
        return False
    before, now = Counter(exchange.before.words), Counter(exchange.words)
    return before <= now and now.total() > before.total()


def _questions(lines: Sequence[Line], adults: frozenset[str]) -> AdultFact | None:
    spoken = [line for line in lines if is_voiced(line) and line.utterance.speaker in adults]
    if len(spoken) < MINIMUM_TIMED:
        return None
    asked = tuple(line.index for line in spoken if is_question(line))
    return AdultFact("comments", "adult.questions.v1", float(len(asked)), len(spoken), asked)


def _followed(analysis: Analysis, adults: frozenset[str]) -> AdultFact | None:
    """Tell after which share of the child's utterances an adult spoke within five seconds: who had most chances."""
    known = [
        m
        for code in sorted(adults)
        if (speaker := analysis.speakers.get(code)) and (m := speaker.measures.get("responsiveness_pct"))
    ]
    told = [m for m in known if m.value is not None and (m.n or 0) >= MINIMUM_TIMED]
    chosen = max(told, key=lambda m: (m.n or 0, m.value or 0.0), default=None)
    if chosen is None or chosen.value is None or chosen.n is None:
        return None
    return AdultFact("responsiveness", "adult.responsiveness_pct.v1", chosen.value, chosen.n, chosen.utterances)
