"""Which of a speaker's lines IPSyn and DSS look at: complete, said for the first time, not said after someone.

CLAN's ``ipsyn``, ``kideval`` and ``dss`` compare lines by what is left of them: the words outside
retraced material, separators, and the terminator unless it begins with ``+``.
"""

from __future__ import annotations

from collections.abc import Iterator

from sdc.measures.counting import Line
from sdc.measures.sample import Sample
from sdc.session import TokenKind

_ENDS = frozenset(".?!")
_SKIPPED = frozenset({TokenKind.OMITTED, TokenKind.ACTION})


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
        if token.kind is TokenKind.SEPARATOR or (omitted and token.kind in _SKIPPED):
            items.append((index, token.raw))
        elif token.kind is TokenKind.TERMINATOR and not token.raw.startswith("+"):
            items.append((index, token.raw))
    items.sort(key=lambda item: item[0])
    return " ".join(text for _, text in items)


def is_empty(text: str) -> bool:
    """Whether only terminators are left."""
    return not text.strip(".?! ")


def has_end(text: str) -> bool:
    """Whether a full stop, question mark or exclamation mark is left."""
    return not _ENDS.isdisjoint(text)


def turns_of(sample: Sample, *, omitted: bool) -> Iterator[tuple[Line, str, str | None]]:
    """Yield the speaker's lines, each with its text, and the text of the line before it if someone else said that."""
    before: Line | None = None
    for line in sample.all_lines:
        if line.utterance.speaker == sample.speaker:
            heard = spoken_text(before, omitted=omitted) if before is not None else None
            yield line, spoken_text(line, omitted=omitted), heard
            before = None
        else:
            before = line
