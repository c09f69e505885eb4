"""Patterns over units: their notation, and how one is matched.

A pattern is a row of terms that follow each other directly: ``article noun``.

- ``noun``, ``np`` …: a class or phrase that the table defines; any other name is a tag of
  ``%mor``, with ``*`` for any ending; ``any`` is a unit with any tag.
- ``v[think]`` that stem; ``n-PL`` that suffix, ``n-*`` any; ``v&PAST`` that fusion; ``v#`` any
  prefix; ``any+cop`` with that tag leaning on it; ``~neg`` a clitic.
- ``{that}`` a word as spoken; ``=CMOD`` a word in that relation on ``%gra``.
- ``^`` at the beginning, ``$`` before the terminator, ``..`` any number of units between, ``_``
  something more follows; ``a|b`` either.

Every term that looks at one unit is a bit; a unit's mask says which terms it fulfils, so that
matching compares integers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import product
from typing import Literal, TypeVar

from sdc.measures.syntax.units import Part, Unit, units_of

StepKind = Literal["unit", "word", "begin", "end", "more"]

_Key = TypeVar("_Key")
_TERMINATORS = (".", "?", "!")
_MAX_MASKS = 32768

_TERM = re.compile(
    r"(?P<clitic>~)?(?P<tag>[a-z:*]+)(?:\[(?P<stem>[^]]+)\])?(?P<prefix>#)?"
    r"(?:-(?P<suffix>[A-Z0-9*]+))?(?:&(?P<fusion>[A-Z0-9]+))?(?:\+(?P<enclitic>[a-z:]+))?"
)


@dataclass(frozen=True, slots=True)
class Term:
    """What one unit must be; empty or None asks nothing."""

    tags: tuple[str, ...]
    stem: str | None = None
    suffix: str | None = None
    fusion: str | None = None
    enclitic: str | None = None
    has_prefix: bool = False
    is_clitic: bool = False

    def fits(self, unit: Unit) -> bool:
        """Whether a unit is that."""
        part = unit.part
        if part is None or (self.is_clitic and not unit.is_clitic) or not self._fits_stem(part):
            return False
        return (
            any(_is_like(part.tag, tag) for tag in self.tags)
            and (self.suffix is None or any(_is_like(mark, self.suffix) for mark in part.suffixes))
            and (self.fusion is None or self.fusion in part.fusions)
            and (self.enclitic is None or any(p.tag == self.enclitic for p in unit.enclitics))
            and (bool(part.prefixes) or not self.has_prefix)
        )

    def _fits_stem(self, part: Part) -> bool:
        return self.stem is None or (part.stem == self.stem and part.n_stems == 1)


def _is_like(text: str, pattern: str) -> bool:
    if "*" not in pattern:
        return text == pattern
    return bool(text) and fnmatchcase(text, pattern)


@dataclass(frozen=True, slots=True)
class Step:
    """One term of a pattern.

    Attributes
    ----------
    kind : StepKind
        ``word`` looks past clitics; ``unit`` does not.
    bit : int
    gap : bool
        Whether units may stand between it and the term before.
    """

    kind: StepKind
    bit: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Steps, and all their bits: an utterance that lacks one of these cannot match."""

    steps: tuple[Step, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of units to match on.

    Attributes
    ----------
    masks : tuple[int, ...]
    clitics : tuple[bool, ...]
    lemmas : tuple[str, ...]
    ends : tuple[bool, ...]
        Which units are terminators.
    mask : int
        All that its units fulfil.
    """

    masks: tuple[int, ...]
    clitics: tuple[bool, ...]
    lemmas: tuple[str, ...]
    ends: tuple[bool, ...]
    mask: int


@dataclass
class Vocabulary:
    """The terms of a table, each with its bit; filled while the patterns are read.

    Attributes
    ----------
    classes : Mapping[str, str]
        Name → tags.
    phrases : Mapping[str, Sequence[str]]
        Name → patterns.
    """

    classes: Mapping[str, str]
    phrases: Mapping[str, Sequence[str]]
    terms: dict[Term, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    relations: dict[str, int] = field(default_factory=dict)
    n_bits: int = 0
    _masks: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def read(self, patterns: Sequence[str]) -> tuple[Pattern, ...]:
        """Return the patterns, either-or written out; where two could match, the first one counts."""
        return tuple(dict.fromkeys(p for text in patterns for p in self._spell_out(text)))

    def masks(self, item: str) -> tuple[int, ...]:
        """Return which terms each unit of a ``%mor`` item fulfils."""
        known = self._masks.get(item)
        if known is None:
            known = tuple(sum(bit for term, bit in self.terms.items() if term.fits(unit)) for unit in units_of(item))
            if len(self._masks) < _MAX_MASKS:
                self._masks[item] = known
        return known

    def _spell_out(self, text: str) -> list[Pattern]:
        choices = [self._choices(term) for term in text.split()]
        # As in CLAN, the choices of the first term change fastest.
        rows = [tuple(s for steps in reversed(row) for s in steps) for row in product(*reversed(choices))]
        return [_pattern(row) for row in rows]

    def _choices(self, text: str) -> list[tuple[Step, ...]]:
        return [steps for choice in text.split("|") for steps in self._choice(choice)]

    def _choice(self, text: str) -> list[tuple[Step, ...]]:
        if text in self.phrases:
            return [p.steps for phrase in self.phrases[text] for p in self._spell_out(phrase)]
        return [(self._step(text),)]

    def _step(self, text: str) -> Step:
        if text in _SIGNS:
            return _SIGNS[text]
        if text[0] == "{":
            return Step("word", self._bit(self.words, text[1:-1]))
        if text[0] == "=":
            return Step("word", self._bit(self.relations, text[1:]))
        return Step("unit", self._bit(self.terms, self._term(text)))

    def _term(self, text: str) -> Term:
        found = _TERM.fullmatch(text)
        assert found is not None, text
        tag = "*" if found["tag"] == "any" else found["tag"]
        return Term(
            tuple(self.classes.get(tag, tag).split()),
            found["stem"],
            found["suffix"],
            found["fusion"],
            found["enclitic"],
            has_prefix=found["prefix"] is not None,
            is_clitic=found["clitic"] is not None,
        )

    def _bit(self, bits: dict[_Key, int], key: _Key) -> int:
        if key not in bits:
            bits[key] = 1 << self.n_bits
            self.n_bits += 1
        return bits[key]


_GAP = Step("more", gap=True)
_SIGNS = {"^": Step("begin"), "$": Step("end"), "_": Step("more"), "..": _GAP}


def _pattern(steps: Sequence[Step]) -> Pattern:
    """Return steps as a pattern; ``..`` becomes a property of the step after it."""
    joined: list[Step] = []
    gap = False
    for step in steps:
        if step is _GAP:
            gap = True
            continue
        joined.append(Step(step.kind, step.bit, gap))
        gap = False
    needed = 0
    for step in joined:
        needed |= step.bit
    return Pattern(tuple(joined), needed)


def match_at(pattern: Pattern, row: Row, start: int, used: int = 0) -> tuple[int, list[int]] | None:
    """Match a pattern at a unit.

    Parameters
    ----------
    pattern : Pattern
    row : Row
    start : int
        The unit at which it must begin.
    used : int
        Bits of the units that an earlier example took; no term may begin there.

    Returns
    -------
    tuple[int, list[int]] or None
        The unit after the match, and the units that its terms found.
    """
    n = len(row.masks)
    place, found = start, []
    for step in pattern.steps:
        if place >= n or used >> place & 1:
            return None
        if step.kind == "begin":
            if place:
                return None
        elif step.kind == "end":
            if not row.ends[place]:
                return None
            place += 1
        elif step.kind != "more":
            place = _find_unit(step, row, place)
            if place < 0:
                return None
            found.append(place)
            place += 1
    return place, found


def _find_unit(step: Step, row: Row, place: int) -> int:
    """Return the unit that a step finds at a place, or behind it; -1 for none."""
    masks, clitics, n = row.masks, row.clitics, len(row.masks)
    is_word = step.kind == "word"
    while place < n:
        if not (is_word and clitics[place]):
            if masks[place] & step.bit:
                return place
            if not step.gap:
                return -1
        place += 1
    return -1


def is_excepted(patterns: Sequence[Pattern], row: Row, found: Sequence[int], *, at_end: bool) -> bool:
    """Whether a pattern matches among the units that an example consists of, as if nothing else were there."""
    if not patterns:
        return False
    part = Row(
        tuple(row.masks[i] for i in found),
        tuple(row.clitics[i] for i in found),
        (),
        (False,) * len(found),
        0,
    )
    return any(
        _matches_within(pattern, part, place, from_begin=found[0] == 0, at_end=at_end)
        for pattern in patterns
        for place in range(len(found))
    )


def _matches_within(pattern: Pattern, row: Row, place: int, *, from_begin: bool, at_end: bool) -> bool:
    steps = pattern.steps
    if steps[0].kind == "begin":
        if not from_begin or place:
            return False
        steps = steps[1:]
    to_end = bool(steps) and steps[-1].kind == "end"
    match = match_at(Pattern(steps[:-1] if to_end else steps, 0), row, place)
    return match is not None and (not to_end or (at_end and match[0] == len(row.masks)))


def make_row(vocabulary: Vocabulary, items: Sequence[tuple[str, str]], relations: Sequence[str]) -> Row:
    """Return the units of an utterance.

    Parameters
    ----------
    vocabulary : Vocabulary
    items : Sequence[tuple[str, str]]
        Items of ``%mor``, each with the word as spoken.
    relations : Sequence[str]
        Of each unit, from ``%gra``.
    """
    masks: list[int] = []
    units: list[Unit] = []
    known = vocabulary.masks
    for item, word in items:
        spoken = vocabulary.words.get(word, 0)
        for unit, mask in zip(units_of(item), known(item), strict=True):
            relation = relations[len(units)] if len(units) < len(relations) else ""
            is_host = not unit.is_clitic
            masks.append(mask | ((spoken | vocabulary.relations.get(relation, 0)) if is_host else 0))
            units.append(unit)
    ends = tuple(unit.part is None and unit.lemma[:1] in _TERMINATORS for unit in units)
    total = 0
    for mask in masks:
        total |= mask
    lemmas = tuple(unit.lemma.casefold() for unit in units)
    return Row(tuple(masks), tuple(unit.is_clitic for unit in units), lemmas, ends, total)
