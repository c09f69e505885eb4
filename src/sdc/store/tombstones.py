"""What is left of a child that was erased: that there was one, when it went, and how much.

A tombstone holds a hash of the child's id, no name and nothing else of the child. It keeps the
child from coming back: work that was under way when the child was erased, a restored archive or
an upload cannot write anything for that id again (``sdc.store.living``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sdc.errors import ConflictError, NotFoundError
from sdc.store.clock import now_iso
from sdc.store.documents import Document, Documents

TOMBSTONES = "tombstones"
ERASED = "child.erased"
"""Code of the error for whoever still writes for an erased child."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One erased child.

    Attributes
    ----------
    id : str
        Hash of the child's id.
    at : str
        When the erasure began, ISO UTC.
    counts : dict[str, int]
        What was removed, by kind.
    """

    id: str
    at: str
    counts: dict[str, int]


class Tombstones:
    """The collection of tombstones.

    Parameters
    ----------
    documents : Documents
        The raw back end.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def begin(self, child_id: str) -> None:
        """Write down that a child is being erased; until it is finished its id is kept, so that it can be."""
        stone = {"_id": stone_id(child_id), "child_id": child_id, "state": "begun", "at": now_iso(), "counts": {}}
        try:
            self._documents.insert_one(TOMBSTONES, stone)
        except ConflictError:  # once more: something was left, or came back
            again = {"$set": {"child_id": child_id, "state": "begun"}}
            self._documents.find_one_and_update(TOMBSTONES, {"_id": stone["_id"]}, again)

    def finish(self, child_id: str, counts: Mapping[str, int]) -> Tombstone:
        """Write down that nothing is left; the child's id goes."""
        which = {"_id": stone_id(child_id)}
        before = self._documents.find_one(TOMBSTONES, which)
        assert before is not None, "an erasure begins before it ends"
        total = {kind: before["counts"].get(kind, 0) + counts.get(kind, 0) for kind in {*before["counts"], *counts}}
        done = {"state": "done", "child_id": None, "counts": dict(sorted(total.items()))}
        found = self._documents.find_one_and_update(TOMBSTONES, which, {"$set": done})
        assert found is not None
        return _tombstone(found)

    def begun(self) -> list[str]:
        """Return the ids of children whose erasure was cut off."""
        return [stone["child_id"] for stone in self._documents.find(TOMBSTONES, {"state": "begun"})]

    def all(self) -> list[Tombstone]:
        """Return all tombstones, oldest first."""
        return [_tombstone(stone) for stone in self._documents.find(TOMBSTONES, {}, sort=[("at", 1)])]

    def covers(self, child_id: str) -> bool:
        """Whether a child was erased, or is being."""
        return self._documents.find_one(TOMBSTONES, {"_id": stone_id(child_id)}) is not None

    def refuse(self, child_id: str) -> None:
        """Raise ``NotFoundError`` (``child.erased``) for a child that was erased."""
        if self.covers(child_id):
            raise NotFoundError("This child was erased; nothing more is kept.", code=ERASED, hint="Add the child anew.")


def stone_id(child_id: str) -> str:
    """Return the name of a child's tombstone."""
    return hashlib.sha256(f"sdc tombstone\n{child_id}".encode()).hexdigest()


def _tombstone(stone: Document) -> Tombstone:
    return Tombstone(stone["_id"], stone["at"], stone["counts"])
