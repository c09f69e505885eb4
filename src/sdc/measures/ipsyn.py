"""Index of Productive Syntax: which structures a speaker uses, by patterns over ``%mor`` and ``%gra``.

The first 50 complete utterances that differ are looked through for each structure of
``syntax/ipsyn.toml``; two examples of it that differ give two points.
"""

from __future__ import annotations

from dataclasses import dataclass

from sdc.formats.chat.alignment import align_mor
from sdc.measures.counting import Line
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample
from sdc.measures.syntax.examples import find_examples
from sdc.measures.syntax.items import ipsyn_table
from sdc.measures.syntax.patterns import Row, Vocabulary, make_row
from sdc.measures.syntax.selection import (
    FAMILY,
    NOT_ENGLISH,
    NOT_STUDIED,
    UNIVERSAL,
    has_end,
    is_empty,
    lines_of,
    why_not,
)
from sdc.session import TokenKind

SIZE = 50
"""Utterances that are looked through; with fewer there is no score, since more of them earn more points."""

MOST_POINTS = 2
FORCED, EXCLUDED, NOT_ANALYSED = "ip", "ipe", "exc"
FEWER = "fewer than 50 different complete utterances with a %mor tier"
NO_GRA = "an utterance has a %mor tier and no %gra tier"


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What a speaker earned for one item.

    Attributes
    ----------
    id : str
        ``N2``: the letter is the subscale (noun phrases, verb phrases, questions and negation, sentences).
    title : str
    points : int
        0, 1 or 2, those earned through other items included.
    examples : tuple[int, ...]
        Indexes of the utterances of its own examples, two at most.
    """

    id: str
    title: str
    points: int
    examples: tuple[int, ...]


def ipsyn_sample(sample: Sample) -> tuple[Line, ...]:
    """Return the lines that are looked through: 50 at most, complete, with ``%mor``, no two alike.

    A line that repeats the line before it by someone else is left out, and so are ``[+ ipe]``,
    ``[+ exc]`` and lines with ``www``; ``[+ ip]`` takes a line in.
    """
    chosen: list[Line] = []
    seen: set[str] = set()
    heard: str | None = None
    for line, text, before in lines_of(sample, omitted=False):
        heard = before if before is not None else heard
        codes = line.utterance.postcodes
        if NOT_ANALYSED in codes or any(t.kind is TokenKind.UNTRANSCRIBED for t in line.utterance.tokens):
            continue
        is_new = text != heard and EXCLUDED not in codes and has_end(text) and not is_empty(text) and text not in seen
        heard = None
        if not is_new and FORCED not in codes:
            continue
        if line.utterance.tier("mor") is None:
            heard = text
            continue
        chosen.append(line)
        seen.add(text)
        if len(chosen) == SIZE:
            break
    return tuple(chosen)


def ipsyn_items(sample: Sample) -> tuple[ItemScore, ...]:
    """Return the points of every item, in the order of the table.

    Parameters
    ----------
    sample : Sample
        One speaker's side of a session; also one of fewer utterances than the score wants.

    Returns
    -------
    tuple[ItemScore, ...]
        The points add up to the score.
    """
    return _score_items(ipsyn_sample(sample))


def _score_items(lines: tuple[Line, ...]) -> tuple[ItemScore, ...]:
    vocabulary, items = ipsyn_table()
    rows = [_row(line, vocabulary) for line in lines]
    examples = {item.id: tuple(lines[e.place].index for e in find_examples(item, rows)) for item in items}
    earned = {item.id: sum(len(examples[id]) for id in (item.id, *item.also)) for item in items}
    return tuple(ItemScore(i.id, i.title, min(MOST_POINTS, earned[i.id]), examples[i.id]) for i in items)


def _row(line: Line, vocabulary: Vocabulary) -> Row:
    """Return the units of a line, each with its word as spoken and its relation."""
    aligned = align_mor(line.utterance)
    assert aligned is not None
    gra = line.utterance.tier("gra")
    relations = [item.rpartition("|")[2] for item in gra.text.split()] if gra else []
    said: dict[int, list[str]] = {}
    for word in line.words:
        said.setdefault(word.token, []).append(word.key)
    items = [(item.raw, _next(said, token)) for item, token in zip(aligned.items, aligned.tokens, strict=True)]
    return make_row(vocabulary, items, relations)


def _next(said: dict[int, list[str]], token: int | None) -> str:
    """Take the next word that stands for a token: a replacement can have several."""
    words = said.get(token) if token is not None else None
    return words.pop(0) if words else ""


def _ipsyn(sample: Sample) -> Finding:
    reason = why_not(sample)
    if reason is not None:
        return none(reason)
    lines = ipsyn_sample(sample)
    if any(line.utterance.tier("gra") is None for line in lines):
        return none(NO_GRA, len(lines))
    if len(lines) < SIZE:
        return none(FEWER, len(lines))
    scores = _score_items(lines)
    used = sorted({index for score in scores for index in score.examples})
    return Finding(sum(score.points for score in scores), len(lines), utterances=tuple(used))


RULES = (
    MeasureRule(
        id="ipsyn",
        title="Index of Productive Syntax",
        family=FAMILY,
        unit="points",
        n_unit="utterances",
        description="How many kinds of grammatical structure were heard in the first 50 complete utterances that "
        "differ from each other. Each structure of noun phrases, verb phrases, questions, negation and sentences gives "
        "0, 1 or 2 points, by the examples found. Utterances that repeat what someone has just said do not count.",
        formula="Σ min(2, own examples + examples of the harder structures that imply it); an example is a match of "
        "the structure's pattern on %mor and %gra, the second one with other lemmas; [+ ipe] leaves an utterance out",
        source="Scarborough, H. (1990), Applied Psycholinguistics 11, 1; Altenberg, E., Roberts, J. & Scarborough, H. "
        "(2018), LSHSS 49, 995; the patterns of CLAN's kideval +leng (ipsyn.cpp, lib/ipsyn/eng.cut), 50 utterances",
        function=_ipsyn,
        needs=("mor",),
        no_value_when=(NOT_ENGLISH, NOT_STUDIED, UNIVERSAL, NO_GRA, FEWER),
    ),
)
