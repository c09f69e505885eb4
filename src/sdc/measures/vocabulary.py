"""Family *vocabulary*: how many words, how many different ones."""

from __future__ import annotations

from sdc.measures.lemmas import line_lemmas, stems
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes

FAMILY = "vocabulary"
NO_WORDS = "no words"
NO_MOR = "no %mor tier"
WHAT_IS_A_WORD = (
    "Words outside retracings, also those of utterances that were only partly understood; capital letters and "
    "special forms (@o, @c …) make different words."
)


WHAT_IS_A_LEMMA = (
    "A base form is what the %mor tier gives: dog and dogs are one, it's is two, it and be. Words outside retracings, "
    "also those of utterances that were only partly understood."
)

NDW = 100
"""Words that ``ndw_100`` is taken over."""

TOO_SHORT = f"fewer than {NDW} words on the %mor tier"


def word_lines(sample: Sample) -> tuple[int, ...]:
    """Return where the lines with words stand in the session."""
    return tuple(line.index for line in sample.lines if line.words)


def mor_lines(sample: Sample) -> tuple[int, ...]:
    """Return where the lines with a ``%mor`` tier stand in the session."""
    return indexes(sample.with_mor)


def _tokens(sample: Sample) -> Finding:
    n = len(sample.words)
    return Finding(n, n, utterances=word_lines(sample))


def _types(sample: Sample) -> Finding:
    return Finding(len({w.key for w in sample.words}), len(sample.words), utterances=word_lines(sample))


def _ttr(sample: Sample) -> Finding:
    n = len(sample.words)
    if not n:
        return none(NO_WORDS)
    return Finding(len({w.key for w in sample.words}) / n, n, utterances=word_lines(sample))


def _lemma_tokens(sample: Sample) -> Finding:
    return _lemmas(sample, len(sample.lemmas))


def _lemma_types(sample: Sample) -> Finding:
    return _lemmas(sample, len(set(sample.lemmas)))


def _lemmas(sample: Sample, value: int) -> Finding:
    # Who said no word needs no tier: nothing was left out.
    if sample.words and not sample.with_mor:
        return none(NO_MOR)
    return Finding(value, len(sample.lemmas), utterances=mor_lines(sample))


def _ndw_100(sample: Sample) -> Finding:
    first: list[str] = []
    used = []
    for line in sample.with_mor:
        if len(first) >= NDW:
            break
        found = () if line.is_set_aside else line_lemmas(line)
        first += [stem for lemma in found for stem in stems(lemma)]
        used += [line.index] if found else []
    if len(first) < NDW:
        return none(TOO_SHORT, len(first), tuple(used))
    return Finding(len(set(first[:NDW])), NDW, utterances=tuple(used))


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
    MeasureRule(
        id="lemma_tokens",
        title="Words, contractions apart",
        family=FAMILY,
        unit="words",
        n_unit="words",
        description=f"How many base forms were said, contractions taken apart. {WHAT_IS_A_LEMMA}",
        formula="number of lemmas on the %mor tier: one for each word and one for each clitic (~, $); punctuation, "
        "omitted words (0…), unk|xxx, unk|yyy and …|www are none",
        source="CLAN manual, FREQ: `freq +t*CHI +sm;*,o%`, tokens (freq.cpp; cutt.cpp, ParseWordMorElems)",
        function=_lemma_tokens,
        no_value_when=(NO_MOR,),
    ),
    MeasureRule(
        id="lemma_types",
        title="Different words, as base forms",
        family=FAMILY,
        unit="different words",
        n_unit="words",
        description="How many different base forms were said. The number grows with the length of the sample. "
        f"{WHAT_IS_A_LEMMA}",
        formula="number of different lemmas among lemma_tokens; a compound (n|+n|ice+n|cream) is one",
        source="CLAN manual, FREQ: `freq +t*CHI +sm;*,o%`, types (freq.cpp; cutt.cpp, ParseWordMorElems)",
        function=_lemma_types,
        no_value_when=(NO_MOR,),
    ),
    MeasureRule(
        id="ndw_100",
        title="Different words in the first 100",
        family=FAMILY,
        unit="different words",
        n_unit="words",
        description="How many different base forms are among the first 100 of the sample, so that samples of different "
        f"length compare. {WHAT_IS_A_LEMMA} Lines marked [+ exc] and lines with www are left out.",
        formula="number of different lemmas among the first 100 lemmas",
        source="CLAN, KIDEVAL: `kideval +t*CHI +leng`, NDW_100 (kideval.cpp)",
        function=_ndw_100,
        needs=("mor",),
        no_value_when=(TOO_SHORT,),
    ),
)
