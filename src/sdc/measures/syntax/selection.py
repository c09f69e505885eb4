"""Whom IPSyn and DSS are told of, and which lines they look at: those said for the first time, not after someone.

CLAN's ``kideval`` and ``dss`` compare lines by what is left of them: the words outside retraced
material, commas, and the terminator unless it begins with ``+``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sdc.measures.counting import Line
from sdc.measures.needs import is_english
from sdc.measures.sample import Sample
from sdc.session import TokenKind

FAMILY = "syntax"
NOT_ENGLISH = "told of English only"
NOT_STUDIED = "told of the child, or of the participant whose language is studied"
UNIVERSAL = "the %mor tier has Universal Dependencies tags; the rules are for MOR's"

STUDIED = frozenset({"Target_Child", "Child", "Participant", "Target_Adult"})
"""Roles of those whose language a transcript was made for."""

_UNIVERSAL = ("noun|", "verb|", "pron|", "propn|", "intj|", "adp|", "cconj|")
_ENDS = frozenset(".?!")
_LOOKED_AT = 50
_OMITTED = frozenset({TokenKind.OMITTED, TokenKind.ACTION})


def why_not(sample: Sample) -> str | None:
    """Return why a speaker's syntax is not told by scales of English over MOR's tags; None when it is."""
    if not is_english(sample.session):
        return NOT_ENGLISH
    if sample.participant.role not in STUDIED:
        return NOT_STUDIED
    return UNIVERSAL if _has_universal_tags(sample) else None


def _has_universal_tags(sample: Sample) -> bool:
    """Whether the first tier that tells speaks Universal Dependencies."""
    tiers = (line.utterance.tier("mor") for line in sample.lines)
    texts = (tier.text for tier in tiers if tier is not None)
    return any(any(tag in text for tag in _UNIVERSAL) for text in islice(texts, _LOOKED_AT))


def spoken_text(line: Line, *, omitted: bool) -> str:
    """Return what two lines must share to be the same.

    Parameters
    ----------
    line : Line
    omitted : bool
        Whether omitted words (``0is``) are a part of it: for DSS they are, for IPSyn not.
    """
    items = [(word.token, word.key) for word in line.words]
    for index, token in enumerate(line.utterance.tokens):
        if index in line.retraced:
            continue
        is_comma = token.kind is TokenKind.SEPARATOR and token.raw.isascii()
        is_end = token.kind is TokenKind.TERMINATOR and not token.raw.startswith("+")
        if is_comma or is_end or (omitted and token.kind in _OMITTED):
            items.append((index, token.raw))
    items.sort(key=lambda item: item[0])
    return " ".join(text for _, text in items)


def is_empty(text: str) -> bool:
    """Whether only terminators are left."""
    return not text.strip(".?! ")


def has_end(text: str) -> bool:
    """Whether a full stop, question mark or exclamation mark is left."""
    return not _ENDS.isdisjoint(text)


def lines_of(sample: Sample, *, omitted: bool) -> Iterator[tuple[Line, str, str | None]]:
    """Yield the speaker's lines, each with its text and, if someone else said the line before it, that one's text."""
    before: Line | None = None
    for line in sample.all_lines:
        if line.utterance.speaker == sample.speaker:
            heard = spoken_text(before, omitted=omitted) if before is not None else None
            yield line, spoken_text(line, omitted=omitted), heard
            before = None
        else:
            before = line
