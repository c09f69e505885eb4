"""Which session a sentence puts a figure into, held against the session that the figure is from.

"22 % in week 5 and 3 % in week 1" holds two true figures and two true weeks, the wrong way round.
A sentence that names times must put each figure of a session, and each quotation, beside its own
time: clause by clause, or in the same order ("from 22 to 3 % between week 1 and week 5"). One that
names none must tell a measure's figures in the order of the sessions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sdc.companion.grounding import WEEK, evidence_values, figures, times, without_quotes, without_times
from sdc.companion.wording import QUOTED
from sdc.progress.timeline import calendar_day
from sdc.session import Claim, Evidence

CLAUSE = re.compile(
    r"[;,.:]\s|\s[-–—]\s|\b(?:and|but|while|whereas|then|to|versus|vs|against|compared)\b", re.IGNORECASE
)
_LATER = re.compile(
    r"\b(?:later|last|latest|newer|newest|recent|end|now|afterwards|second (?:recording|session|one))\b", re.IGNORECASE
)
_EARLIER = re.compile(
    r"\b(?:earlier|earliest|first|initial\w*|start|beginning|previous\w*|older|before)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Item:
    """A figure or a time in a sentence, and the sessions that it may mean."""

    start: int
    end: int
    text: str
    sessions: frozenset[str]
    measures: frozenset[str] = frozenset()


def placing_faults(claim: Claim, cited: Sequence[Evidence]) -> Iterator[str]:
    """Yield the figures and quotations that a claim puts into another session than theirs."""
    order = _order(cited)
    named, told = _times(claim.text, cited, order), _told(claim.text, cited)
    if not told:
        return
    if not named:
        if not _in_order(told, order):
            yield "figures that are not in the order of the sessions"
        return
    if not (_fits_by_clause(claim.text, told, named) or _fits_by_order(told, named)):
        yield f"{' and '.join(item.text for item in told)} beside the wrong time"


def _order(cited: Sequence[Evidence]) -> list[str]:
    """Return the sessions cited, oldest first, as far as week or date tells."""
    weeks = {e.session: e.value for e in cited if e.measure == WEEK and e.session and e.value is not None}
    known = dict.fromkeys(e.session for e in cited if e.session)
    dates = {e.session: e.date or "" for e in cited if e.session}
    return sorted(known, key=lambda s: (weeks.get(s, float("inf")), dates.get(s, "")))


def _times(text: str, cited: Sequence[Evidence], order: list[str]) -> list[_Item]:
    """Return the times that a sentence names, those beside each other for one session as one."""
    plain = without_quotes(text)
    found = [_Item(a, b, plain[a:b], _sessions_of(when, cited)) for a, b, when in times(plain)]
    words = without_times(plain)
    if len(order) > 1:
        for pattern, session in ((_EARLIER, order[0]), (_LATER, order[-1])):
            found += [_Item(*m.span(), m.group(), frozenset({session})) for m in pattern.finditer(words)]
    merged: list[_Item] = []
    for item in sorted((i for i in found if i.sessions), key=lambda i: (i.start, i.end)):
        last = merged[-1] if merged else None
        if last and item.sessions & last.sessions and not re.search(r"\w", text[last.end : item.start]):
            merged[-1] = _Item(last.start, item.end, last.text, item.sessions & last.sessions)
        else:
            merged.append(item)
    return merged


def _sessions_of(when: date | str | float, cited: Sequence[Evidence]) -> frozenset[str]:
    if isinstance(when, float):
        return frozenset(e.session for e in cited if e.measure == WEEK and e.value == when and e.session)
    return frozenset(e.session for e in cited if e.date and e.session and calendar_day(e.date) == when)


def _told(text: str, cited: Sequence[Evidence]) -> list[_Item]:
    """Return the figures of a session and the quotations; differences and errors are of no session."""
    found = []
    for figure in figures(without_times(without_quotes(text))):
        shown = [e for e in cited if any(figure.shows(value) for value in evidence_values(e))]
        if shown and all(e.session and e.measure and "." not in e.measure for e in shown):
            found.append(_Item(figure.start, figure.end, figure.text, *_from(shown)))
    for match in QUOTED.finditer(text):
        said = " ".join(match.group()[1:-1].split())
        sessions = frozenset(e.session for e in cited if e.quote and " ".join(e.quote.split()) == said)
        found.append(_Item(*match.span(), match.group(), sessions))
    return sorted(found, key=lambda item: item.start)


def _from(shown: Sequence[Evidence]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sessions and the measures of evidence."""
    return frozenset(e.session for e in shown), frozenset(e.measure for e in shown if e.measure)


def _in_order(told: list[_Item], order: list[str]) -> bool:
    """Tell whether the figures of each measure, and the quotations, go from earlier sessions to later ones."""
    kinds = dict.fromkeys(kind for item in told for kind in item.measures or {""})
    return all(_rises([i for i in told if kind in (i.measures or {""})], order) for kind in kinds)


def _rises(told: list[_Item], order: list[str]) -> bool:
    reached = 0
    for item in told:
        later = [order.index(s) for s in item.sessions if s in order and order.index(s) >= reached]
        if not later:
            return False
        reached = min(later)
    return True


def _fits_by_clause(text: str, told: list[_Item], named: list[_Item]) -> bool:
    """Bind each figure to the one time in its clause; without one to the nearest clause on the side of the first."""
    cuts = [0, *(m.end() for m in CLAUSE.finditer(closed(text))), len(text)]
    spans = list(pairwise(cuts))
    in_clause = [[t for t in named if a <= t.start < b] for a, b in spans]
    leads = named[0].start < told[0].start
    for item in told:
        here = next(i for i, (a, b) in enumerate(spans) if a <= item.start < b)
        side = range(here, -1, -1) if leads else range(here, len(spans))
        when = next((in_clause[i] for i in side if in_clause[i]), [])
        if len(when) != 1 or not when[0].sessions & item.sessions:
            return False
    return True


def closed(text: str) -> str:
    """Return the text with blanks in brackets and quotations: no clause ends there."""
    return re.sub(r"\([^()]*\)", lambda m: "x" * len(m.group()), re.sub(QUOTED, lambda m: "x" * len(m.group()), text))


def _fits_by_order(told: list[_Item], named: list[_Item]) -> bool:
    """Bind equally long runs of figures to the times in their order."""
    each, rest = divmod(len(told), len(named))
    if rest or not each:
        return False
    return all(item.sessions & named[index // each].sessions for index, item in enumerate(told))
