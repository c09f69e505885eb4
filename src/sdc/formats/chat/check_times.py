"""Time bullets: whole, in order, start before end; ``@Media`` says where they point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from sdc.formats.chat.check_catalogue import Problem
from sdc.formats.chat.check_source import Source
from sdc.session import Utterance

MAX_SELF_OVERLAP_MS = 500
"""A speaker's utterance may begin this long before the speaker's last one ended."""

_PIECE = re.compile("\u0015([^\u0015]*)\u0015?")
_TIMES = re.compile(r"(\d+)_(\d+)-?")
_OLD = re.compile(r'%(?:snd|mov):"[^"]*"_(\d+)_(\d+)-?')
_PICTURE = ("%pic", "%txt", "%p", "%t", "%n")


@dataclass(slots=True)
class _Clock:
    """The times so far."""

    start: int | None = None
    first_start: int = 0
    ends: dict[str, int] = field(default_factory=dict)


def time_problems(source: Source) -> Iterator[Problem]:
    """Check the time bullets of the main lines."""
    if "bullets" in source.options:
        return
    has_media = any(h.name == "Media" for h in source.headings)
    clock = _Clock()
    seen = False
    for utterance, body in source.bodies:
        if "\u0015" not in body:
            continue
        found = list(_bullets(utterance, body, clock, has_media=has_media, multi="multi" in source.options))
        if not seen and found[:1] != [("chat.no-media", _NO_MEDIA)]:
            yield from _unlinked(source, utterance)
        yield from (
            Problem(utterance.line or 0, code, message)
            for code, message in found
            if not (seen and code == "chat.no-media")
        )
        seen = True


_NO_MEDIA = "Times are given, and no @Media names the recording."


def _unlinked(source: Source, utterance: Utterance) -> Iterator[Problem]:
    media = source.session.media
    if media is not None and media.status and "unlinked" in media.status:
        yield Problem(utterance.line or 0, "chat.unlinked", "@Media says unlinked, and times are given.")


def _bullets(
    utterance: Utterance, body: str, clock: _Clock, *, has_media: bool, multi: bool
) -> Iterator[tuple[str, str]]:
    matches = list(_PIECE.finditer(body))
    words = [body[: matches[0].start()], *(body[a.end() : b.start()] for a, b in pairwise(matches))]
    first = True
    for place, match in enumerate(matches):
        inner, is_last = match.group(1), place == len(matches) - 1
        if not match.group().endswith("\u0015") or match.group() == "\u0015":
            yield "chat.broken-bullet", "A time bullet has no end."
            continue
        if inner.startswith(_PICTURE):
            continue
        if not words[place].strip() and not multi:
            yield "chat.bullet-without-text", "Nothing stands before a time bullet."
        if multi and not is_last:
            continue
        times = (_TIMES if has_media else _OLD).fullmatch(inner)
        if times is None:
            yield _other(inner, has_media=has_media)
            continue
        if any(t != "0" and t.startswith("0") for t in times.groups()):
            yield "chat.broken-bullet", f"A time in the bullet {inner} begins with 0."
        else:
            yield from _order(utterance.speaker, int(times[1]), int(times[2]), clock, first=first)
            first = False


def _other(inner: str, *, has_media: bool) -> tuple[str, str]:
    if not has_media and _TIMES.fullmatch(inner):
        return "chat.no-media", _NO_MEDIA
    if has_media and inner.startswith(("%snd", "%mov")):
        return "chat.old-bullet", "A time bullet names the recording, as bullets did before 2010."
    return "chat.broken-bullet", f"{inner[:40]!r} is no time bullet."


def _order(speaker: str, start: int, end: int, clock: _Clock, *, first: bool) -> Iterator[tuple[str, str]]:
    start = max(start, 1)
    if end <= start:
        yield "chat.bad-time", f"The bullet {start}_{end} does not end after it starts."
        return
    before = clock.first_start if first else clock.start
    late = clock.ends.get(speaker, 0) - start
    if clock.start is not None and before is not None and start < before:
        yield "chat.time-order", f"The bullet {start}_{end} starts before the one before it."
    elif clock.start is not None and late > MAX_SELF_OVERLAP_MS:
        yield "chat.self-overlap", f"{speaker} speaks from {start} ms, {late} ms before {speaker}'s last line ends."
    clock.start = start
    if first:
        clock.first_start = start
    clock.ends[speaker] = end
