"""Family *length*, estimated: morphemes from the words, where a transcript has no ``%mor`` tier.

The rule is that of ``mlu_morphemes``: a word counts one, and at most one more for an ending or a contraction
that the rule lists. What a ``%mor`` tier says is told from the words instead (``tagging.py``), so that the value
is an estimate with an error of its own: docs/estimated-morphemes.md.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter

from sdc.measures.counting import Line, Piece, Word
from sdc.measures.length import FAMILY, NO_ENDS, NO_UTTERANCE, mean_length
from sdc.measures.needs import is_english
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample
from sdc.measures.tagging import Ending, tag_endings

NOT_ENGLISH = "endings can be told from the words for English only"

COUNTED = frozenset({Ending.PLURAL, Ending.POSSESSIVE, Ending.PAST, Ending.PROGRESSIVE, Ending.NOT, Ending.AUXILIARY})
"""The endings that count one."""


def estimated_pieces(sample: Sample) -> tuple[Piece, ...]:
    """Return the analysis set with estimated morphemes for lengths, without lines in another language."""
    lines = {line.utterance.index: line for line in sample.lines if line.utterance.language is None}
    sentence_case = sample.is_recognised
    found: list[Piece] = []
    for index, pieces in groupby(sample.analysed, key=attrgetter("line")):
        if index in lines:
            for piece, texts in zip(pieces, _parts(lines[index]), strict=True):
                n_endings = _n_endings(texts, sentence_case)
                found.append(replace(piece, length=len(texts) + n_endings) if n_endings else piece)
    return tuple(found)


def _parts(line: Line) -> list[tuple[str, ...]]:
    """Return the words of a line, cut at its terminators: one part for each of its pieces."""
    bounds = (0, *line.ends, len(line.words))
    parts = (
        tuple([_text(word) for word in line.words[first:last] if not word.is_plain_filler])
        for first, last in pairwise(bounds)
        if first < last
    )
    return [part for part in parts if part]


@lru_cache(maxsize=16384)
def _n_endings(texts: tuple[str, ...], sentence_case: bool) -> int:
    # A recogniser writes the first word with a capital letter, name or not.
    words = (texts[0].lower(), *texts[1:]) if sentence_case else texts
    return sum(ending in COUNTED for ending in tag_endings(words))


def _text(word: Word) -> str:
    """Return a word's text; none for a special form (``woof@o``, ``perro@s:spa``), which takes no English ending."""
    return "" if "@" in word.key else word.text


def _mlu_morphemes_estimated(sample: Sample) -> Finding:
    if not is_english(sample.session):
        return none(NOT_ENGLISH)
    return mean_length(estimated_pieces(sample), NO_UTTERANCE)


RULES = (
    MeasureRule(
        id="mlu_morphemes_estimated",
        title="Mean length of utterance in morphemes, estimated from the words",
        family=FAMILY,
        unit="morphemes/utterance",
        n_unit="utterances",
        description="An estimate of how many words and grammatical endings an utterance holds on average, for "
        "transcripts without a %mor tier. The endings are told from the words and their neighbours: plural, "
        "possessive, regular past tense, -ing, contracted auxiliary, contracted not.",
        formula="(words + endings) / utterances of the analysis set; at most one ending a word; sd as in mlu_words. "
        "Beside %mor, 129 children with 50 or more utterances: mean difference −0.1 %, 95 % limits of agreement "
        "−1.2 to +1.1 %, largest −3.5 % (docs/estimated-morphemes.md)",
        source="The rule of mlu_morphemes (CLAN since February 2024), with endings by this project's rules in place of "
        "a %mor tier",
        function=_mlu_morphemes_estimated,
        no_value_when=(NOT_ENGLISH, NO_UTTERANCE, NO_ENDS),
        minimum_n=50,
        rough_n=25,
    ),
)
