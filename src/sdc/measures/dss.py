"""Developmental Sentence Scoring: points for the words of eight grammatical categories, by patterns over ``%mor``.

Up to 50 sentences that differ are scored: at each word every category of ``syntax/dss.toml`` may
give points, and a sentence without marked errors or omitted words has one point more.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from sdc.measures.counting import Line
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample
from sdc.measures.syntax.selection import FAMILY, NOT_ENGLISH, NOT_STUDIED, UNIVERSAL, is_empty, lines_of, why_not

SIZE = 50
"""Sentences that are scored; a score from fewer is rough."""

FORCED, EXCLUDED = "dss", "dsse"
NO_SENTENCE = "no sentence with subject and verb on the %mor tier"

_NOT_SEEN = re.compile(r"(?:unk\|(?:xxx|yyy)|[^ ]*\|www|(?:end|beg|cm|bq2?|eq2?)\|[^ ]*|[-+&#][^ ]*)$")
_UNCLEAR = re.compile(r"(?:^|(?<=[\s,;<>\[\]]))(?:x{3}|y{3}|w{3})(?=[\s@])", re.IGNORECASE)
_ERROR = re.compile(r"\[\*(?:\]| (?![pP]))")
_OMITTED = re.compile(r"(?:^| )0")
_SIGNS = {"*": "[^ ]*", "{": "(?:", "}": ")", ",": "|"}


@dataclass(frozen=True, slots=True)
class Category:
    """One category.

    Attributes
    ----------
    letter, title : str
    points : tuple[int, ...]
        Of its rows.
    pattern : re.Pattern
        One group a row; the first row that fits counts.
    """

    letter: str
    title: str
    points: tuple[int, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """The points of one sentence.

    Attributes
    ----------
    utterance : int
        Its index in the session.
    points : tuple[tuple[str, int], ...]
        Letter of a category (A indefinite pronouns, B personal pronouns, C main verbs, D secondary
        verbs, E negatives, F conjunctions, G reversals, H wh-questions) and points, in the order of the words.
    sentence_point : int
        1 when no error is marked and no word left out.
    """

    utterance: int
    points: tuple[tuple[str, int], ...]
    sentence_point: int

    @property
    def total(self) -> int:
        """All points of the sentence."""
        return self.sentence_point + sum(points for _, points in self.points)


@cache
def _categories() -> tuple[Category, ...]:
    table = tomllib.loads(files("sdc.measures.syntax").joinpath("dss.toml").read_text("utf-8"))
    return tuple(
        Category(c["letter"], c["title"], tuple(row["points"] for row in c["rows"]), _compile(c["rows"]))
        for c in table["categories"]
    )


def _compile(rows: list[dict[str, Any]]) -> re.Pattern[str]:
    either = ["|".join(map(_expression, row["any"])) for row in rows]
    return re.compile("|".join(f"((?:{row})(?= ))" for row in either))


def _expression(pattern: str) -> str:
    return "".join(_SIGNS.get(sign, re.escape(sign)) for sign in pattern)


@lru_cache(maxsize=16384)
def score_tier(text: str) -> tuple[tuple[str, int], ...]:
    """Score a ``%mor`` tier.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple[tuple[str, int], ...]
        Letter of the category and points, for each word that gave some; ``Z`` with 0 for a noun.
    """
    seen = "".join(f"{item} " for item in text.split() if not _NOT_SEEN.match(item))
    starts = (match.start() for match in re.finditer(r"[^ ]+", seen))
    return tuple(found for start in starts for found in _at(seen, start))


def _at(seen: str, start: int) -> Iterator[tuple[str, int]]:
    for category in _categories():
        match = category.pattern.match(seen, start)
        if match is not None and match.lastindex is not None:
            yield category.letter, category.points[match.lastindex - 1]


def dss_table(sample: Sample) -> tuple[SentenceScore, ...]:
    """Return the sentences that are scored, 50 at most, with their points.

    Left out are lines that repeat the line before them by someone else or an earlier sentence,
    lines with ``xxx``, ``yyy`` or ``www``, lines marked ``[+ dsse]``, and what has no subject and
    verb; ``[+ dss]`` takes a line in.
    """
    scores: list[SentenceScore] = []
    seen: set[str] = set()
    heard: str | None = None
    for line, text, before in lines_of(sample, omitted=True):
        heard = before if before is not None else heard
        if text == heard or is_empty(text) or text in seen:
            heard = None
            continue
        heard = text
        score = _score(line, text)
        if score is not None:
            scores.append(score)
            seen.add(text)
            if len(scores) == SIZE:
                break
    return tuple(scores)


def _score(line: Line, text: str) -> SentenceScore | None:
    """Return the points of a line; None when it is no sentence."""
    tier = line.utterance.tier("mor")
    if tier is None:
        return None
    points = score_tier(tier.text)
    if not _is_sentence(line, tier.text, {letter for letter, _ in points}):
        return None
    is_whole = not _ERROR.search(line.utterance.raw) and not _OMITTED.search(text)
    return SentenceScore(line.index, tuple(p for p in points if p[1]), int(is_whole))


def _is_sentence(line: Line, mor: str, letters: set[str]) -> bool:
    codes = line.utterance.postcodes
    if FORCED in codes or EXCLUDED in codes:
        return FORCED in codes
    end = re.search(r"[.?!]", re.sub(r"(?:^| )\+[^ ]*", "", mor))
    if end is None or _UNCLEAR.search(line.utterance.raw) or letters.isdisjoint("CD"):
        return False
    return end.group() != "." or not letters.isdisjoint("ABZ")


def _dss(sample: Sample) -> Finding:
    reason = why_not(sample)
    if reason is not None:
        return none(reason)
    scores = dss_table(sample)
    if not scores:
        return none(NO_SENTENCE)
    mean = sum(score.total for score in scores) / len(scores)
    return Finding(round(mean, 2), len(scores), utterances=tuple(score.utterance for score in scores))


RULES = (
    MeasureRule(
        id="dss",
        title="Developmental Sentence Score",
        family=FAMILY,
        unit="points/sentence",
        n_unit="sentences",
        description="How many points for grammar a sentence holds on average, over 50 sentences with subject and verb "
        "that differ from each other. Pronouns, verbs, negatives, conjunctions, reversals and wh-words give 1 to 8 "
        "points, and a sentence without a marked error gives one more. Where errors are not marked with [*], the score "
        "is higher.",
        formula="Σ points / sentences, to two decimals as CLAN prints it; sentences: a pronoun or noun and a verb, in "
        "questions and exclamations a verb; without xxx, yyy, www, without repetition of the line before by someone "
        "else; [+ dss] takes an utterance in, [+ dsse] leaves it out",
        source="Lee, L. (1974), Developmental Sentence Analysis; the patterns of CLAN's dss +leng (dss.cpp, "
        "lib/dss/eng.cut)",
        function=_dss,
        needs=("mor",),
        no_value_when=(NOT_ENGLISH, NOT_STUDIED, UNIVERSAL, NO_SENTENCE),
        minimum_n=SIZE,
        rough_n=25,
    ),
)
