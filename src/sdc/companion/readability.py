"""How hard a text is to read: the grade of Flesch and Kincaid with our own syllables, and what makes a short text hard.

The grade is a mean over words and sentences, so one long sentence hides among short ones, and a heading
of three words gets any grade. What families read is therefore held to both: the grade where the text is
long enough, and the sentences and words everywhere.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from sdc.measures.syllables import n_syllables

MAX_GRADE = 8.0
ENOUGH_WORDS = 30
"""From so many words on the grade says something."""
MAX_SENTENCE_WORDS = 20
MANY_SYLLABLES = 4

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


def reading_faults(text: str) -> tuple[str, ...]:
    """Return what makes an English text too hard for families; nothing where it is plain.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple[str, ...]
        One phrase a fault: a grade above 8 (of 30 words or more), a sentence of more than 20 words, a word
        of the field (``plain_reading.toml``, ``jargon``), a word of four syllables or more that is not
        one of those that families know (``known``).
    """
    words = _WORD.findall(text)
    grade = reading_grade(text)
    faults = [f"grade {grade:.1f}"] if grade is not None and len(words) >= ENOUGH_WORDS and grade > MAX_GRADE else []
    long = [n for part in _SENTENCE.split(text) if (n := len(_WORD.findall(part))) > MAX_SENTENCE_WORDS]
    faults += [f"a sentence of {n} words" for n in long]
    hard = (word for word in words if _is_hard(word.casefold().replace("’", "'")))
    return (*faults, *(f"the word {word!r}" for word in dict.fromkeys(hard)))


def _is_hard(word: str) -> bool:
    jargon, known = _lists()
    plain = word.removesuffix("'s")
    if plain in jargon or plain.removesuffix("s") in jargon:
        return True
    return plain[0].isalpha() and n_syllables(plain) >= MANY_SYLLABLES and plain not in known


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    table = tomllib.loads(files("sdc.companion").joinpath("plain_reading.toml").read_text(encoding="utf-8"))
    return frozenset(table["jargon"]), frozenset(table["known"])
