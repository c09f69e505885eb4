"""All checks of a sentence that a language model wrote. What fails one of them is not shown.

The checks are code and read the finished text; they ask neither the model nor the prompt:
its evidence is there and holds each figure, date, week and quotation (``grounding``), with the right
unit (``units``), by its name (``naming``), beside the right session (``placing``), in the right direction
(``direction``), in plain words (``plain_words``), and it is nothing that SDC does not say (``wording``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sdc.companion.direction import CANNOT_TELL, DECREASE, INCREASE, NO_CHANGE, direction_faults
from sdc.companion.grounding import (
    WEEK,
    Figure,
    check_grounding,
    figures,
    times,
    without_quotes,
    without_times,
)
from sdc.companion.naming import naming_faults
from sdc.companion.placing import placing_faults
from sdc.companion.plain_words import MAX_CLAIM_CHARS, foreign_words
from sdc.companion.units import unit_faults
from sdc.companion.wording import QUOTED, lint_wording
from sdc.session import Answer, Claim, Evidence

MAX_CITED = 20


@dataclass(frozen=True, slots=True)
class Refused:
    """A claim that is not shown, and why."""

    claim: Claim
    reasons: tuple[str, ...]


def claim_faults(claim: Claim, drafted: Answer, *, child: str | None = None) -> tuple[str, ...]:
    """Return why a model's claim is not shown; nothing when it may be.

    Parameters
    ----------
    claim : Claim
    drafted : Answer
        The rules' answer to the same question: its evidence and its verdict are what counts.
    child : str, optional
        The child's name.
    """
    return tuple(dict.fromkeys(_faults(claim, drafted, child)))


def _faults(claim: Claim, drafted: Answer, child: str | None) -> Iterator[str]:
    text = claim.text
    if not text.strip() or len(text) > MAX_CLAIM_CHARS or any(unicodedata.category(c)[0] == "C" for c in text):
        yield f"must be one sentence of up to {MAX_CLAIM_CHARS} characters"
        return
    if not claim.evidence or len(claim.evidence) > MAX_CITED:
        yield "must cite the ids of its evidence"
        return
    by_id = {e.id: e for e in drafted.evidence}
    cited = [by_id[i] for i in claim.evidence if i in by_id]
    yield from (f"not in its evidence: {u.text}" for u in check_grounding([claim], drafted.evidence))
    yield from (f"unit: {told}" for told in unit_faults(claim, cited))
    yield from (f"name: {told}" for told in naming_faults(claim, cited))
    yield from (f"time: {told}" for told in placing_faults(claim, cited))
    yield from (f"direction: {told}" for told in direction_faults(claim, cited, drafted.verdict, drafted.measure))
    yield from (f"not said: {found.word} ({found.advice})" for found in lint_wording(text))
    yield from (f"not a plain word: {word}" for word in foreign_words(text, child))
    if not _says_something(claim.text, cited):
        yield "must hold a figure, a quotation or the verdict"


def _says_something(text: str, cited: Sequence[Evidence]) -> bool:
    plain = without_quotes(text)
    if QUOTED.search(text) or NO_CHANGE.search(plain) or CANNOT_TELL.search(plain):
        return True
    return any(True for _ in figures(without_times(plain))) or (bool(times(plain)) and _only_times(cited))


def _only_times(cited: Sequence[Evidence]) -> bool:
    return all(e.measure in (WEEK, None) for e in cited)


def covers(claims: Sequence[Claim], rule: Claim, drafted: Answer) -> bool:
    """Tell whether claims say all that a sentence of the rules says: every figure of its evidence, and its verdict.

    Parameters
    ----------
    claims : Sequence[Claim]
        Of a model, checked.
    rule : Claim
        Of the rules.
    drafted : Answer
        The rules' answer, whose evidence both cite.
    """
    if _NEVER_LEFT_OUT.search(without_quotes(rule.text)):
        return False
    by_id = {e.id: e for e in drafted.evidence}
    needed = [(i, value) for i in rule.evidence for value in _must_show(by_id[i])]
    shown = [(i, figure) for c in claims for i in c.evidence for figure in _shown(c)]
    if not all(any(i == j and figure.shows(abs(value)) for j, figure in shown) for i, value in needed):
        return False
    return _verdict_words(rule.text) <= frozenset().union(*(_verdict_words(c.text) for c in claims))


_NEVER_LEFT_OUT = re.compile(
    rf"{CANNOT_TELL.pattern}|\bno change can be claimed\b|\brough\b|\bnot known\b", re.IGNORECASE
)
"""Reasons and caveats: no sentence of a model stands for them."""


def _must_show(evidence: Evidence) -> Iterator[float]:
    """Yield what a sentence must show of an evidence: its value, and of a measure what it rests on."""
    if evidence.measure is None or evidence.measure == WEEK:
        return
    if evidence.value is not None:
        yield evidence.value
    if evidence.n is not None and "." not in evidence.measure:
        yield float(evidence.n)


def _shown(claim: Claim) -> Iterator[Figure]:
    return figures(without_times(without_quotes(claim.text)))


def _verdict_words(text: str) -> frozenset[str]:
    plain = without_quotes(text)
    found = {name for name, pattern in _VERDICTS.items() if pattern.search(plain)}
    return frozenset(found)


_VERDICTS = {"increase": INCREASE, "decrease": DECREASE, "no_clear_change": NO_CHANGE}
