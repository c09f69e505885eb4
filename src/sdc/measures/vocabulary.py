"""Family *vocabulary*: how many words, how many different ones."""

from __future__ import annotations

from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample

FAMILY = "vocabulary"
NO_WORDS = "no words"
WHAT_IS_A_WORD = (
    "Words outside retracings, also those of utterances that were only partly understood; capital letters and "
    "special forms (@o, @c …) make different words."
)


def _lines(sample: Sample) -> tuple[int, ...]:
    return tuple(line.index for line in sample.lines if line.words)


def _tokens(sample: Sample) -> Finding:
    n = len(sample.words)
    return Finding(n, n, utterances=_lines(sample))


def _types(sample: Sample) -> Finding:
    return Finding(len({w.key for w in sample.words}), len(sample.words), utterances=_lines(sample))


def _ttr(sample: Sample) -> Finding:
    n = len(sample.words)
    if not n:
        return none(NO_WORDS)
    return Finding(len({w.key for w in sample.words}) / n, n, utterances=_lines(sample))


RULES = (
    MeasureRule(
        id="word_tokens",
        title="Words",
        family=FAMILY,
        unit="words",
        n_unit="words",
        description=f"How many words were said. {WHAT_IS_A_WORD}",
        formula="number of words",
        source="CLAN manual, FREQ: `freq +t*CHI`, tokens",
        function=_tokens,
    ),
    MeasureRule(
        id="word_types",
        title="Different words",
        family=FAMILY,
        unit="different words",
        n_unit="words",
        description="How many different words were said, as written (dog and dogs are two). The number grows with the "
        f"length of the sample. {WHAT_IS_A_WORD}",
        formula="number of different words",
        source="CLAN manual, FREQ: `freq +t*CHI`, types",
        function=_types,
    ),
    MeasureRule(
        id="ttr",
        title="Type–token ratio",
        family=FAMILY,
        unit="types/token",
        n_unit="words",
        description="Different words as a share of all words. It falls as a sample grows, so samples of different "
        f"length cannot be compared by it. {WHAT_IS_A_WORD}",
        formula="word_types / word_tokens",
        source="CLAN manual, FREQ: `freq +t*CHI`, type/token ratio",
        function=_ttr,
        no_value_when=(NO_WORDS,),
    ),
)
