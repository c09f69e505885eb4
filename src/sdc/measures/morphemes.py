"""Morphemes on the ``%mor`` tier, by CLAN's rule of February 2024.

A word counts one, plus at most one for an ending or a contraction that the rule lists.
Fused marks (``v|go&PAST``) count nothing.
"""

from __future__ import annotations

from functools import lru_cache

from sdc.formats.chat.morphology import MorItem, MorWord, parse_mor
from sdc.measures.counting import Counted
from sdc.measures.sample import Sample

_ENDINGS = frozenset({"PL", "Plur", "POSS", "PASTP", "PRESP"})
_PAST = frozenset({"PAST", "Past"})
_IRREGULAR = frozenset({"Irr"})
_NOMINAL = frozenset({"n", "noun", "propn", "pro", "pron"})
_AUXILIARY = frozenset({"aux", "mod"})
_NOT = frozenset({"neg", "part"})


def morpheme_lengths(sample: Sample) -> tuple[Counted, ...]:
    """Return the utterances of the analysis set that have a ``%mor`` tier, with their morphemes."""
    counted = []
    for line in sample.lines:
        tier = line.utterance.tier("mor")
        if tier is None or not line.is_analysed:
            continue
        counted += [Counted(length, (line.index,)) for length in _lengths(tier.text) if length]
    return tuple(counted)


def _lengths(text: str) -> list[int]:
    """Return the morphemes of each utterance of a tier."""
    lengths, length = [], 0
    for item in parse_mor(text):
        if _is_terminator(item):
            lengths.append(length)
            length = 0
        else:
            length += n_morphemes(item)
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
    first = item.words[0].category
    for clitic in item.words[1:]:
        if clitic.category == "part" and clitic.stem == "s":
            return True
        if first in _AUXILIARY and clitic.category in _NOT and clitic.stem == "not":
            return True
        if first in _NOMINAL and clitic.category == "aux":
            return True
    return False
