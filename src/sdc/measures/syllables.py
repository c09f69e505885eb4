"""Syllables of English words: CMUdict's count, and a rule for the words that it does not list.

The rule counts vowel groups: runs of the letters a, e, i, o, u, y, less an ``e`` that is not spoken
(``make``, ``jumped``, ``likely``), plus a vowel that two letters of a run share out between two syllables
(``be|ing``, ``pi|ano``), plus a syllable that no letter stands for (``did|n't``). ``data/syllables.txt``
holds only the words of CMUdict that the rule gets wrong, so that a word has its count in CMUdict whether
it is listed there or not. Of several pronunciations CMUdict's first one counts.

``scripts/make_syllables.py`` writes the file and says how many words the rule alone gets right.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(
    r"""
    (?<=[^aeiouyl])e$ | (?<=[aeiouyl]l)e$                    # make, whale; not the, table
    | (?<=[^aeiouyszxcgl])(?<![cs]h)e'?s$ | (?<=[aeiouyl]l)e'?s$  # makes, whales; not glasses, tables, beaches
    | (?<=[^aeiouytdl])ed$ | (?<=[aeiouyl]l)ed$              # jumped, pulled; not wanted, needed
    | (?<=[aeiouy][^aeiouy])e(?=(?:ly|ments?|ness|ful|less)$)   # likely, careful
    """,
    re.VERBOSE,
)
_EXTRA = re.compile(
    r"""
    [aeiou]y(?=[aeiou])(?!e[ds]?$)   # pla|ying, cra|yon; not played
    | (?<![cstxg])i(?=a)         # pi|ano; not special
    | (?<![cstxg])i(?=o)         # vi|olin; not nation
    | (?<![qgs])u(?=[ao])        # actu|al; not quack, suave
    | [aeo](?=ing) | (?<=[^aeiou])y(?=ing)   # be|ing, cry|ing
    | [sd](?=n't$)               # did|n't
    | [td](?='(?:ll|d|ve|re)$)   # it|'ll
    | s(?=m(?:s|'s)?$)           # pris|m
    | ^mc(?=[^aeiouy])           # Mc|Donald
    """,
    re.VERBOSE,
)
_ENDS_IN_S = re.compile(r"'?s$")
_SIBILANT = re.compile(r"(?:[szx]|[cs]h|[cgsz]e)$")
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
    plain = unicodedata.normalize("NFC", word.lower().replace("’", "'"))
    return max(1, sum(count_part(part, _listed()) for part in _PARTS.findall(plain)))


@cache
def _listed() -> dict[str, int]:
    """Return the words of CMUdict that the rule gets wrong, with CMUdict's counts."""
    text = files("sdc.measures").joinpath("data/syllables.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {word: int(n) for n, *words in rows for word in words}


def count_part(part: str, listed: dict[str, int]) -> int:
    """Count the syllables of a lower-case word: as listed, from the word without its s, else by the rule."""
    if part in listed:
        return listed[part]
    stem = _ENDS_IN_S.sub("", part)
    if stem in listed:
        return listed[stem] + bool(_SIBILANT.search(stem))
    return count_by_rule(part)


def count_by_rule(part: str) -> int:
    """Count the syllables of a lower-case word by its letters alone.

    Parameters
    ----------
    part : str
        Letters, with an apostrophe at most.

    Returns
    -------
    int
        At least 1.
    """
    letters = "".join(c for c in unicodedata.normalize("NFD", part) if not unicodedata.combining(c))
    groups = len(_VOWELS.findall(letters))
    # An accent says that the e is spoken: _SILENT_E looks at the word as written.
    silent = groups > 1 and _SILENT_E.search(part) is not None
    return max(1, groups - silent + len(_EXTRA.findall(letters)))
