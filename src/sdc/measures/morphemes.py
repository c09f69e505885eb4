"""Morphemes on the ``%mor`` tier, by CLAN's rule of February 2024.

A word counts one, plus at most one for an ending or a contraction that the rule lists.
Fused marks (``v|go&PAST``) count nothing. A noun, pronoun or auxiliary with a prefix
(``grand#n|mother~aux|be&3S``) is none to the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sdc.formats.chat.morphology import MorItem, parse_item
from sdc.measures.counting import Line, Piece, completing, split_pieces
from sdc.measures.lemmas import is_left_out

_AUXILIARIES = frozenset({"aux", "mod"})
_NOMINALS = frozenset({"n", "noun", "pron"})
_PRONOUN = "pro:"
"""Begins the part of speech of a classic pronoun: ``pro:sub``."""
_NOT = frozenset({"neg", "part"})


def morpheme_pieces(lines: Sequence[Line]) -> tuple[Piece, ...]:
    """Return the analysis set with morphemes for lengths, from one speaker's lines with a ``%mor`` tier."""
    joined = completing(lines)
    return tuple(
        piece
        for line in lines
        if line.is_analysed
        for piece in split_pieces(_lengths(line), line, completes=line.index in joined)
    )


def _lengths(line: Line) -> list[int]:
    """Return the morphemes of a ``%mor`` tier up to each terminator, and after the last one."""
    tier = line.utterance.tier("mor")
    lengths = [0]
    for raw in tier.text.split() if tier else ():
        if _is_terminator(raw):
            lengths.append(0)
        else:
            lengths[-1] += _n_morphemes(raw)
    return lengths


def _is_terminator(raw: str) -> bool:
    return raw[-1:] in ".?!" and "|" not in raw


@lru_cache(maxsize=32768)
def _n_morphemes(raw: str) -> int:
    return n_morphemes(parse_item(raw))


def n_morphemes(item: MorItem) -> int:
    """Count the morphemes of one item: 0 for punctuation and omitted words, else 1 or 2."""
    if is_left_out(item.raw):
        return 0
    return 1 + (_has_ending(item) or _is_contracted(item))


def _has_ending(item: MorItem) -> bool:
    marks = [mark for word in item.words for mark in word.suffixes]

    def has(*starts: str) -> bool:
        return any(mark.startswith(starts) for mark in marks)

    is_past = has("PAST", "Past") and not has("Irr")
    return is_past or has("PL", "Plur", "POSS", "PRESP") or (has("Part") and has("Pres"))


def _is_contracted(item: MorItem) -> bool:
    first = item.words[0]
    pos = "" if first.prefixes else first.pos
    is_nominal = pos in _NOMINALS or pos.startswith(_PRONOUN)
    return any(
        (clitic.pos == "part" and clitic.stem.startswith("s"))
        or (pos in _AUXILIARIES and clitic.pos in _NOT and clitic.stem.startswith("not"))
        or (is_nominal and clitic.pos == "aux")
        for clitic in item.enclitics
    )
