"""Family *length*: how long utterances are."""

from __future__ import annotations

from math import sqrt

from sdc.measures.counting import Piece, n_utterances
from sdc.measures.morphemes import morpheme_pieces
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample

FAMILY = "length"
ROUNDING = 1e-9
NO_UTTERANCE = "no utterance in the analysis set"
NO_MOR = "no utterance with a %mor tier in the analysis set"
NO_ENDS = "most words stand on lines without a terminator, so that utterances cannot be told apart"


def _mlu_words(sample: Sample) -> Finding:
    return mean_length(sample.analysed, NO_UTTERANCE)


def _mlu_morphemes(sample: Sample) -> Finding:
    return mean_length(morpheme_pieces(sample), NO_MOR)


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
    return Finding(mean, n, sd=spread, utterances=tuple(dict.fromkeys(piece.line for piece in pieces)))


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
        "without -Irr, -PASTP, -PRESP or Part with Pres, aux or mod with ~neg|not or ~part|not, noun or pronoun with "
        "~aux|; sd as in mlu_words",
        source="CLAN since February 2024, `mlu +t*CHI`",
        function=_mlu_morphemes,
        needs=("mor",),
        no_value_when=(NO_MOR, NO_ENDS),
        minimum_n=50,
        rough_n=25,
    ),
)
