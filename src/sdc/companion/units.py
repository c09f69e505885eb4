"""The unit that stands beside a figure is the unit of what the figure shows: 22 % is not 22 words.

A figure is grounded when a cited value is that figure (``grounding``); here the words behind it are
held against the unit of that value, of its difference, or against what its ``n`` counts. The units
are those of ``sentences.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sdc.companion import wordbook
from sdc.companion.grounding import Figure, evidence_values, figures, without_quotes, without_times
from sdc.session import Claim, Evidence

MAX_BETWEEN = 2
"""So many words may stand between a figure and its unit: "52 complete utterances"."""

SPOKEN = {
    "percent": "%",
    "per cent": "%",
    "percentage point": "percentage points",
    "hertz": "hz",
    "second": "s",
    "seconds": "s",
    "sec": "s",
    "secs": "s",
    "db": "decibels",
    "session": "recordings",
    "sessions": "recordings",
    "recording": "recordings",
    "samples": "recordings",
}
"""Other words for a unit."""

OTHERS = ("ms", "khz", "minutes", "minute", "min", "hours", "days", "weeks", "months", "years", "recordings")
"""Units that no measure has, and those of figures that are no measure's; beside a figure they are units, too."""

ALWAYS = frozenset({"%", "hz", "s", "semitones", "decibels"})
"""Units that are always told with a value of theirs."""

PLAIN: dict[str, str] = {
    "own_recordings": "recordings",
    "recordings": "recordings",
    "sessions_in_week": "recordings",
    "weeks_without_session": "weeks",
}
"""Figures that are no measure's → what they count."""

_RATE = re.compile(r"\s*(?:an?|per|each|every|/)\s*(second|minute|hour|day|week|month|year)\b")
_SHARED = re.compile(r"^(?:\s*(?:and|to|or|–)\s*[-−]?\d[\d.,]*(?=[\s%]))+")
"""Figures that share a unit: "from 22.0 to 3.0 %"."""
_PREPOSITIONS = "of|in|for|from|on|per|than|by|and|to|at|is|was|were"


def unit_faults(claim: Claim, cited: Sequence[Evidence]) -> Iterator[str]:
    """Yield what is wrong with the units in a claim; its figures themselves are ``grounding``'s."""
    text = without_times(without_quotes(claim.text)).lower()
    for figure in figures(text):
        shown = [e for e in cited if any(figure.shows(value) for value in evidence_values(e))]
        told = _told(text, figure)
        allowed = {unit for e in shown for unit in _allowed(e, figure)}
        if not shown:
            continue
        if told is not None and told not in allowed:
            yield f"{figure.text} {told} (it is {_listed(allowed)})"
        elif told is None and allowed and allowed <= ALWAYS:
            yield f"{figure.text} without its unit ({_listed(allowed)})"


def _listed(units: set[str]) -> str:
    return " or ".join(sorted(filter(None, units))) or "a number without a unit"


def _told(text: str, figure: Figure) -> str | None:
    """Return the unit that stands behind a figure, with its rate; None where no unit stands there."""
    rest = _SHARED.sub("", text[figure.end :])
    match = _pattern().match(rest)
    if match is None:
        return None
    name = match.group("sign") or match.group("noun")
    unit = SPOKEN.get(name, name)
    rate = _RATE.match(rest[match.end() :])
    return f"{unit} a {rate.group(1)}" if rate else unit


def _allowed(evidence: Evidence, figure: Figure) -> Iterator[str]:
    """Yield the units under which a figure may show an evidence."""
    name = evidence.measure or ""
    base, _, figure_kind = name.partition(".")
    words = wordbook.measure_words(base)
    if evidence.n is not None and figure.shows(float(evidence.n)):
        yield from _counts(words, figure_kind)
    if evidence.value is None or not any(figure.shows(v) for v in (evidence.value, abs(evidence.value))):
        return
    if name == "days_from_age.change":
        yield "days"
    elif words is None:
        yield PLAIN.get(name, "")
    elif figure_kind in ("minimum", "per"):
        yield words.counts.lower()
    elif "_per_month" in figure_kind:
        yield from (f"{_unit(words)} a month", _unit(words))
    elif figure_kind in ("", "mean_first", "mean_last"):
        yield _suffix(words) or _unit(words)
    else:
        yield _unit(words)


def _counts(words: wordbook.MeasureWords | None, figure_kind: str) -> Iterator[str]:
    if words is not None:
        yield words.counts.lower()
    if "_per_month" in figure_kind or figure_kind.startswith("mean"):
        yield "recordings"


def _unit(words: wordbook.MeasureWords) -> str:
    return SPOKEN.get(words.unit.lower(), words.unit.lower())


def _suffix(words: wordbook.MeasureWords) -> str:
    """Return the unit that a value itself bears: a share is told in %, its difference in percentage points."""
    return words.value.partition("{value}")[2].strip().lower()


@cache
def _pattern() -> re.Pattern[str]:
    """Return a pattern of a unit behind a figure, perhaps with a few words between; the longest unit first."""
    names = {name.lower() for found in _all_words() for name in (found.unit, found.counts)} | set(OTHERS) | set(SPOKEN)
    nouns = sorted((re.escape(name) for name in names if name and name != "%"), key=len, reverse=True)
    between = rf"(?:(?!(?:{_PREPOSITIONS})\s)[^\W\d_]+\s+){{0,{MAX_BETWEEN}}}?"
    return re.compile(rf"\s*(?:(?P<sign>%)|{between}(?P<noun>{'|'.join(nouns)})(?![\w-]))")


def _all_words() -> list[wordbook.MeasureWords]:
    return [words for name in wordbook.measures_in_words() if (words := wordbook.measure_words(name)) is not None]
