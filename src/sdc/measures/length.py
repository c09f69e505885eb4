"""Family *length*: how long utterances are."""

from __future__ import annotations

from math import sqrt

from sdc.measures.morphemes import morpheme_lengths
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample

FAMILY = "length"
NO_UTTERANCES = "no utterance in the analysis set"


def _mlu_words(sample: Sample) -> Finding:
    used = sample.analysed
    if not used:
        return none(NO_UTTERANCES)
    lines = tuple(dict.fromkeys(i for u in used for i in u.lines))
    return _mean([u.length for u in used], lines, sample.n_loose_words)


def _mlu_morphemes(sample: Sample) -> Finding:
    counted = morpheme_lengths(sample)
    if not counted:
        return none("no utterance with a %mor tier in the analysis set")
    lines = tuple(dict.fromkeys(i for u in counted for i in u.lines))
    return _mean([u.length for u in counted], lines)


def _mean(lengths: list[int], lines: tuple[int, ...], loose: int = 0) -> Finding:
    """Return mean and population SD as CLAN prints them: no SD of one utterance."""
    n = len(lengths)
    mean = (sum(lengths) + loose) / n
    spread = sqrt(max(0.0, sum(x * x for x in lengths) / n - mean * mean)) if n > 1 else None
    return Finding(mean, n, sd=spread, utterances=lines)


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
        minimum_n=50,
        rough_n=25,
    ),
)
