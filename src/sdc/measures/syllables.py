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
    plain = unicodedata.normalize("NFD", word.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return max(1, sum(map(_of_part, _PARTS.findall(plain))))


def _of_part(part: str) -> int:
    groups = len(_VOWELS.findall(part))
    return max(1, groups - 1 if groups > 1 and _SILENT_E.search(part) else groups)
