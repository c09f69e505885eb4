"""Family *length*: how long utterances are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import sqrt

from sdc.measures.counting import Piece, n_utterances
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample

FAMILY = "length"
ROUNDING = 1e-9
NO_UTTERANCE = "no utterance in the analysis set"
NO_MOR = "no utterance with a %mor tier in the analysis set"
FIRST = 50
"""Utterances of a length-matched mean."""

TOO_FEW = f"fewer than {FIRST} utterances in the analysis set"
TOO_FEW_WITH_MOR = f"fewer than {FIRST} utterances with a %mor tier in the analysis set"
NO_ENDS = "most words stand on lines without a terminator, so that utterances cannot be told apart"


def _mlu_words(sample: Sample) -> Finding:
    return mean_length(sample.analysed, NO_UTTERANCE)


def _mlu_morphemes(sample: Sample) -> Finding:
    return mean_length(sample.morphemes, NO_MOR)


def _mlu_words_50(sample: Sample) -> Finding:
    return _mean_of_first(sample, sample.analysed, TOO_FEW)


def _mlu_morphemes_50(sample: Sample) -> Finding:
    return _mean_of_first(sample, sample.morphemes, TOO_FEW_WITH_MOR)


def _mean_of_first(sample: Sample, pieces: tuple[Piece, ...], reason: str) -> Finding:
    first = tuple(_first(piece for piece in pieces if piece.line not in sample.set_aside))
    n = n_utterances(first)
    return mean_length(first, reason) if n == FIRST else none(reason, n, _lines(first))


def _first(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces of the first utterances, with what completes the last of them."""
    n = 0
    for piece in pieces:
        n += piece.is_new
        if n > FIRST:
            return
        yield piece


def _lines(pieces: tuple[Piece, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(piece.line for piece in pieces))


def mean_length(pieces: tuple[Piece, ...], reason: str) -> Finding:
    """Return mean and population SD as CLAN computes them.

    The SD takes the part that completes an utterance for an observation of its own while n does
    not, so that the difference of squares can fall below 0: then there is no SD.
    """
    n = n_utterances(pieces)
    if not n:
        return none(reason)
    if 2 * sum(piece.length for piece in pieces if not piece.has_end) > sum(piece.length for piece in pieces):
        return none(NO_ENDS)
    mean = sum(piece.length for piece in pieces) / n
    variance = sum(piece.length**2 for piece in pieces) / n - mean * mean
    spread = sqrt(max(0.0, variance)) if n > 1 and variance > -ROUNDING else None
    return Finding(mean, n, sd=spread, utterances=_lines(pieces))


RULES = (
    MeasureRule(
        id="mlu_words",
        title="Mean length of utterance in words",
        family=FAMILY,
        unit="words/utterance",
        n_unit="utterances",
        description="How many words an utterance holds on average, over the utterances that were complete and wholly "
        "understood. Repeated and revised words, fillers, word fragments and omitted words do not count; a replacement "
        "such as gonna [: going to] counts as the words that replace it.",
        formula="words / utterances of the analysis set; sd = √(Σx²/n − mean²), the population SD, from two "
        "utterances on",
        source="CLAN manual, MLU: `mlu +t*CHI -t%mor`; Brown, R. (1973), A First Language",
        function=_mlu_words,
        no_value_when=(NO_UTTERANCE, NO_ENDS),
        minimum_n=50,
        rough_n=25,
    ),
    MeasureRule(
        id="mlu_morphemes",
        title="Mean length of utterance in morphemes",
        family=FAMILY,
        unit="morphemes/utterance",
        n_unit="utterances",
        description="How many words and grammatical endings an utterance holds on average, from the transcript's %mor "
        "tier. Each word counts one, and at most one more for a plural, a possessive, a regular past tense, -ing, a "
        "contracted auxiliary or a contracted not. Counts by older rules are a little higher.",
        formula="morphemes / utterances of the analysis set; +1 for -PL or -Plur, -POSS or ~part|s, -PAST or -Past "
        "without -Irr, -PASTP, -PRESP or Part with Pres, aux| or mod| with ~neg|not or ~part|not, n|, noun|, pron| or "
        "pro:…| with ~aux|; an item with a prefix (grand#n|…) takes no contraction; sd as in mlu_words",
        source="CLAN since February 2024, `mlu +t*CHI` (cutt.cpp, countMorphs)",
        function=_mlu_morphemes,
        needs=("mor",),
        no_value_when=(NO_MOR, NO_ENDS),
        minimum_n=50,
        rough_n=25,
        version=2,
    ),
    MeasureRule(
        id="mlu_words_50",
        title="Mean length in words of the first 50 utterances",
        family=FAMILY,
        unit="words/utterance",
        n_unit="utterances",
        description="How many words an utterance holds on average, over the first 50 utterances that were complete and "
        "wholly understood, so that samples of different length compare. Lines marked [+ exc] and lines with www are "
        "left out; all else is as in mlu_words.",
        formula="words / 50, over the first 50 utterances of the analysis set; sd as in mlu_words",
        source="CLAN, KIDEVAL: MLU50_Words (kideval.cpp)",
        function=_mlu_words_50,
        no_value_when=(TOO_FEW, NO_ENDS),
    ),
    MeasureRule(
        id="mlu_morphemes_50",
        title="Mean length in morphemes of the first 50 utterances",
        family=FAMILY,
        unit="morphemes/utterance",
        n_unit="utterances",
        description="How many words and grammatical endings an utterance holds on average, over the first 50 "
        "utterances that were complete and wholly understood, so that samples of different length compare. Lines "
        "marked [+ exc] and lines with www are left out; all else is as in mlu_morphemes.",
        formula="morphemes / 50, over the first 50 utterances of the analysis set that have a %mor tier; sd as in "
        "mlu_words",
        source="CLAN, KIDEVAL: MLU50_Morphemes (kideval.cpp)",
        function=_mlu_morphemes_50,
        needs=("mor",),
        no_value_when=(TOO_FEW_WITH_MOR, NO_ENDS),
    ),
)
