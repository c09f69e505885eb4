"""The prompt of a model that reads a child's lines: the same text in training data and when it is asked.

What a model is shown of a line is what was said, with events and remarks in square brackets. What the
transcriber took a word to mean (``noosh [: nose]``) is not shown: it is what the model is to tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from sdc.companion.prompting import prompt_file
from sdc.session import ScopeKind, Token, TokenKind, Utterance

REMARKS = ("act", "com", "exp", "pho")
"""Dependent tiers that are shown behind their line."""

_SAID = frozenset({TokenKind.WORD, TokenKind.NONWORD, TokenKind.FILLER})
_UNKNOWN = {TokenKind.UNINTELLIGIBLE: "xxx", TokenKind.PHONOLOGICAL: "yyy", TokenKind.UNTRANSCRIBED: "www"}
_BULLET = re.compile("\x15[^\x15]*\x15")


def speech_prompt(transcript: str, measured: str = "") -> str:
    """Return what a model is asked about some lines.

    Parameters
    ----------
    transcript : str
        Of ``shown_lines``.
    measured : str
        What was measured on the whole recording, a measure a line; empty: nothing is told.
    """
    text = prompt_file("speech")[1].replace("{transcript}", transcript)
    return f"{text}\n\n{prompt_file('measured')[1].replace('{measured}', measured)}" if measured else text


def prompt_version(*, measured: bool = False) -> str:
    """Return the versions of the files that ``speech_prompt`` is made from."""
    names = ("speech", "measured") if measured else ("speech",)
    return "+".join(prompt_file(name)[0] for name in names)


def shown_lines(utterances: Iterable[Utterance]) -> str:
    """Return lines as a model is shown them; those without anything to show are left out."""
    lines = ((u.speaker, shown(u)) for u in utterances)
    return "\n".join(f"{speaker}: {text}" for speaker, text in lines if text)


def shown(utterance: Utterance) -> str:
    """Return one line without its speaker; empty where there is nothing to show."""
    pieces = [shown_token(token) for token in utterance.tokens]
    for scope in utterance.scopes:
        if scope.kind is ScopeKind.PARALINGUISTIC and scope.text.strip():
            pieces[scope.last] += f" [{plain(scope.text)}]"
    pieces += [f"[%{t.name}: {plain(t.text)}]" for t in utterance.tiers if t.name in REMARKS and plain(t.text)]
    text = " ".join(piece for piece in pieces if piece)
    return text if any(c.isalnum() for c in text) else ""


def shown_token(token: Token) -> str:
    """Return one token as it is shown; empty for what is not."""
    if token.kind in _SAID:
        return plain(token.text)
    if token.kind is TokenKind.FRAGMENT:
        return f"{plain(token.text)}-"
    if token.kind is TokenKind.EVENT:
        return f"[{plain(token.text)}]"
    if token.kind is TokenKind.TERMINATOR:
        return _end(token.raw)
    return _UNKNOWN.get(token.kind, "")


def _end(raw: str) -> str:
    if raw.startswith("+.") and "?" not in raw:
        return "…"
    return next((mark for mark in "?!" if mark in raw), ".")


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Return a text without what would break a quotation or a line: quotation marks, time bullets, controls."""
    kept = (c for c in _BULLET.sub(" ", text) if c not in '“”"' and unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return " ".join("".join(kept).replace("_", " ").split())
