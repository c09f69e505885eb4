"""Word times: from ``%wor`` tiers and from bullets inside the main line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sdc.formats.chat.bullets import BULLET_PATTERN, bullet_span
from sdc.formats.chat.words import plain_text
from sdc.session import DependentTier, TimeSpan, Token, TokenKind

SPOKEN = frozenset(
    {
        TokenKind.WORD,
        TokenKind.FILLER,
        TokenKind.FRAGMENT,
        TokenKind.NONWORD,
        TokenKind.UNINTELLIGIBLE,
        TokenKind.PHONOLOGICAL,
        TokenKind.UNTRANSCRIBED,
    }
)
"""Kinds that take time in the recording and stand on ``%wor``."""

_WOR_ITEM = re.compile(rf"(?P<bullet>{BULLET_PATTERN})|(?P<word>[^\s\u0015]+)")
_PUNCTUATION = frozenset(".?!,;„‡")
_LOOK_AHEAD = 8


def with_word_times(tokens: tuple[Token, ...], tiers: Sequence[DependentTier]) -> tuple[Token, ...]:
    """Return the tokens with the times that ``%wor`` or bullets inside the line give them."""
    for tier in tiers:
        if tier.name == "wor":
            return _from_wor(tokens, read_wor(tier.text))
    timed = TokenKind.MARKER in [t.kind for t in tokens] and any(t.kind is TokenKind.MARKER and t.span for t in tokens)
    return _from_inline(tokens) if timed else tokens


def read_wor(text: str) -> list[tuple[str, TimeSpan | None]]:
    """Return the words of a ``%wor`` tier, each with its time where it has one."""
    words: list[tuple[str, TimeSpan | None]] = []
    for match in _WOR_ITEM.finditer(text):
        raw = match.group()
        if match.lastgroup == "word":
            words.append((raw, None))
        elif words and words[-1][1] is None:
            words[-1] = (words[-1][0], bullet_span(raw))
    return [(word, span) for word, span in words if word not in _PUNCTUATION and not word.startswith("+")]


def _from_wor(tokens: tuple[Token, ...], words: list[tuple[str, TimeSpan | None]]) -> tuple[Token, ...]:
    """Match words in order: by position when the counts agree, else by their text within a short look-ahead."""
    timed = list(tokens)
    spoken = [i for i, token in enumerate(tokens) if token.kind in SPOKEN]
    if len(spoken) == len(words):
        pairs = list(zip(spoken, words, strict=True))
    else:
        pairs = list(_by_text(tokens, spoken, words))
    for index, (_, span) in pairs:
        if span is not None:
            timed[index] = replace(timed[index], span=span)
    return tuple(timed)


def _by_text(
    tokens: tuple[Token, ...], spoken: list[int], words: list[tuple[str, TimeSpan | None]]
) -> list[tuple[int, tuple[str, TimeSpan | None]]]:
    pairs = []
    position = 0
    for word in words:
        key = plain_text(word[0].lstrip("&-+~").partition("@")[0]).lower()
        for ahead in range(position, min(position + _LOOK_AHEAD, len(spoken))):
            if tokens[spoken[ahead]].text.lower() == key:
                pairs.append((spoken[ahead], word))
                position = ahead + 1
                break
    return pairs


def _from_inline(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Give a word the bullet right after it, when every bullet follows exactly one spoken word."""
    timed = list(tokens)
    waiting: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind in SPOKEN:
            waiting.append(index)
        elif token.kind is TokenKind.MARKER and token.span:
            if len(waiting) != 1:
                return tokens  # bullets over phrases, not words
            timed[waiting[0]] = replace(timed[waiting[0]], span=token.span)
            waiting = []
    return tuple(timed)
