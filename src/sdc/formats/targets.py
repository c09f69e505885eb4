"""What a session can be written as, and what each format cannot hold of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sdc.errors import InputError
from sdc.formats.cells import plain_row

if TYPE_CHECKING:
    from sdc.session import Session

CSV_COLUMNS = ("index", "speaker", "role", "start_ms", "end_ms", "words", "line")
"""``words`` is what was said in plain spelling, retracings and fillers included; ``line`` the main line as written."""


class Target(StrEnum):
    """A format to write; the values are the suffixes."""

    JSON = "json"
    CHA = "cha"
    CSV = "csv"
    EAF = "eaf"
    TEXTGRID = "textgrid"
    SRT = "srt"
    VTT = "vtt"

    @classmethod
    def of(cls, path: Path | None) -> Target:
        """Return the target of a file's suffix; session JSON where that tells nothing."""
        suffix = path.suffix.lower().lstrip(".") if path else ""
        return cls(suffix) if suffix in set(cls) else cls.JSON

    def write(self, session: Session) -> str:
        """Return the session as text in this format, with a line end at the end.

        Raises
        ------
        AnnotationError
            ``annotation.no-times``: the format is made of times, and the session has none.
        """
        from sdc.formats.chat.writer import write_chat
        from sdc.formats.session_json import dump_session

        match self:
            case Target.CHA:
                return write_chat(session)
            case Target.CSV:
                return write_csv(session)
            case Target.JSON:
                return dump_session(session) + "\n"
            case _:
                return _write_aligned(self, session)

    def losses(self, session: Session) -> tuple[str, ...]:
        """Return what this format cannot hold of a session, one sentence each."""
        return tuple(_losses(self, session)) if self in _ALIGNED else ()


def target_of(path: Path) -> Target:
    """Return the target of a file's ending.

    Raises
    ------
    InputError
        ``output.kind``: no format has it.
    """
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in set(Target):
        raise InputError(
            f"{path.suffix or 'A file without an ending'} is no format that SDC writes.",
            code="output.kind",
            hint=f"Endings: {', '.join(f'.{target}' for target in Target)}.",
            source=path.name,
        )
    return Target(suffix)


_ALIGNED = {
    Target.EAF: "an ELAN document",
    Target.TEXTGRID: "a TextGrid",
    Target.SRT: "SubRip",
    Target.VTT: "WebVTT",
}
"""The formats that are made of times, as one speaks of them."""

_WITH_HEADERS = frozenset({Target.EAF, Target.VTT})
_WITH_TIERS = frozenset({Target.EAF, Target.TEXTGRID})


def _write_aligned(target: Target, session: Session) -> str:
    from sdc.formats.aligned import align

    aligned = align(session)
    if target is Target.EAF:
        from sdc.formats.elan_writer import write_elan

        return write_elan(aligned, date=session.date)
    if target is Target.TEXTGRID:
        from sdc.formats.textgrid_writer import write_textgrid

        return write_textgrid(aligned)
    from sdc.formats.subtitles import write_captions

    lines = [(line.speaker, line.text, line.span) for line in aligned.lines]
    return write_captions(lines, aligned.headers if target is Target.VTT else None)


def _losses(target: Target, session: Session) -> Iterator[str]:
    from sdc.formats.aligned import align, lanes_of

    aligned, name = align(session), _ALIGNED[target]
    start = name[0].upper() + name[1:]
    if aligned.n_untimed:
        yield f"{start} is made of times: {aligned.n_untimed} line(s) without a time are left out."
    if target in _WITH_TIERS and (n_short := lanes_of(aligned)[1]):
        yield f"{start} holds no line without a length: {n_short} line(s) that end when they begin are left out."
    if target not in _WITH_HEADERS:
        yield f"{start} holds no headers: date, ages, languages and who the speakers are stay behind."
        if aligned.odd_speakers:
            yield f"From {name} nobody can tell the role of {', '.join(aligned.odd_speakers)}; say it when you read it."
    elif aligned.n_later:
        yield f"{start} holds headers only at the start: {aligned.n_later} between lines stay behind."
    n_tiers = sum(len(line.tiers) for line in aligned.lines)
    if target not in _WITH_TIERS and n_tiers:
        yield f"{start} holds no dependent tiers such as %mor: {n_tiers} stay behind."
    if aligned.n_inside:
        yield f"{start} holds one time a line: the times inside {aligned.n_inside} line(s) stay behind."


def write_csv(session: Session) -> str:
    """Return the utterances as CSV (RFC 4180, UTF-8): one a row, with ``CSV_COLUMNS``.

    CHAT has lines that begin with ``+``: like all text that a table program would take for a formula they get
    an apostrophe in front (``sdc.formats.cells``).
    """
    from sdc.formats.chat.timing import SPOKEN

    roles = {person.code: person.role for person in session.participants}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for utterance in session.utterances:
        span = utterance.span
        times = (span.start_ms, span.end_ms) if span else (None, None)
        words = " ".join(token.text for token in utterance.tokens if token.kind in SPOKEN)
        role = roles.get(utterance.speaker)
        writer.writerow(plain_row((utterance.index, utterance.speaker, role, *times, words, utterance.raw)))
    return out.getvalue()
