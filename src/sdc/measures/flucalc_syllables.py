"""Syllables by FluCalc's rule: vowel groups, with word beginnings in which an ``e`` is not spoken.

FluCalc's figures are relative to this count, so it stands beside ``syllables.py``, which agrees with a
pronouncing dictionary: ``houses`` has one syllable here, ``being`` too.

Counted are the words that ``%mor`` analyses. A line whose ``%mor`` does not fit its words item by item
gives nothing, as in FluCalc; a compound is counted in two parts, before and after its first stem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sdc.formats.chat.morphology import parse_item
from sdc.measures.counting import Line
from sdc.session import ScopeKind, TokenKind

_VOWELS = frozenset("aeiouyàèéêëìîïòôùûüâ")
_REPEATED = re.compile(r"↫[^↫]*(?:↫|$)")
_NO_LETTER = re.compile(r"[^a-z0-9à-ý]|[÷×]")
_NO_ITEM = re.compile(r"(?:(?:bq|eq)2?\||\+[\"^,+<]?$|unk\|(?:xxx|yyy)$|.*\|www$|tag\|„|&)")
"""On ``%mor``, what stands for no word: quotation marks, linkers, what was not understood."""

_NOT_ANALYSED = re.compile(r"(?:xxx?|yyy?|www|#.*|-.*)$", re.IGNORECASE)
_SEPARATORS = {",": "cm|", "‡": "", "„": ""}
_PARENTHESES = str.maketrans("", "", "()")

_BEGINNINGS = {
    beginning: n
    for n, beginnings in {
        1: "bake base bone cake care cheese dare fire fuse game goose grade grape home horse house ice juke lake life "
        "mine mole name nose note phone race rice side snake some space store stove take tape time voice waste wine "
        "wipe",
        2: "police",
    }.items()
    for beginning in beginnings.split()
}
"""Words that keep their number of syllables at the beginning of longer ones: ``grape|fruit``."""

_LENGTHS = (3, 4, 5, 6)
_WHOLE = {"maybe": 2}


@lru_cache(maxsize=32768)
def n_flucalc_syllables(written: str) -> int:
    """Count the syllables of an item of the main line.

    Parameters
    ----------
    written : str
        As written: ``do::g``, ``↫d-d↫dog``, ``nononono@o``.

    Returns
    -------
    int
        0 for a pause, a code, and a word that begins with a parenthesis (as in FluCalc).
    """
    if written.startswith(("(", "[")):
        return 0
    word = _NO_LETTER.sub("", _REPEATED.sub("", written.partition("@")[0]).lower())
    if word in _WHOLE:
        return _WHOLE[word]
    start = next((n for n in _LENGTHS if word[:n] in _BEGINNINGS), 0)
    return _count_groups(word, start, _BEGINNINGS.get(word[:start], 0))


def _count_groups(word: str, start: int, n: int) -> int:
    """Add the vowel groups from ``start`` on to the ``n`` syllables before it."""
    for i in range(start, len(word)):
        begins = word[i] in _VOWELS and (i == start or word[i - 1] not in _VOWELS)
        if begins and not (word.endswith("e") and i == len(word) - 1 and n and not _is_spoken_e(word)):
            n += 1
    return n


def _is_spoken_e(word: str) -> bool:
    """Whether a final e is spoken in a word of more than one vowel group: ``apple``, not ``whale``."""
    return len(word) > 2 and word[-2] == "l" and word[-3] not in _VOWELS


def line_syllables(line: Line) -> tuple[int, ...]:
    """Return the syllables of each word of a line that ``%mor`` analyses.

    Returns
    -------
    tuple[int, ...]
        Nothing for a line without ``%mor``, or where it does not fit the main line. Omitted words
        (``0is``) are among the words where ``%mor`` analyses them.
    """
    tier = line.utterance.tier("mor")
    if tier is None:
        return ()
    items = list(filter(_is_item, tier.text.split()))
    return tuple(_n_of_word(written, item) for written, item in _fit(line, items) if "|" in item)


@lru_cache(maxsize=32768)
def _is_item(item: str) -> bool:
    return _NO_ITEM.match(item) is None


@lru_cache(maxsize=32768)
def _is_analysed(written: str) -> bool:
    return _NOT_ANALYSED.match(written) is None


def _fit(line: Line, items: list[str]) -> list[tuple[str, str]]:
    """Give each item of ``%mor`` what it analyses, in order; nothing where they do not fit."""
    fitted: list[tuple[str, str]] = []
    for written, beginning in _analysed(line):
        item = items[len(fitted)] if len(fitted) < len(items) else None
        if item is not None and item.startswith(beginning):
            fitted.append((written, item))
        elif not beginning:
            return []
    return fitted if len(fitted) == len(items) else []


def _analysed(line: Line) -> Iterator[tuple[str, str]]:
    """Yield what ``%mor`` should have an item for, and how that item begins if there may be none."""
    tokens, scopes = line.utterance.tokens, line.utterance.scopes
    replaced = _replacements(line) if scopes else {}
    left_out = line.retraced | {i for s in scopes if s.kind is ScopeKind.EXCLUDED for i in range(s.first, s.last + 1)}
    for index, token in enumerate(tokens):
        if index in left_out:
            continue
        if token.kind is TokenKind.WORD:
            for written in replaced.get(index, (token.raw,)):
                if _is_analysed(written):
                    yield written, ""
        elif token.kind is TokenKind.TERMINATOR and token.raw[0] in ".?!+":
            yield "", ""
        elif token.kind is TokenKind.OMITTED:
            yield token.raw, "0"
        elif token.raw in _SEPARATORS:
            yield "", _SEPARATORS[token.raw]


def _replacements(line: Line) -> dict[int, tuple[str, ...]]:
    """Return the words of ``[: going to]``, all at the first word that they replace; ``[:: …]`` replaces nothing."""
    found: dict[int, tuple[str, ...]] = {}
    for scope in line.utterance.scopes:
        if scope.kind is ScopeKind.REPLACEMENT:
            replaced = (
                i for i in range(scope.first, scope.last + 1) if line.utterance.tokens[i].kind is TokenKind.WORD
            )
            found |= {index: tuple(scope.text.split()) if place == 0 else () for place, index in enumerate(replaced)}
    return found


@lru_cache(maxsize=32768)
def _n_of_word(written: str, item: str) -> int:
    written = written.translate(_PARENTHESES)
    if item.partition("|")[2].startswith("+") and (parts := parse_item(item).words[0].parts):
        first = parts[0][1]
        return n_flucalc_syllables(first) + n_flucalc_syllables(written[len(first) :])
    return n_flucalc_syllables(written)
