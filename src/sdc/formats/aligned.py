"""A session as time-aligned lines, for ELAN, Praat and captions; and what those cannot hold.

What is written is the session as CHAT has it: main lines in CHAT's notation, so reading it again gives the
same words, times and speakers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sdc.errors import AnnotationError
from sdc.formats.chat.mainline import is_bullet
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.formats.speaker_names import codes_of, role_of
from sdc.session import Media, Session, TimeSpan, Utterance

_FRAMING = ("@UTF8", "@Begin", "@End")


@dataclass(frozen=True, slots=True)
class AlignedLine:
    """One main line with its time; ``tiers`` are names and texts of its dependent tiers, in order."""

    speaker: str
    text: str
    span: TimeSpan
    tiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A session that can be put on a time line.

    Attributes
    ----------
    lines : tuple[AlignedLine, ...]
        In the order of the transcript.
    headers : tuple[str, ...]
        CHAT headers before the first line, as CHAT writes them.
    media : Media or None
    n_untimed : int
        Lines that are left out since they have no time.
    n_inside : int
        Lines that have times inside.
    n_later : int
        Headers between lines.
    odd_speakers : tuple[str, ...]
        Codes from which a reader without headers would not learn role and spelling.
    """

    lines: tuple[AlignedLine, ...]
    headers: tuple[str, ...]
    media: Media | None
    n_untimed: int
    n_inside: int
    n_later: int
    odd_speakers: tuple[str, ...]


def align(session: Session) -> Aligned:
    """Put a session on a time line.

    Raises
    ------
    AnnotationError
        ``annotation.no-times``: no line of it has a time.
    """
    text = write_chat(session)
    written = read_chat(text, source=session.source)  # with %wor, where a recogniser gave words their times
    timed = [u for u in written.utterances if u.span is not None]
    if not timed:
        raise AnnotationError(
            "No line of this transcript has a time, and captions and tiers are made of times.",
            code="annotation.no-times",
            hint="Link the lines to the recording (bullets), or convert to .cha, .json or .csv.",
            source=session.source,
        )
    lines = tuple(map(_line, timed))
    return Aligned(
        lines=lines,
        headers=tuple(_headers(text)),
        media=written.media,
        n_untimed=len(written.utterances) - len(timed),
        n_inside=sum(any(map(is_bullet, u.tokens)) for u in timed),
        n_later=sum(header.before > 0 for header in written.headers),
        odd_speakers=tuple(_odd_speakers(written, lines)),
    )


def _line(utterance: Utterance) -> AlignedLine:
    assert utterance.span is not None
    tiers = tuple((tier.name, tier.text) for tier in utterance.tiers)
    return AlignedLine(utterance.speaker, utterance.raw, utterance.span, tiers)


def _headers(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.startswith("*"):
            return
        if line.startswith("@") and line.rstrip(": ") not in _FRAMING:
            yield line


def _odd_speakers(session: Session, lines: Iterable[AlignedLine]) -> Iterator[str]:
    for code in dict.fromkeys(line.speaker for line in lines):
        person = session.participant(code)
        if codes_of([code])[code] != code or (role_of(code) or "Unidentified") != (person.role if person else ""):
            yield code


@dataclass(frozen=True, slots=True)
class Lane:
    """Lines of one speaker that do not overlap; ``name`` is the speaker's code, ``CHI#2`` for what overlaps."""

    name: str
    speaker: str
    lines: tuple[AlignedLine, ...]


def lanes_of(aligned: Aligned) -> tuple[list[Lane], int]:
    """Spread lines over tiers on which nothing overlaps.

    Returns
    -------
    lanes : list[Lane]
        Speakers in the order in which they first speak; lines by their times.
    n_left_out : int
        Lines whose time has no length: a tier cannot hold them.
    """
    lanes: dict[str, list[list[AlignedLine]]] = {}
    long = [line for line in aligned.lines if line.span.end_ms > line.span.start_ms]
    for line in aligned.lines:
        lanes.setdefault(line.speaker, [])
    for line in sorted(long, key=lambda line: line.span.start_ms):
        own = lanes[line.speaker]
        free = next((lane for lane in own if lane[-1].span.end_ms <= line.span.start_ms), None)
        if free is None:
            own.append([line])
        else:
            free.append(line)
    made = [
        Lane(speaker if number == 1 else f"{speaker}#{number}", speaker, tuple(lines))
        for speaker, own in lanes.items()
        for number, lines in enumerate(own, start=1)
    ]
    return made, len(aligned.lines) - len(long)


def tiers_of(line: AlignedLine) -> Iterator[tuple[str, int, str]]:
    """Return a line's dependent tiers: name, which of that name it is, text."""
    seen: dict[str, int] = {}
    for name, text in line.tiers:
        seen[name] = seen.get(name, 0) + 1
        yield name, seen[name], text
