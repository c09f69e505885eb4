"""Syllables of English words, by vowel groups.

A vowel group is a run of the letters a, e, i, o, u, y; a final silent ``e`` is none. A rule of
thumb: it agrees with a pronouncing dictionary on most words, not on all (``being`` has one group).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouyl]l)e$")
_PARTS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@lru_cache(maxsize=32768)
def n_syllables(word: str) -> int:
    """Count the syllables of a word; each part of ``thank_you`` or ``choo+choo`` has at least one.

    Parameters
    ----------
    word : str
        As one would read it.

    Returns
    -------
    int
        At least 1.
    """
    parts = _PARTS.findall(unicodedata.normalize("NFC", word.lower()))
    return max(1, sum(map(_of_part, parts)))


def _of_part(part: str) -> int:
    letters = "".join(c for c in unicodedata.normalize("NFD", part) if not unicodedata.combining(c))
    groups = len(_VOWELS.findall(letters))
    # An accent says that the e is spoken: _SILENT_E looks at the word as written.
    return max(1, groups - 1 if groups > 1 and _SILENT_E.search(part) else groups)
