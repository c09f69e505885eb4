"""The goals of children, each change a version."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from sdc.errors import ConflictError, NotFoundError
from sdc.session import Goal
from sdc.store.clock import now_iso
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents

GOALS = "goals"


class Goals:
    """The goals of all children, each read with its child's id only.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def add(self, goal: Goal) -> Goal:
        """Keep a new goal; return it with its id and time."""
        kept = replace(goal, id=f"g{secrets.token_hex(8)}", created_at=now_iso())
        self._documents.insert_one(GOALS, _document(kept))
        return kept

    def of(self, child_id: str, *, open_only: bool = False) -> list[Goal]:
        """Return a child's goals, oldest first."""
        found = [_goal(document) for document in self._documents.find(GOALS, {"child_id": child_id})]
        kept = [goal for goal in found if goal.is_open or not open_only]
        return sorted(kept, key=lambda goal: (goal.created_at, goal.id))

    def get(self, child_id: str, goal_id: str) -> Goal:
        """Return a child's goal; that of another child is not there."""
        return _goal(self._found(child_id, goal_id))

    def change(self, changed: Goal, *, seen: int) -> Goal:
        """Keep a goal as its next version; the one before is kept beside it.

        Parameters
        ----------
        changed : Goal
        seen : int
            The version that the writer saw and changed.

        Raises
        ------
        NotFoundError
            The child has no such goal.
        ConflictError
            ``goal.closed``; ``goal.stale``: somebody else has changed it in the meantime.
        """
        document = self._found(changed.child_id, changed.id)
        before = _goal(document)
        if not before.is_open:
            raise ConflictError("This goal was closed before.", code="goal.closed", hint="Add a new one.")
        kept = replace(changed, version=seen + 1, changed_at=now_iso())
        earlier = [*document.get("earlier", []), document["goal"]]
        # A goal of an earlier store has no version in its document: None finds it.
        where = {"_id": kept.id, "child_id": kept.child_id, "version": document.get("version")}
        if before.version != seen or not self._documents.replace_one(GOALS, where, _document(kept, earlier)):
            raise ConflictError(
                "Somebody else has changed this goal in the meantime.",
                code="goal.stale",
                hint="Look at it again, then change it; nothing was overwritten.",
            )
        return kept

    def earlier(self, child_id: str, goal_id: str) -> list[Goal]:
        """Return the versions of a goal before the one that stands, oldest first."""
        document = self._found(child_id, goal_id)
        return [from_document(Goal, {**goal, "_id": goal_id}) for goal in document.get("earlier", [])]

    def close(self, child_id: str, goal_id: str, *, why: str = "", by: str = "") -> Goal:
        """Close a goal; it stays on record. ``ConflictError`` (``goal.closed``) when it was closed before."""
        goal = self.get(child_id, goal_id)
        closed = replace(goal, is_open=False, closed_at=now_iso(), closed_why=why, changed_by=by)
        return self.change(closed, seen=goal.version)

    def _found(self, child_id: str, goal_id: str) -> Document:
        found = self._documents.find_one(GOALS, {"_id": goal_id, "child_id": child_id})
        if found is None:
            raise NotFoundError("There is no such goal.", code="goal.not-found", hint="See the child's goals.")
        return found


def _document(goal: Goal, earlier: Sequence[Document] = ()) -> Document:
    return {
        "_id": goal.id,
        "child_id": goal.child_id,
        "version": goal.version,
        "goal": to_document(goal, identity=""),
        "earlier": list(earlier),
    }


def _goal(document: Document) -> Goal:
    return from_document(Goal, {**document["goal"], "_id": document["_id"]})
