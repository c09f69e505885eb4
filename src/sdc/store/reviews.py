"""What people have looked at of a transcript: single lines here, the whole in the session's entry.

A line that was looked at is known by its words and its place, so the mark stays with it when lines are
split or joined elsewhere, and goes when the line itself is another one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sdc.errors import ConflictError
from sdc.session import Utterance
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents
from sdc.store.records import SessionEntry, TranscriptReview
from sdc.store.versions import ORIGINAL, StaleVersionError

REVIEWS = "reviews"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A line that somebody looked at and left as it is.

    Attributes
    ----------
    line : str
        Of ``line_keys``.
    reasons : tuple[str, ...]
        Codes of the reasons that it had then: with a new one it deserves another look.
    by : str
        Id of the account, ``laptop`` or ``cli``.
    at : str
        ISO UTC time.
    version : int
        Of the transcript.
    """

    line: str
    reasons: tuple[str, ...]
    by: str
    at: str
    version: int


def line_keys(lines: Sequence[Utterance]) -> tuple[str, ...]:
    """Return what lines are known by: their words, and their times, place in the source or neighbours.

    Of lines that are alike in all of it (a line was split between the same words) the later ones are counted.
    """
    known: Counter[str] = Counter()
    keys = []
    for line in lines:
        key = _line_key(line, lines)
        keys.append(f"{key}.{known[key]}" if known[key] else key)
        known[key] += 1
    return tuple(keys)


def _line_key(line: Utterance, lines: Sequence[Utterance]) -> str:
    place: list[int | str] = [line.line or 0]
    if line.span is not None:
        place = [line.span.start_ms, line.span.end_ms]
    elif line.line is None:  # its number is another one as soon as a line before it is split
        place = [near.raw for near in lines[max(0, line.index - 1) : line.index + 2]]
    return hashlib.sha256(json.dumps([line.raw, *place]).encode("utf-8", "surrogatepass")).hexdigest()[:24]


class Reviews:
    """The marks of all sessions, each read with its child's id only.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def looks(self, entry: SessionEntry) -> dict[str, LookedAt]:
        """Return the lines of a session that were looked at, by ``line_keys``."""
        found = self._find(entry)
        return {} if found is None else {look.line: look for look in _looks(found)}

    def look(self, entry: SessionEntry, look: LookedAt) -> None:
        """Mark a line as looked at; an earlier mark of it is replaced."""
        self._change(entry, lambda looks: [*(x for x in looks if x.line != look.line), look])

    def unlook(self, entry: SessionEntry, line: str) -> None:
        """Take a mark away, where there is one."""
        self._change(entry, lambda looks: [x for x in looks if x.line != line])

    def mark_transcript(self, entry: SessionEntry, review: TranscriptReview | None) -> None:
        """Keep who reviewed a transcript as it stands, or that nobody has.

        Raises
        ------
        StaleVersionError
            The transcript is no longer the version of ``entry``.
        """
        document = None if review is None else to_document(review, identity="")
        if document is not None:
            del document["_id"]
        update = {"$set": {"review": document}}
        if self._documents.find_one_and_update("sessions", _at_version(entry), update) is None:
            now = self._documents.find_one("sessions", {"_id": entry.id, "child_id": entry.child_id})
            raise StaleVersionError(entry.version, int((now or {}).get("version") or ORIGINAL))

    def _change(self, entry: SessionEntry, change: Callable[[list[LookedAt]], list[LookedAt]]) -> None:
        while True:  # somebody else who marks another line at this moment is not overwritten
            found = self._find(entry)
            n, looks = (found["n"], _looks(found)) if found else (0, [])
            document = {
                "_id": entry.id,
                "child_id": entry.child_id,
                "n": n + 1,
                "looks": [to_document(look, identity="") for look in change(looks)],
            }
            try:
                self._documents.replace_one(REVIEWS, _where(entry) | {"n": n}, document, upsert=True)
            except ConflictError:
                continue
            return

    def _find(self, entry: SessionEntry) -> Document | None:
        return self._documents.find_one(REVIEWS, _where(entry))


def _where(entry: SessionEntry) -> dict[str, Any]:
    return {"_id": entry.id, "child_id": entry.child_id}


def _at_version(entry: SessionEntry) -> dict[str, Any]:
    """Return the filter for the session at this version; an old store's original has no number."""
    numbers: list[dict[str, Any]] = [{"version": entry.version}]
    if entry.version == ORIGINAL:
        numbers.append({"version": None})
    return _where(entry) | {"$or": numbers}


def _looks(document: Document) -> list[LookedAt]:
    return [from_document(LookedAt, look) for look in document["looks"]]
