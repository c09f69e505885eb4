"""Whether an answer's figures are true, its sentences follow from what they cite, and nothing is cited in vain.

In the sense of ALCE (Gao et al. 2023, EMNLP): a sentence has citation recall when what it cites
entails it; a citation is precise unless the sentence follows without it and not from it alone.
Entailment is decided by computing again: each number, date, week and quotation must be held by a
cited piece of evidence that agrees with the store, each derived figure also needs the two values
it comes from, and each word of direction must be the right one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from questions_gold import MINIMUM, TREND_SESSIONS, Gold, Row

MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
WEEKS = re.compile(r"\bweeks? (\d+(?:(?:, | and )\d+)*)")
NUMBER = re.compile(r"(?<![\w.])([−-]?)(\d+(?:\.\d+)?)")
QUOTE = re.compile(r"“([^”]*)”")
DIRECTIONS = (
    (re.compile(r"That is an increase"), "pair", 1),
    (re.compile(r"That is a decrease"), "pair", -1),
    (re.compile(r"^No clear change"), "pair", 0),
    (re.compile(r": up by "), "trend", 1),
    (re.compile(r": down by "), "trend", -1),
    (re.compile(r"no steady rise or fall"), "trend", 0),
    (re.compile(r"together lie above"), "means", 1),
    (re.compile(r"together lie below"), "means", -1),
)
ABOUT_BOTH = re.compile(
    r"^(That is an? |No clear change|These figures are|We cannot tell: (this figure|each recording|the))"
)
NOTHING_THERE = "no recording lies in the time asked for"


def is_true(evidence: Any, gold: Gold, rows: list[Row], words_of: Callable[[str, int], str]) -> bool:
    """Return whether a piece of evidence agrees with the store and with the independent computation."""
    row = next((r for r in rows if r.id == evidence.session), None)
    if evidence.measure == "week" and evidence.n == 0:
        return evidence.value not in {r.week for r in rows}
    if row is None or evidence.date != row.date:
        return False
    if evidence.quote is not None:
        said = " ".join(words_of(evidence.session, i) for i in evidence.utterances).lower()
        return all(w.lower() in said for w in evidence.quote.split())
    return evidence.value == row.week if evidence.measure in (None, "week") else _is_figure(evidence, gold, row)


def _is_figure(evidence: Any, gold: Gold, row: Row) -> bool:
    if evidence.measure in row.measures:
        found = row.measures[evidence.measure]
        return (evidence.value, evidence.n) == (found.value, found.n)
    if evidence.measure.endswith(".recordings.minimum"):
        return evidence.value == TREND_SESSIONS
    if evidence.measure.endswith(".minimum"):
        return evidence.value == MINIMUM.get(evidence.measure.removesuffix(".minimum"))
    right = gold.figures.get((evidence.session, evidence.measure))
    return right is not None and abs(right - (evidence.value or 0.0)) <= 1e-6 + 1e-6 * abs(right)


def numbers(text: str, cited: Iterable[Any]) -> tuple[int, int]:
    """Return how many numbers a sentence shows and how many of them the cited evidence holds."""
    cited = list(cited)
    text = QUOTE.sub(" ", text)
    found = []
    for match in DATE.finditer(text):
        shown = date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1])).isoformat()
        found.append(any(e.date == shown for e in cited))
    text = DATE.sub(" ", text)
    for match in WEEKS.finditer(text):
        for week in re.findall(r"\d+", match[1]):
            found.append(any(e.measure == "week" and e.value == float(week) for e in cited))
    for sign, digits in NUMBER.findall(WEEKS.sub(" ", text)):
        shown, places = float(digits) * (-1 if sign else 1), len(digits.partition(".")[2])
        found.append(any(_shows(v, shown, places) for e in cited if e.measure != "week" for v in _values(e)))
    return len(found), sum(found)


def _values(evidence: Any) -> list[float]:
    value = [] if evidence.value is None else [evidence.value]
    size = [abs(v) for v in value if (evidence.measure or "").endswith(".change")]
    return [*value, *size, *([] if evidence.n is None else [float(evidence.n)])]


def _shows(value: float, shown: float, places: int) -> bool:
    return abs(value - shown) <= 0.5 * 10**-places + 1e-9


def entails(cited: list[Any], text: str, gold: Gold, rows: list[Row]) -> bool:
    """Return whether a sentence follows from true evidence."""
    shown, held = numbers(text, cited)
    if shown != held or any(all(q != e.quote for e in cited) for q in QUOTE.findall(text)):
        return False
    for pattern, of, direction in DIRECTIONS:
        if pattern.search(text) and gold.direction.get(of) != direction:
            return False
    if NOTHING_THERE in text:
        return {r.id for r in rows} <= {e.session for e in cited}
    if ABOUT_BOTH.match(text) and len(gold.rows) == 2:
        behind = {e.session for e in cited if e.measure == gold.measure}
        return {r.id for r in gold.rows} <= behind
    return bool(cited) or not rows


def citations(
    answer: Any, gold: Gold, rows: list[Row], words_of: Callable[[str, int], str], in_vain: list[str]
) -> tuple[int, int, int, int]:
    """Return sentences, sentences that follow, citations, citations that are needed; note those in vain."""
    by_id = {e.id: e for e in answer.evidence}
    n_claims = follow = n_cited = needed = 0
    for claim in answer.claims:
        cited = [by_id[i] for i in claim.evidence if i in by_id]
        good = [e for e in cited if is_true(e, gold, rows, words_of)]
        whole = len(good) == len(claim.evidence) and entails(good, claim.text, gold, rows)
        n_claims, follow, n_cited = n_claims + 1, follow + whole, n_cited + len(claim.evidence)
        if not whole:
            continue
        for one in good:
            rest = [e for e in good if e is not one]
            is_needed = not entails(rest, claim.text, gold, rows) or entails([one], claim.text, gold, rows)
            needed += is_needed
            if not is_needed:
                in_vain.append(f"{one.measure} for {QUOTE.sub('…', claim.text)[:60]}")
    return n_claims, follow, n_cited, needed
