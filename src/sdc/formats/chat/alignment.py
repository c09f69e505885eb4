"""Which ``%mor`` item belongs to which token of the main line.

``%mor`` analyses what counts as said: words outside retracings, replacements in place of what
they replace (``gonna [: going to]`` has two items), separators and terminators; no fillers,
fragments, events, pauses, ``xxx``. Older corpora add omitted words (``0v|v``) or quotation marks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, product

from sdc.formats.chat.morphology import MorItem, parse_mor
from sdc.session import ScopeKind, Token, TokenKind, Utterance

_REPLACEMENTS = (ScopeKind.REPLACEMENT, ScopeKind.REAL_WORD_REPLACEMENT)
_QUOTES = "“”"
_MARKED_SEPARATORS = ",‡„;،؛"


@dataclass(frozen=True, slots=True)
class MorAlignment:
    """``%mor`` items, each with the token that it analyses.

    Attributes
    ----------
    items : tuple[MorItem, ...]
    tokens : tuple[int or None, ...]
        For each item the index of its token in the utterance. All None when the counts of the
        two tiers do not fit (``complete`` is False then).
    complete : bool
        Whether every item found its token and every token that needs an item has one.
    """

    items: tuple[MorItem, ...]
    tokens: tuple[int | None, ...]
    complete: bool

    def of_token(self, index: int) -> tuple[MorItem, ...]:
        """Return the items of one token: several for a replacement by several words."""
        return tuple(item for item, token in zip(self.items, self.tokens, strict=True) if token == index)


def align_mor(utterance: Utterance) -> MorAlignment | None:
    """Align an utterance's first ``%mor`` tier with its tokens.

    Returns
    -------
    MorAlignment or None
        None when the utterance has no ``%mor`` tier.
    """
    tier = utterance.tier("mor")
    if tier is None:
        return None
    items = parse_mor(tier.text)
    best: list[int] | None = None
    score = -1
    for separators, omitted, quotes in product((True, False), (False, True), (False, True)):
        expected = _expected(utterance, separators=separators, omitted=omitted, quotes=quotes)
        if len(expected) == len(items) and (fit := _fit(items, expected, utterance.tokens)) > score:
            best, score = expected, fit
            if score == 2 * len(items):
                break
    if best is None:
        return MorAlignment(items, (None,) * len(items), complete=False)
    return MorAlignment(items, tuple(best), complete=True)


_NEEDING = {TokenKind.WORD, TokenKind.TERMINATOR}


def mor_fits(utterance: Utterance) -> bool:
    """Whether an utterance's ``%mor`` tier has as many items as its main line needs.

    The same question as ``align_mor(utterance).complete``, answered by counting alone. True
    where there is no ``%mor`` tier.
    """
    tier = utterance.tier("mor")
    if tier is None:
        return True
    items = len(tier.text.split())
    if not utterance.scopes and items == len(utterance.tokens) and {t.kind for t in utterance.tokens} == _NEEDING:
        return True  # words and an end, which is what most lines are
    kinds = _countable(utterance)
    surplus = items - kinds.pop("needed")
    optional = [n for n in kinds.values() if n]
    return surplus == 0 or any(surplus == sum(some) for k in (1, 2, 3) for some in combinations(optional, k))


def without_mor(utterance: Utterance) -> Utterance:
    """Return an utterance without its ``%mor`` tier, and without what rests on that tier (``%gra``)."""
    return replace(utterance, tiers=tuple(t for t in utterance.tiers if t.name not in ("mor", "gra")))


def _countable(utterance: Utterance) -> dict[str, int]:
    """Count the tokens that need an item, and those of each kind that may have one."""
    retraced = utterance.retraced()
    replaced = _replaced(utterance) if utterance.scopes else {}
    counts = {"needed": 0, "separators": 0, "omitted": 0, "quotes": 0}
    for index, token in enumerate(utterance.tokens):
        if index in retraced:
            continue
        kind = token.kind
        if kind is TokenKind.WORD:
            counts["needed"] += replaced.get(index, 1)
        elif kind is TokenKind.TERMINATOR:
            counts["needed"] += 1
        elif kind is TokenKind.SEPARATOR:
            counts["separators"] += token.raw in _MARKED_SEPARATORS
        elif kind is TokenKind.OMITTED:
            counts["omitted"] += 1
        elif kind is TokenKind.MARKER:
            counts["quotes"] += token.raw in _QUOTES
    return counts


def _expected(utterance: Utterance, *, separators: bool, omitted: bool, quotes: bool) -> list[int]:
    """Return the token index of each item that ``%mor`` should hold."""
    retraced = utterance.retraced()
    replaced = _replaced(utterance)
    indexes: list[int] = []
    for index, token in enumerate(utterance.tokens):
        if index in retraced:
            continue
        if token.kind is TokenKind.WORD:
            indexes += [index] * replaced.get(index, 1)
        elif (
            token.kind is TokenKind.TERMINATOR
            or (separators and token.kind is TokenKind.SEPARATOR and token.raw in _MARKED_SEPARATORS)
            or (omitted and token.kind is TokenKind.OMITTED)
            or (quotes and token.kind is TokenKind.MARKER and token.raw in _QUOTES)
        ):
            indexes.append(index)
    return indexes


def _replaced(utterance: Utterance) -> dict[int, int]:
    """Return how many items stand for a replaced token: all at its first word, none at the others."""
    counts: dict[int, int] = {}
    for scope in utterance.scopes:
        if scope.kind in _REPLACEMENTS:
            words = [i for i in range(scope.first, scope.last + 1) if utterance.tokens[i].kind is TokenKind.WORD]
            for position, index in enumerate(words):
                counts[index] = len(scope.text.split()) if position == 0 else 0
    return counts


def _fit(items: tuple[MorItem, ...], expected: list[int], tokens: tuple[Token, ...]) -> int:
    """Count the places where both sides are, or are not, punctuation and omitted."""
    return sum(
        (item.is_punctuation == (tokens[index].kind not in (TokenKind.WORD, TokenKind.OMITTED)))
        + (item.is_omitted == (tokens[index].kind is TokenKind.OMITTED))
        for item, index in zip(items, expected, strict=True)
    )
