"""How hard a text is to read: the grade of Flesch and Kincaid, with our own syllables."""

from __future__ import annotations

import re

from sdc.measures.syllables import n_syllables

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:\.\d+)?")
_SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)|$")


def reading_grade(text: str) -> float | None:
    """Return the US school grade that a text asks for; None for a text without words.

    Parameters
    ----------
    text : str
        Sentences. A figure counts as one syllable a digit; a colon or semicolon ends a sentence,
        since what stands on both sides is read by itself.

    Notes
    -----
    0.39 · words / sentences + 11.8 · syllables / words − 15.59 (Kincaid, Fishburne, Rogers &
    Chissom 1975). It counts lengths only: a low grade is no proof that a text is clear.
    """
    words = _WORD.findall(text)
    if not words:
        return None
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE.split(text))
    syllables = sum(n_syllables(word) if word[0].isalpha() else sum(map(str.isdigit, word)) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
