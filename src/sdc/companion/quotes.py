"""The child's own words, as a sentence can quote them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sdc.measures.counting import count_line
from sdc.progress import SessionPoint
from sdc.session import TokenKind, Utterance

SPOKEN = frozenset({TokenKind.WORD, TokenKind.FILLER, TokenKind.FRAGMENT})
"""What a quotation holds: also hesitations, which are the child's too."""

HIDDEN = frozenset({TokenKind.UNINTELLIGIBLE, TokenKind.PHONOLOGICAL, TokenKind.UNTRANSCRIBED, TokenKind.OTHER})
"""An utterance with one of these is not quoted: what was said is not wholly known."""

MAX_QUOTE_WORDS = 25


@dataclass(frozen=True, slots=True)
class Quote:
    """What was said, and in which utterance."""

    index: int
    words: str


def longest_quote(point: SessionPoint) -> Quote | None:
    """Return the child's utterance with the most words of its own (nothing taken back), at least two."""
    return _best(point.child_utterances, n_words, at_least=2)


def hesitant_quote(point: SessionPoint) -> Quote | None:
    """Return the child's utterance with the most words in fillers, repetitions and revisions, at least one."""
    return _best(point.child_utterances, lambda utterance: count_line(utterance).n_maze_words, at_least=1)


def n_words(utterance: Utterance) -> int:
    """Count words that were not taken back."""
    retraced = utterance.retraced()
    return sum(t.kind is TokenKind.WORD and i not in retraced for i, t in enumerate(utterance.tokens))


def spoken(utterance: Utterance) -> str:
    """Return the words of an utterance as one can read them; empty when they are not wholly known."""
    if any(t.kind in HIDDEN for t in utterance.tokens):
        return ""
    words = [_clean(t.text) for t in utterance.tokens if t.kind in SPOKEN]
    return " ".join(w for w in words if w)


def _best(utterances: Iterable[Utterance], count: Callable[[Utterance], int], at_least: int) -> Quote | None:
    quotable = [
        (count(u), -u.index, words)
        for u in utterances
        if (words := spoken(u)) and len(words.split()) <= MAX_QUOTE_WORDS
    ]
    number, index, words = max(quotable, default=(0, 0, ""))
    return Quote(-index, words) if number >= at_least else None


def _clean(text: str) -> str:
    """Take off what would break a quotation: quotation marks, control characters."""
    return "".join(c for c in text if c not in '“”"' and unicodedata.category(c)[0] != "C").strip().replace("_", " ")
