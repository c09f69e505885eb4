"""One item of a main line → Token.

CHAT manual, chapter "Words" and "Utterances": special forms, shortenings, length marks,
fillers, fragments, events, omitted words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sdc.session import Token, TokenKind

UNDERLINE = "\u0001\u0002"
CA_MARKS = "≠∆∇⁎°▁▔☺♋⁇∬∮§∾↻∙⤇⤆⁑↑↓⌈⌉⌊⌋\u03ab\u1f29"
"""Conversation Analysis marks that may stand inside or around a word; no part of its text."""

STRESS_MARKS = "ˈˌ"
_STRIP = str.maketrans("", "", ':^()"' + CA_MARKS + STRESS_MARKS + UNDERLINE + "↫")
_OVERLAP_INDEX = re.compile(r"(?<=[⌈⌉⌊⌋])[2-9]")
_REPEATED_SEGMENT = re.compile(r"↫[^↫]*↫")
_POS_SUFFIX = re.compile(r"\$[A-Za-z:]+$")
_LONG_FEATURE = re.compile(r"&[{}][a-z]=")
_HAS_SPEECH = re.compile(r"[^\W_]")
_CACHED_CHARS = 64
_UNCLEAR = {
    "xxx": TokenKind.UNINTELLIGIBLE,
    "yyy": TokenKind.PHONOLOGICAL,
    "www": TokenKind.UNTRANSCRIBED,
}
_PREFIXED = {
    "&-": TokenKind.FILLER,
    "&+": TokenKind.FRAGMENT,
    "&~": TokenKind.NONWORD,
}


def plain_text(raw: str) -> str:
    """Return a word as one would read it: length, stress and CA marks and shortening parentheses off."""
    if raw.isascii() and raw.isalpha():
        return raw
    return _OVERLAP_INDEX.sub("", _REPEATED_SEGMENT.sub("", raw)).translate(_STRIP)


def read_word(raw: str) -> Token:
    """Return the token of one item without spaces that is not punctuation, a pause or a code.

    Parameters
    ----------
    raw : str
        For example ``&-um``, ``(be)cause@d``, ``0is``, ``xxx``, ``&=laughs``.

    Returns
    -------
    Token
        ``TokenKind.OTHER`` for material that is no known item and holds no letter or digit.
    """
    return _read_known(raw) if len(raw) <= _CACHED_CHARS else _read_any(raw)


def _read_any(raw: str) -> Token:
    if raw.startswith("&") and len(raw) > 1:
        return _read_ampersand(raw)
    if raw.startswith("0"):
        return _read_zero(raw)
    if raw.startswith("#"):
        return Token(raw, TokenKind.PAUSE, raw)  # CHAT before 2000: # is a pause
    return _read_plain(raw)


_read_known = lru_cache(maxsize=32768)(_read_any)


def _read_ampersand(raw: str) -> Token:
    if raw.startswith("&="):
        return Token(raw[2:], TokenKind.EVENT, raw)
    if raw.startswith("&*"):
        return Token(plain_text(raw[2:].partition(":")[2]) or raw[2:], TokenKind.INTERPOSED, raw)
    if _LONG_FEATURE.match(raw):
        closed = raw.startswith("&{n=") and raw.endswith("}")
        return Token(raw[4:].rstrip("}"), TokenKind.EVENT if closed else TokenKind.MARKER, raw)
    kind = _PREFIXED.get(raw[:2])
    # CHAT before 2012 had one mark, as in &fr, for fragments, babbling and the like; CLAN
    # counts none of it as fragments.
    text = raw[2:] if kind else raw[1:]
    text, _, form = text.partition("@")
    return Token(plain_text(text) or raw, kind or TokenKind.NONWORD, raw, form or None)


def _read_zero(raw: str) -> Token:
    rest = raw.lstrip("0*")
    if not rest:
        return Token("0", TokenKind.ACTION, raw)
    if rest[0].isdigit():
        return Token(raw, TokenKind.WORD, raw)
    text, _, form = rest.partition("@")
    return Token(plain_text(text) or rest, TokenKind.OMITTED, raw, form or None)


def _read_plain(raw: str) -> Token:
    at = raw.find("@", 1)
    base, form = (raw[:at], raw[at + 1 :].rstrip(CA_MARKS + UNDERLINE)) if at > 0 else (raw, "")
    if (pos := _POS_SUFFIX.search(base)) is not None:
        # break$v: the part of speech is no part of the text, and CLAN tells it from plain break.
        base, form = base[: pos.start()], form + pos.group()
    text = plain_text(base)
    if _HAS_SPEECH.search(text):
        return Token(text, _UNCLEAR.get(text, TokenKind.WORD), raw, form or None)
    marks = set(raw) <= set(CA_MARKS + STRESS_MARKS + UNDERLINE + '"^↫23456789')
    return Token(text or raw, TokenKind.MARKER if marks else TokenKind.OTHER, raw, form or None)
