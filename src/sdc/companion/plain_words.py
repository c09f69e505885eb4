"""The words that a sentence of a language model may be made of: those of ``sentences.toml`` and ``plain_words.txt``.

Figures can be held against evidence; free text cannot. So a model's sentence stays inside a closed
vocabulary of measuring and comparing: it has no words for causes, people, feelings or advice, none of
another language, no name but the child's. What the child said stands in quotation marks and is held
against the transcript instead (``grounding``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from sdc.companion.grounding import MONTHS, without_quotes

MAX_CLAIM_CHARS = 400
NOT_SAID = frozenset({"ask_back", "engine"})
"""Groups of ``sentences.toml`` that speak to who asks, not about recordings."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STRAY = re.compile(r"[^\w\s.,;:%()'’“”\"–—−+/-]|_|\w*(?:\d[^\W\d]|[^\W\d_]\d)\w*|[\r\n\t]|://|--+|\d\s*[/]|^\s*[-–—+]")
_FIELD = re.compile(r"\{[^}]*\}")


def foreign_words(text: str, name: str | None = None) -> Iterator[str]:
    """Yield what a sentence holds that is no plain word, number or mark.

    Parameters
    ----------
    text : str
    name : str, optional
        The child's name, which may stand in it.
    """
    plain = without_quotes(text)
    if name:
        plain = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s)?(?!\w)", " ", plain)
    for number_suffix in re.findall(r"\b\d+(?:st|nd|rd|th)\b", plain):
        plain = plain.replace(number_suffix, " ")
    yield from dict.fromkeys(m.group() for m in _STRAY.finditer(plain))
    yield from dict.fromkeys(m.group() for m in _WORD.finditer(plain) if not _is_plain(m.group()))


def _is_plain(word: str) -> bool:
    lower = word.lower().replace("’", "'")
    if word not in (lower, lower.capitalize()) and word not in _capitals():
        return False
    return lower in plain_words() or lower.removesuffix("'s") in plain_words()


@cache
def plain_words() -> frozenset[str]:
    """Return all plain words, in lower case."""
    lines = files("sdc.companion").joinpath("plain_words.txt").read_text(encoding="utf-8").splitlines()
    listed = [word for line in lines if not line.startswith("#") for word in line.split()]
    return frozenset((*listed, *(w.lower() for w in _written()), *(m.lower() for m in MONTHS)))


@cache
def _capitals() -> frozenset[str]:
    """Return words with capitals inside that are no names: HD-D, MTLD, Hz."""
    return frozenset(word for word in _written() if not word.islower())


@cache
def _written() -> tuple[str, ...]:
    book = tomllib.loads(files("sdc.companion").joinpath("sentences.toml").read_text(encoding="utf-8"))
    texts = [text for group, rows in book.items() if group not in NOT_SAID for text in _texts(rows)]
    return tuple(word for text in texts for word in _WORD.findall(_FIELD.sub(" ", text)))


def _texts(rows: dict[str, Any]) -> Iterator[str]:
    for row in rows.values():
        yield from (v for v in row.values() if isinstance(v, str)) if isinstance(row, dict) else (row,)
