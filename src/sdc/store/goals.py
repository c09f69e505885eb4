"""The goals of children."""

from __future__ import annotations

import secrets
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
        found = self._documents.find_one(GOALS, {"_id": goal_id, "child_id": child_id})
        if found is None:
            raise NotFoundError("There is no such goal.", code="goal.not-found", hint="See the child's goals.")
        return _goal(found)

    def close(self, child_id: str, goal_id: str) -> Goal:
        """Close a goal; it stays on record. ``ConflictError`` (``goal.closed``) when it was closed before."""
        goal = self.get(child_id, goal_id)
        if not goal.is_open:
            raise ConflictError("This goal was closed before.", code="goal.closed", hint="Add a new one.")
        closed = replace(goal, is_open=False, closed_at=now_iso())
        self._documents.replace_one(GOALS, {"_id": goal_id, "child_id": child_id}, _document(closed))
        return closed


def _document(goal: Goal) -> Document:
    return {"_id": goal.id, "child_id": goal.child_id, "goal": to_document(goal, identity="")}


def _goal(document: Document) -> Goal:
    return from_document(Goal, {**document["goal"], "_id": document["_id"]})
