"""The ``%mor`` tier as a row of units: words, and clitics of their own beside the word that they lean on.

Marks are read as CLAN's searches read them: the first ``-`` or ``&`` ends the stem, and a
compound (``n|+n|ice+n|cream``) has the marks of its parts and no stem of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

_CLITIC = re.compile(r"[~$]")
_PIECE = re.compile(r"([-&=]?)([^-&=]*)")


@dataclass(frozen=True, slots=True)
class Part:
    """One word or clitic.

    Attributes
    ----------
    tag : str
        Part of speech: ``pro:sub``.
    stem : str
        Empty for a compound.
    lemma : str
        Stem, or the stems of a compound.
    n_stems : int
    prefixes, suffixes, fusions : tuple[str, ...]
    """

    tag: str
    stem: str
    lemma: str
    n_stems: int
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    fusions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or clitic in its place.

    Attributes
    ----------
    part : Part or None
        None for punctuation.
    is_clitic : bool
    enclitics : tuple[Part, ...]
        What leans on the word from behind.
    lemma : str
        The whole word's lemmas, for telling two examples apart: ``it~be``.
    """

    part: Part | None
    is_clitic: bool
    enclitics: tuple[Part, ...]
    lemma: str


@lru_cache(maxsize=32768)
def units_of(item: str) -> tuple[Unit, ...]:
    """Return the units of one ``%mor`` item; of an ambiguous one (``^``) those of the first reading."""
    if "|" not in item:
        return (Unit(None, is_clitic=False, enclitics=(), lemma=item),)
    pieces = _CLITIC.split(item.partition("^")[0])
    marks = _CLITIC.findall(item.partition("^")[0])
    parts = [_read_part(piece) for piece in pieces]
    main = next((i for i, mark in enumerate(marks) if mark == "~"), len(marks))
    host, behind = parts[main], tuple(parts[main + 1 :])
    lemma = "".join(f"{p.lemma}$" for p in parts[:main]) + "~".join(p.lemma for p in (host, *behind))
    return tuple(
        Unit(part, is_clitic=False, enclitics=behind, lemma=lemma)
        if i == main
        else Unit(part, is_clitic=True, enclitics=(), lemma=part.lemma)
        for i, part in enumerate(parts)
    )


def _read_part(text: str) -> Part:
    first, *rest = (_read_simple(piece) for piece in re.split(r"[*@]", text)[0].split("+"))
    if not rest:
        return first
    lemma = first.stem + "".join(f"+{p.stem}" for p in rest)
    n_stems = sum(bool(p.stem) for p in (first, *rest))
    own = [first] if first.stem else [first, *rest]
    prefixes, suffixes, fusions = (
        tuple(chain.from_iterable(marks))
        for marks in zip(*((p.prefixes, p.suffixes, p.fusions) for p in own), strict=True)
    )
    return Part(first.tag, first.stem, lemma, n_stems, prefixes, suffixes, fusions)


def _read_simple(text: str) -> Part:
    head, _, rest = text.rpartition("|")
    *prefixes, tag = head.split("#")
    marks: dict[str, list[str]] = {"": [], "-": [], "&": [], "=": []}
    for mark, body in _PIECE.findall(rest):
        if mark or body:
            marks[mark].append(body)
    stem = "".join(marks[""])
    suffixes, fusions = (tuple(filter(None, marks[mark])) for mark in "-&")
    return Part(tag, stem, stem, int(bool(stem)), tuple(prefixes), suffixes, fusions)
