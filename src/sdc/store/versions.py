"""Versions of transcripts: each edit makes a new one, and the original stays.

The log is the truth. Adding version n + 1 is one insert that only one writer can win; that is the
moment at which an edit is accepted. Transcript, measures, insights and entry of the session are
brought up to it afterwards, and a kill in between leaves a version that is not ``applied`` yet.

A version keeps the lines that it changed, not the transcript: an hour of speech is a megabyte, and
an afternoon of corrections is some hundred versions.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from sdc.errors import ConflictError, NotFoundError
from sdc.session import Session
from sdc.store.clock import now_iso
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents

VERSIONS = "transcript_versions"
ORIGINAL = 1

What = Literal[
    "original",
    "line",
    "split",
    "merged",
    "marked",
    "code",
    "times",
    "speaker",
    "roles",
    "undone",
    "redone",
    "restored",
    "processed",
]
"""As it came; one line edited, split in two, merged with the next, with words marked, with a code put in, with other
times; a speaker renamed; who speaks was told; the last edit undone, or done again; an earlier version again; processed
again from the inputs.
"""


class StaleVersionError(ConflictError):
    """Somebody else changed the transcript after the writer saw it.

    Attributes
    ----------
    current : int
        The version that stands now.
    """

    default_code = "session.changed"

    def __init__(self, seen: int, current: int) -> None:
        super().__init__(
            f"The transcript is at version {current} now; this was written for version {seen}.",
            hint="Look at what changed, and edit again; nothing was overwritten.",
        )
        self.current = current


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit is.

    Attributes
    ----------
    what : str
        See ``What``.
    by : str
        Id of the account, ``laptop``, ``cli`` or ``pipeline``.
    utterance : int or None
        Index of the one line that it is about.
    restored : int or None
        The earlier version that stands again.
    """

    what: What
    by: str
    utterance: int | None = None
    restored: int | None = None


@dataclass(frozen=True, slots=True)
class TranscriptVersion:
    """A version as lists show it; ``at`` is ISO UTC time, the rest as in ``Edit``."""

    version: int
    what: What
    by: str
    at: str
    utterance: int | None = None
    restored: int | None = None


class TranscriptVersions:
    """The log of a store's transcripts.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def latest(self, session_id: str) -> int | None:
        """Return the newest version's number; None where nobody has changed anything."""
        found = self._documents.find_one(VERSIONS, {"session_id": session_id}, sort=[("version", -1)])
        return None if found is None else int(found["version"])

    def of_session(self, session_id: str) -> list[TranscriptVersion]:
        """Return the versions, oldest first; nothing where nobody has changed anything."""
        return [from_document(TranscriptVersion, document) for document in self._log(session_id)]

    def keep_original(self, child_id: str, session_id: str, session: Session, by: str, at: str) -> None:
        """Keep version 1 before the first edit; a second writer finds it kept."""
        change = {"whole": to_document(session, identity="")}
        with suppress(ConflictError):
            self._insert(child_id, session_id, ORIGINAL, Edit("original", by), change, at=at, applied=True)

    def add(self, child_id: str, session_id: str, version: int, *, before: Session, after: Session, edit: Edit) -> None:
        """Accept an edit as this version; ``StaleVersionError`` when another one was quicker."""
        change = difference(to_document(before, identity=""), to_document(after, identity=""))
        try:
            self._insert(child_id, session_id, version, edit, change, at=now_iso(), applied=False)
        except ConflictError as error:
            raise StaleVersionError(version - 1, self.latest(session_id) or version) from error

    def at(self, session_id: str, version: int) -> Session:
        """Return the transcript of a version; ``NotFoundError`` when there is none."""
        document: Document | None = None
        for entry in self._log(session_id):
            document = changed(document or {}, entry["change"])
            if entry["version"] == version:
                return from_document(Session, document)
        raise NotFoundError(
            f"There is no version {version} of this transcript.",
            code="session.no-version",
            hint="See the versions of the session.",
        )

    def unfinished(self, session_id: str | None = None) -> list[str]:
        """Return ids of sessions that are not brought up to an accepted version yet."""
        where: dict[str, Any] = {"applied": False} | ({} if session_id is None else {"session_id": session_id})
        return sorted({document["session_id"] for document in self._documents.find(VERSIONS, where)})

    def applied(self, child_id: str, session_id: str, version: int) -> None:
        """Note that the session was brought up to a version, and so to those before it."""
        where = {"child_id": child_id, "session_id": session_id, "applied": False, "version": {"$lte": version}}
        while self._documents.find_one_and_update(VERSIONS, where, {"$set": {"applied": True}}) is not None:
            pass

    def _log(self, session_id: str) -> list[Document]:
        return self._documents.find(VERSIONS, {"session_id": session_id}, sort=[("version", 1)])

    def _insert(
        self, child_id: str, session_id: str, version: int, edit: Edit, change: Document, *, at: str, applied: bool
    ) -> None:
        place = {"_id": f"{session_id}.{version:06d}", "child_id": child_id, "session_id": session_id}
        state = {"version": version, "at": at, "applied": applied, "change": change}
        told = {"what": edit.what, "by": edit.by, "utterance": edit.utterance, "restored": edit.restored}
        self._documents.insert_one(VERSIONS, {**place, **state, **told})


def difference(old: Document, new: Document) -> Document:
    """Return what makes one transcript's document another: changed lines and fields, or all of it."""
    lines_before, lines = old.get("utterances", []), new["utterances"]
    fields = {key: value for key, value in new.items() if key != "utterances" and old.get(key) != value}
    if len(lines_before) != len(lines):
        splice = _splice(lines_before, lines)
        return {"whole": new} if splice is None else {"splice": splice, "fields": fields}
    pairs: Iterable[tuple[Any, Any]] = zip(lines_before, lines, strict=True)
    edited = [{"at": at, "utterance": line} for at, (before, line) in enumerate(pairs) if before != line]
    return {"utterances": edited, "fields": fields}


def changed(old: Document, change: Document) -> Document:
    """Return a transcript's document after a change that ``difference`` found."""
    if "whole" in change:
        return dict(change["whole"])
    lines = list(old["utterances"])
    if "splice" in change:
        splice = change["splice"]
        lines[splice["at"] : splice["at"] + splice["removed"]] = splice["lines"]
        lines = [line if line["index"] == at else {**line, "index": at} for at, line in enumerate(lines)]
    for edited in change.get("utterances", ()):
        lines[edited["at"]] = edited["utterance"]
    return {**old, **change["fields"], "utterances": lines}


def _splice(before: list[Document], after: list[Document]) -> Document | None:
    """Return the lines that came in the place of others; those behind them have new numbers and are not kept again.

    None where lines are not numbered from 0.
    """
    if any(line.get("index") != at for lines in (before, after) for at, line in enumerate(lines)):
        return None
    most = min(len(before), len(after))
    head = next((at for at in range(most) if before[at] != after[at]), most)
    tail = 0
    while tail < most - head and _same(before[-1 - tail], after[-1 - tail]):
        tail += 1
    return {"at": head, "removed": len(before) - tail - head, "lines": after[head : len(after) - tail]}


def _same(one: Document, other: Document) -> bool:
    return {**one, "index": 0} == {**other, "index": 0}
