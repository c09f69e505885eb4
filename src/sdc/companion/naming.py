"""What a sentence calls a figure: the measure that it is of, and whether it is a difference or the error beside it.

"The pitch was 22 %" holds a true figure of another measure; "a decrease of 8 points" holds the
difference that would have been needed. Both are read from the words around the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from sdc.companion import wordbook
from sdc.companion.grounding import CHANGE, Figure, evidence_values, figures, without_quotes, without_times
from sdc.companion.placing import CLAUSE, closed
from sdc.session import Claim, Evidence

_TOPICS = """
filler repetition revision revised morpheme syllable pitch loudness voice pause turn tempo rate disfluencie
stuttering-like variety different grammar grammatical structure consonant vocalisation question answer replie
understood energy semitone phrase fragment sound held broken single whole adult's repeated repeat
own speaking conversation conversational contraction base code decibel marked
"""
TOPICS = frozenset(_TOPICS.split())
"""Words, without an s at their end, that tell measures apart; the others are of many or of none."""
CARRIERS = frozenset({"word", "utterance"})
"""Words of very many measures; yet a share of words is none of utterances."""

_NEEDED = re.compile(
    r"\b(?:need\w*|required?|expected|chance|error|margin|can differ|can vary|lie apart|enough|wanted)\b", re.IGNORECASE
)
_HELD_AGAINST = re.compile(
    r"\b(?:than|within|above|beyond|below|under|exceeds?)\s+(?:the\s+|about\s+)*$", re.IGNORECASE
)
_WORD = re.compile(r"[a-z][a-z'-]*")
ERRORS = (".mdc95", ".means.mdc95", ".minimum")


def naming_faults(claim: Claim, cited: Sequence[Evidence]) -> Iterator[str]:
    """Yield what a claim calls by another name than its evidence does."""
    text = without_times(without_quotes(claim.text))
    shown = [(f, [e for e in cited if any(f.shows(v) for v in evidence_values(e))]) for f in figures(text)]
    yield from _of_another_measure(text, shown)
    spots = [f for f, _ in shown]
    for figure, found in shown:
        names = {e.measure or "" for e in found}
        before, after = _around(text, figure, spots)
        is_needed = bool(_NEEDED.search(before) or _NEEDED.search(after) or _HELD_AGAINST.search(before))
        if names and all(name.endswith(ERRORS) for name in names) and not is_needed:
            yield f"{figure.text} is what is needed or within error, not what was found"
        elif names and all(name.endswith(CHANGE) for name in names) and _NEEDED.search(before + " " + after):
            yield f"{figure.text} is what was found, not what is needed"


def _of_another_measure(text: str, shown: Iterable[tuple[Figure, list[Evidence]]]) -> Iterator[str]:
    told = topics(text)
    measures = {(e.measure or "").partition(".")[0] for _, found in shown for e in found}
    known = [words for name in measures if (words := wordbook.measure_words(name)) is not None]
    if not known:
        return
    foreign = (told | _stems(text) & CARRIERS) - frozenset().union(*(_all_words(words) for words in known))
    if foreign:
        yield f"{', '.join(sorted(foreign))}: not what its figures are of"
    elif (
        told and told not in (topics(words.name) for words in known) and told in _topics_of_others(frozenset(measures))
    ):
        yield f"{', '.join(sorted(told))}: that is another measure"


def topics(text: str) -> frozenset[str]:
    """Return the words in a text that tell measures apart."""
    return _stems(text) & TOPICS


def _all_words(words: wordbook.MeasureWords) -> frozenset[str]:
    return _stems(" ".join((words.name, words.seen, words.unit, words.counts, words.value)))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text.lower().replace("’", "'")))


@cache
def _topics_of_others(measures: frozenset[str]) -> frozenset[frozenset[str]]:
    names = (name for name in wordbook.measures_in_words() if name not in measures)
    return frozenset(topics(words.name) for name in names if (words := wordbook.measure_words(name)) is not None)


def _around(text: str, figure: Figure, all_figures: Sequence[Figure]) -> tuple[str, str]:
    """Return the words of a figure's clause before it and behind it, as far as the next figure."""
    cuts = [0, *(m.end() for m in CLAUSE.finditer(closed(text))), len(text)]
    start = max([cut for cut in cuts if cut <= figure.start] + [f.end for f in all_figures if f.end <= figure.start])
    end = min([cut for cut in cuts if cut >= figure.end] + [f.start for f in all_figures if f.start >= figure.end])
    return text[start : figure.start], text[figure.end : end]
