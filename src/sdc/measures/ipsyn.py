"""Index of Productive Syntax: which structures a speaker uses, by patterns over ``%mor`` and ``%gra``.

The first 50 complete utterances that differ are looked through for each structure of
``syntax/ipsyn.toml``; two examples of it that differ give two points.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sdc.formats.chat.alignment import align_mor
from sdc.measures.counting import Line
from sdc.measures.needs import ENGLISH
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample
from sdc.measures.syntax.patterns import Pattern, Row, Vocabulary, is_excepted, make_row, match_at
from sdc.measures.syntax.selection import has_end, is_empty, turns_of
from sdc.session import TokenKind

FAMILY = "syntax"
SIZE = 50
"""Utterances that are looked through; with fewer there is no score, since more of them earn more points."""

POINTS = 2
FORCED, EXCLUDED, NOT_ANALYSED = "ip", "ipe", "exc"
NOT_ENGLISH = "told of English only"
FEWER = "fewer than 50 different complete utterances with a %mor tier"
NO_GRA = "an utterance has a %mor tier and no %gra tier"
NOT_STUDIED = "told of the child or of the participant whose language is studied"
STUDIED = frozenset({"Target_Child", "Child", "Participant", "Target_Adult"})
"""Roles of those whose language a transcript was made for."""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to earn an item's points.

    Attributes
    ----------
    patterns, exceptions : tuple[Pattern, ...]
    apart : str or int or None
        How two examples must differ: ``lemmas``, or by the word in this place (from 1).
    second_only : bool
        Whether it earns only the second point.
    """

    patterns: tuple[Pattern, ...]
    exceptions: tuple[Pattern, ...] = ()
    apart: str | int | None = None
    second_only: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One structure: its looks, and the items whose points count here too."""

    id: str
    title: str
    looks: tuple[Look, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What a speaker earned for one item.

    Attributes
    ----------
    id : str
        ``N2``: the letter is the subscale (noun and verb phrases, questions and negation, sentences).
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


@cache
def _table() -> tuple[Vocabulary, tuple[Item, ...]]:
    table = tomllib.loads(files("sdc.measures.syntax").joinpath("ipsyn.toml").read_text("utf-8"))
    vocabulary = Vocabulary(table["classes"], table["phrases"])
    items = []
    for id, item in table["items"].items():
        looks = [Look(vocabulary.read(item["looks"]), vocabulary.read(item.get("not", ())), item.get("apart"))]
        if "second" in item:
            looks.append(Look(vocabulary.read(item["second"]), second_only=True))
        items.append(Item(id, item["title"], tuple(looks), tuple(item.get("also", ()))))
    return vocabulary, tuple(items)


def ipsyn_sample(sample: Sample) -> tuple[Line, ...]:
    """Return the lines that are looked through: 50 at most, complete, with ``%mor``, no two alike.

    A line that repeats the line before it by someone else is left out, and so are ``[+ ipe]``,
    ``[+ exc]`` and lines with ``www``; ``[+ ip]`` takes a line in.
    """
    chosen: list[Line] = []
    seen: set[str] = set()
    heard: str | None = None
    for line, text, before in turns_of(sample, omitted=False):
        if before is not None:
            heard = before
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


def _row(line: Line, vocabulary: Vocabulary) -> Row:
    """Return the units of a line, each with its word as spoken and its relation."""
    aligned = align_mor(line.utterance)
    assert aligned is not None
    gra = line.utterance.tier("gra")
    relations = [item.rpartition("|")[2] for item in gra.text.split()] if gra else []
    said: dict[int, list[str]] = {}
    for word in line.words:
        said.setdefault(word.token, []).append(word.key)
    words = [_next(said, token) for token in aligned.tokens]
    return make_row(vocabulary, [(item.raw, word) for item, word in zip(aligned.items, words, strict=True)], relations)


def _next(said: dict[int, list[str]], token: int | None) -> str:
    words = said.get(token) if token is not None else None
    return words.pop(0) if words else ""


def ipsyn_items(sample: Sample) -> tuple[ItemScore, ...]:
    """Return the points of every item, in the order of the table, whatever the sample's size.

    Parameters
    ----------
    sample : Sample
        One speaker's side of a session.

    Returns
    -------
    tuple[ItemScore, ...]
        56 letters-and-numbers of the scale in CLAN's revision; their points add up to the score.
    """
    vocabulary, items = _table()
    lines = ipsyn_sample(sample)
    rows = [_row(line, vocabulary) for line in lines]
    examples = {item.id: tuple(lines[i].index for i in _find_examples(item, rows)) for item in items}
    return tuple(
        ItemScore(
            item.id,
            item.title,
            min(POINTS, len(examples[item.id]) + sum(len(examples[other]) for other in item.also)),
            examples[item.id],
        )
        for item in items
    )


def _find_examples(item: Item, rows: list[Row]) -> list[int]:
    """Return where the examples of an item stand: none, one, or two."""
    first = _Search(item, rows, second=False)
    if first.place is None:
        return []
    second = _Search(item, rows, second=True, before=first)
    return [first.place] if second.place is None else [first.place, second.place]


class _Search:
    """One pass through the rows for an example."""

    def __init__(self, item: Item, rows: list[Row], *, second: bool, before: _Search | None = None) -> None:
        self.place: int | None = None
        self.found: list[int] = []
        self.lemmas: list[str] = []
        self.n_terms = 0
        self._before = before
        for look in item.looks:
            if self.place is None and (second or not look.second_only):
                self._go_through(look, rows)

    def _go_through(self, look: Look, rows: list[Row]) -> None:
        for place, row in enumerate(rows):
            for found in self._matches(look, row, place):
                self.lemmas = [row.lemmas[i] for i in found]
                if self._before is None or self._is_apart(look):
                    self.place, self.found = place, found
                    return

    def _matches(self, look: Look, row: Row, place: int) -> Iterator[list[int]]:
        """Yield the examples in one row that no exception rules out."""
        used = 0
        if self._before is not None and self._before.place == place:
            used = sum(1 << i for i in set(self._before.found))
        for pattern in look.patterns:
            if pattern.needed & ~row.mask:
                continue
            start = 0
            while start < len(row.masks):
                match = match_at(pattern, row, start, used)
                if match is None:
                    start += 1
                    continue
                start, found = match
                self.n_terms += len(found)
                if not is_excepted(look.exceptions, row, found, at_end=start < len(row.ends) and row.ends[start]):
                    yield found

    def _is_apart(self, look: Look) -> bool:
        """Whether this example differs from the one before as the table asks, counted as CLAN counts it."""
        assert self._before is not None
        if look.apart is None:
            return True
        if look.apart == "lemmas":
            shared = sum(mine == theirs for theirs in self._before.lemmas for mine in self.lemmas)
            return shared != min(self._before.n_terms, self.n_terms)
        place = int(look.apart) - 1
        pairs = list(zip(self._before.lemmas, self.lemmas, strict=False))
        return place >= len(pairs) or pairs[place][0] != pairs[place][1]


def ipsyn_reason(sample: Sample) -> str | None:
    """Return why nothing can be told of a speaker's syntax by scales of English; None when it can."""
    if not (sample.session.languages and sample.session.languages[0] in ENGLISH):
        return NOT_ENGLISH
    return None if sample.participant.role in STUDIED else NOT_STUDIED


def _ipsyn(sample: Sample) -> Finding:
    reason = ipsyn_reason(sample)
    if reason is not None:
        return none(reason)
    lines = ipsyn_sample(sample)
    if any(line.utterance.tier("gra") is None for line in lines):
        return none(NO_GRA)
    if len(lines) < SIZE:
        return none(FEWER, len(lines))
    scores = ipsyn_items(sample)
    used = sorted({index for score in scores for index in score.examples})
    return Finding(sum(score.points for score in scores), len(lines), utterances=tuple(used))
