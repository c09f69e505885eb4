"""Morphemes on the ``%mor`` tier, by CLAN's rule of February 2024.

A word counts one, plus at most one for an ending or a contraction that the rule lists.
Fused marks (``v|go&PAST``) count nothing.
"""

from __future__ import annotations

from functools import lru_cache

from sdc.formats.chat.morphology import MorItem, MorWord, parse_mor
from sdc.measures.counting import Line, Piece, completing, split_pieces
from sdc.measures.sample import Sample

_ENDINGS = frozenset({"PL", "Plur", "POSS", "PASTP", "PRESP"})
_PAST = frozenset({"PAST", "Past"})
_IRREGULAR = frozenset({"Irr"})
_NOMINAL = frozenset({"n", "noun", "pro", "pron"})
_NAME = "n:prop"
_AUXILIARY = frozenset({"aux", "mod"})
_NOT = frozenset({"neg", "part"})


def morpheme_pieces(sample: Sample) -> tuple[Piece, ...]:
    """Return the analysis set with morphemes for lengths: the lines that have a ``%mor`` tier."""
    lines = [line for line in sample.lines if line.utterance.tier("mor") is not None]
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
    for item in parse_mor(tier.text) if tier else ():
        if _is_terminator(item):
            lengths.append(0)
        else:
            lengths[-1] += n_morphemes(item)
    return lengths


def _is_terminator(item: MorItem) -> bool:
    return "|" not in item.raw and item.raw[-1:] in ".?!"


@lru_cache(maxsize=32768)
def n_morphemes(item: MorItem) -> int:
    """Count the morphemes of one item: 0 for punctuation and omitted words, else 1 or 2."""
    if item.is_punctuation or item.is_omitted:
        return 0
    return 1 + (any(map(_has_ending, item.words)) or _is_contracted(item))


def _has_ending(word: MorWord) -> bool:
    marks = set(word.suffixes)
    is_past = bool(marks & _PAST) and not marks & _IRREGULAR
    return bool(marks & _ENDINGS) or is_past or {"Part", "Pres"} <= marks


def _is_contracted(item: MorItem) -> bool:
    first = "" if item.words[0].pos == _NAME else item.words[0].category
    for clitic in item.words[1:]:
        if clitic.category == "part" and clitic.stem == "s":
            return True
        if first in _AUXILIARY and clitic.category in _NOT and clitic.stem == "not":
            return True
        if first in _NOMINAL and clitic.category == "aux":
            return True
    return False
