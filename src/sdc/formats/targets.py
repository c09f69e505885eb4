"""What a session can be written as: session JSON, CHAT, a CSV of its utterances."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

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

    @classmethod
    def of(cls, path: Path | None) -> Target:
        """Return the target of a file's suffix; session JSON where that tells nothing."""
        suffix = path.suffix.lower().lstrip(".") if path else ""
        return cls(suffix) if suffix in set(cls) else cls.JSON

    def write(self, session: Session) -> str:
        """Return the session as text in this format, with a line end at the end."""
        from sdc.formats.chat.writer import write_chat
        from sdc.formats.session_json import dump_session

        match self:
            case Target.CHA:
                return write_chat(session)
            case Target.CSV:
                return write_csv(session)
            case _:
                return dump_session(session) + "\n"


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
