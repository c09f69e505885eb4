"""A small document for each child, so that a list of children need not read their sessions.

Whoever changes a session gives its child's summary a new stamp, and takes away what it said, in the same
transaction. The next reader makes it anew and keeps it under the stamp that it saw before it read: if a
session changed meanwhile the stamp is another one, and nothing is kept. A missing summary is made the same
way, so a store of an earlier version needs no migration.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents

CHILD_SUMMARIES = "child_summaries"


@dataclass(frozen=True, slots=True)
class ChildSummary:
    """What a list shows of a child's sessions.

    Attributes
    ----------
    kind : str
        Which measure stands in it, and how it was made; one of another kind is made anew.
    n_sessions : int
    last_date : str or None
        ISO date of the last dated session.
    age_months : float or None
        At the last session that tells it.
    recent : tuple[float or None, ...]
        The measure in the last sessions, oldest first; None where it could not be computed.
    value, n, reliability
        Of the last session that has the measure, however long ago.
    reason : str or None
        Why the last session has no value.
    """

    kind: str
    n_sessions: int = 0
    last_date: str | None = None
    age_months: float | None = None
    recent: tuple[float | None, ...] = ()
    value: float | None = None
    n: int | None = None
    reliability: Literal["ok", "rough", "too_few"] | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """A summary as it is kept: under a stamp, or a stamp that nothing is kept under yet."""

    stamp: str
    summary: ChildSummary | None


class ChildSummaries:
    """The summaries of all children.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def of(self, child_ids: Iterable[str]) -> dict[str, KeptSummary]:
        """Return what is kept of these children, by their ids."""
        found = self._documents.find(CHILD_SUMMARIES, {"_id": {"$in": list(child_ids)}})
        return {document["_id"]: _kept(document) for document in found}

    def changed(self, child_id: str) -> str:
        """Forget what a summary said, as a session of the child changed; return the new stamp."""
        stamp = secrets.token_hex(8)
        document = {"_id": child_id, "child_id": child_id, "stamp": stamp}
        self._documents.replace_one(CHILD_SUMMARIES, {"_id": child_id}, document, upsert=True)
        return stamp

    def stamps(self, child_ids: Iterable[str], known: Mapping[str, KeptSummary]) -> dict[str, str]:
        """Return the stamps under which summaries can be kept; children that have none get one."""
        with self._documents.together():
            return {child: known[child].stamp if child in known else self.changed(child) for child in child_ids}

    def keep(self, made: Mapping[str, tuple[str, ChildSummary]]) -> None:
        """Keep summaries, each under the stamp from before its sessions were read; too late ones are dropped."""
        with self._documents.together():
            for child_id, (stamp, summary) in made.items():
                document = to_document(summary, identity="")
                del document["_id"]
                where = {"_id": child_id, "child_id": child_id, "stamp": stamp}
                self._documents.find_one_and_update(CHILD_SUMMARIES, where, {"$set": {"summary": document}})


def _kept(document: Document) -> KeptSummary:
    inside = document.get("summary")
    summary = None if inside is None else from_document(ChildSummary, {**inside, "_id": document["_id"]})
    return KeptSummary(document["stamp"], summary)
