"""Lemmas: what the ``%mor`` tier says a word is a form of, by the rules of CLAN.

``it's`` is two lemmas, *it* and *be*; a compound is one, ``ice+cream``. An item with several
readings (``n|run^v|walk``) is one lemma of all of them, ``run^walk``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sdc.measures.counting import Line

_NO_WORD = re.compile(
    r"[0&#+-]"  # omitted words, events, terminators
    r"|(?:cm|beg|end|bq2?|eq2?|punct)\|"  # punctuation
    r"|unk\|(?:xxx|yyy)$|[^|]*\|www$"  # what was not understood or not written down
)
_CLITIC = re.compile(r"[~$]")
_STEM_END = re.compile(r"[-&=*@#]")


@lru_cache(maxsize=32768)
def is_left_out(raw: str) -> bool:
    """Whether an item of the ``%mor`` tier stands for no word."""
    return "|" not in raw or _NO_WORD.match(raw) is not None


@lru_cache(maxsize=32768)
def item_lemmas(raw: str) -> tuple[str, ...]:
    """Return the lemmas of an item of the ``%mor`` tier: of the word and its clitics."""
    if is_left_out(raw):
        return ()
    words = ("^".join(map(_stem, word.split("^"))) for word in _CLITIC.split(raw))
    return tuple(word for word in words if word)


def _stem(reading: str) -> str:
    """Return ``dog`` of ``n|dog-PL``, ``ice+cream`` of ``n|+n|ice+n|cream-PL``."""
    parts = (_STEM_END.split(part.rpartition("|")[2], maxsplit=1)[0] for part in reading.split("+"))
    return "+".join(part for part in parts if part)


def line_lemmas(line: Line) -> tuple[str, ...]:
    """Return the lemmas of a line, in order; none where it has no ``%mor`` tier."""
    tier = line.utterance.tier("mor")
    return tuple(lemma for raw in tier.text.split() for lemma in item_lemmas(raw)) if tier else ()


def stems(lemma: str) -> list[str]:
    """Return what KIDEVAL makes of a lemma: each reading apart, compounds without their ``+``."""
    return lemma.replace("+", "").split("^")
