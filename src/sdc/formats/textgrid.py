"""Praat's TextGrid → Session: one interval tier a speaker.

Praat reads a text file as a run of free-standing numbers, texts in double quotes and flags, and passes over
all else (Praat manual, "TextGrid file formats"): so the long and the short form are one. A tier of words or
phones, as forced aligners write them, holds no lines and is left out, which is told; so are point tiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sdc.errors import AnnotationError
from sdc.formats.annotated import Annotated, AnnotatedLine, decode_text, span_of, to_session
from sdc.formats.tier_names import dependent_name, speaker_label
from sdc.session import Notice, Session

_ITEM = re.compile(
    r'"(?P<text>(?:[^"]|"")*)"|(?<!\S)(?P<number>-?\d{1,9}(?:\.\d{0,30})?)(?!\S)|(?<!\S)(?P<comment>!.*)'
)
_KIND = re.compile(r'(?:File type\s*=\s*)?"ooTextFile(?: short)?"\s+(?:Object class\s*=\s*)?"TextGrid"')
_ALIGNED = re.compile(r"(?:.*[\s_-])?(?:words?|phones?|phonemes?|syllables?|segments?)", re.IGNORECASE | re.DOTALL)

NAMES_TOLD = 20
"""So many names of tiers stand in a notice at most."""

Interval = tuple[int, int, str]
"""Start and end in milliseconds, and the label."""


@dataclass(frozen=True, slots=True)
class GridTier:
    """One tier: its name, and its intervals that say something; None for a tier of points."""

    name: str
    intervals: tuple[Interval, ...] | None


def read_textgrid(data: bytes, *, source: str) -> Session:
    """Read a TextGrid.

    Raises
    ------
    AnnotationError
        ``annotation.not-textgrid``, ``annotation.encoding``, ``annotation.empty``, ``annotation.no-lines``.
    """
    if data.startswith(b"ooBinaryFile"):
        raise _not_textgrid("This TextGrid is a binary file.", source)
    text = decode_text(data, source=source)
    kind = _KIND.match(text.lstrip())
    if kind is None:
        raise _not_textgrid("The file is not a TextGrid in Praat's text format.", source)
    try:
        tiers = list(_tiers(_items(text.lstrip()[kind.end() :])))
    except (StopIteration, RuntimeError, TypeError, ValueError) as error:
        raise _not_textgrid("The TextGrid breaks off, or its tiers are not as it counts them.", source) from error
    return to_session(_annotated(tiers), data, source=source, engine="sdc.textgrid")


def _not_textgrid(message: str, source: str) -> AnnotationError:
    hint = "Open it in Praat and choose Save as text file."
    return AnnotationError(message, code="annotation.not-textgrid", hint=hint, source=source)


def _items(text: str) -> Iterator[str | float]:
    for match in _ITEM.finditer(text):
        if match.group("number") is not None:
            yield float(match.group("number"))
        elif match.group("text") is not None:
            yield match.group("text").replace('""', '"')


def _tiers(items: Iterator[str | float]) -> Iterator[GridTier]:
    _, _, n_tiers = (_number(items) for _ in range(3))
    for _ in range(round(n_tiers)):
        kind, name = _text(items), _text(items)
        _, _, n_intervals = (_number(items) for _ in range(3))
        if kind == "IntervalTier":
            yield GridTier(name, tuple(_intervals(items, round(n_intervals))))
        elif kind == "TextTier":
            for _ in range(round(n_intervals)):
                _number(items), _text(items)
            yield GridTier(name, None)
        else:
            raise ValueError(kind)


def _intervals(items: Iterator[str | float], n: int) -> Iterator[Interval]:
    for _ in range(n):
        start, end, text = _number(items), _number(items), _text(items)
        if text.strip():
            yield round(start * 1000), round(end * 1000), text


def _number(items: Iterator[str | float]) -> float:
    item = _next(items)
    if isinstance(item, str):
        raise TypeError(item)
    return item


def _text(items: Iterator[str | float]) -> str:
    item = _next(items)
    if not isinstance(item, str):
        raise TypeError(item)
    return item


def _next(items: Iterator[str | float]) -> str | float:
    for item in items:
        return item
    raise ValueError("the file ends")


def _annotated(tiers: Sequence[GridTier]) -> Annotated:
    left_out = dict.fromkeys(t.name for t in tiers if t.intervals is None or _ALIGNED.fullmatch(t.name.strip()))
    spoken = [t for t in tiers if t.name not in left_out and dependent_name(t.name) is None]
    hanging = [t for t in tiers if t.name not in left_out and dependent_name(t.name) is not None]
    under, n_lost = _hang(hanging, spoken)
    lines = [
        AnnotatedLine(
            speaker_label(tier.name), text, span_of(start, end), tuple(under.get((tier.name, start, end), ()))
        )
        for tier in spoken
        for start, end, text in tier.intervals or ()
    ]
    notices = []
    if left_out:
        more = f" and {len(left_out) - NAMES_TOLD} more" if len(left_out) > NAMES_TOLD else ""
        named = ", ".join([*left_out][:NAMES_TOLD]) + more
        what = f"{named}: tiers of points, words or phones hold no speaker's lines; they are left out."
        notices.append(Notice("annotation.left-out", what))
    if n_lost:
        what = f"{n_lost} annotation(s) of dependent tiers belong to no line; they are left out."
        notices.append(Notice("annotation.left-out", what))
    return Annotated(tuple(lines), notices=tuple(notices))


def _hang(
    hanging: Sequence[GridTier], spoken: Sequence[GridTier]
) -> tuple[dict[tuple[str, int, int], list[tuple[str, str]]], int]:
    """Put the labels of dependent tiers under the lines with the very same times; tell how many have none."""
    there = {(tier.name, start, end) for tier in spoken for start, end, _ in tier.intervals or ()}
    lanes = {tier.name.strip().removeprefix("*"): tier.name for tier in spoken}
    under: dict[tuple[str, int, int], list[tuple[str, str]]] = {}
    n_lost = 0
    for tier in hanging:
        lane = lanes.get(tier.name.strip().partition("@")[2], "")
        name = dependent_name(tier.name) or ""
        for start, end, text in tier.intervals or ():
            if (lane, start, end) in there:
                under.setdefault((lane, start, end), []).append((name, text))
            else:
                n_lost += 1
    return under, n_lost
