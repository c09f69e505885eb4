"""Codes in square brackets: ``[/]``, ``[: nose]``, ``[* p:w]``, ``[+ mlue]``.

CHAT manual, chapter "Scoped Symbols" and "Utterances" (postcodes, language precodes).
"""

from __future__ import annotations

from sdc.session import ScopeKind

_EXACT = {
    "/": ScopeKind.REPETITION,
    "//": ScopeKind.REVISION,
    "///": ScopeKind.REFORMULATION,
    "/-": ScopeKind.FALSE_START,
    "/?": ScopeKind.UNCLEAR_RETRACING,
    "?": ScopeKind.UNCERTAIN,
    "!": ScopeKind.STRESS,
    "!!": ScopeKind.STRESS,
    "e": ScopeKind.EXCLUDED,
}
_PREFIXES = (
    ("::", ScopeKind.REAL_WORD_REPLACEMENT),
    (":", ScopeKind.REPLACEMENT),
    ("*", ScopeKind.ERROR),
    ("=!", ScopeKind.PARALINGUISTIC),
    ("=?", ScopeKind.ALTERNATIVE),
    ("=", ScopeKind.EXPLANATION),
    ("%", ScopeKind.COMMENT),
    ("#", ScopeKind.DURATION),
    ("x ", ScopeKind.REPEAT_COUNT),
    ("X ", ScopeKind.REPEAT_COUNT),
)


def read_code(raw: str) -> tuple[ScopeKind, str]:
    """Return kind and text of a code written with its brackets.

    The text of ``[!]``, ``[!!]``, ``[<1]`` and ``[>]`` is the mark itself; what is not known
    is ``ScopeKind.OTHER`` with all that stands between the brackets.
    """
    inner = raw[1:-1].strip()
    kind = _EXACT.get(inner)
    if kind is not None:
        return kind, inner if kind is ScopeKind.STRESS else ""
    if inner[:1] in ("<", ">") and (not inner[1:] or inner[1:].isdigit()):
        return ScopeKind.OVERLAP, inner
    for prefix, kind in _PREFIXES:
        if inner.startswith(prefix):
            return kind, inner[len(prefix) :].strip()
    return ScopeKind.OTHER, inner


def read_postcode(raw: str) -> str | None:
    """Return ``mlue`` of ``[+ mlue]``; None when it is not a postcode."""
    return raw[2:-1].strip() if raw.startswith("[+") else None


def read_language(raw: str) -> str | None:
    """Return ``spa`` of ``[- spa]``; None when it is not a language precode."""
    return (raw[2:-1].strip() or None) if raw.startswith("[-") else None
