"""The roster of each child: who and what is replaced before anything leaves."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress

from sdc.deidentify import Roster
from sdc.errors import ConflictError, StoreError
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Documents

ROSTERS = "rosters"
MAX_TRIES = 50
WEEKS = range(5, 53)
"""Dates are moved by so many weeks, earlier or later: whole weeks, so that a Monday stays one."""


class Rosters:
    """The rosters of all children.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def get(self, child_id: str) -> Roster:
        """Return a child's roster; it is made, with its own move of dates, when it is asked for first."""
        return self._read(child_id)[0]

    def change(self, child_id: str, how: Callable[[Roster], Roster]) -> Roster:
        """Change a child's roster in one step; nobody else's change is lost.

        Parameters
        ----------
        child_id : str
        how : callable
            Given the roster as it is; may be called again when somebody else was quicker.
        """
        for _ in range(MAX_TRIES):
            roster, version = self._read(child_id)
            changed = how(roster)
            if changed == roster:
                return roster
            document = _document(child_id, changed, version + 1)
            where = {"_id": child_id, "child_id": child_id, "version": version}
            if self._documents.replace_one(ROSTERS, where, document):
                return changed
        raise StoreError("The roster cannot be written: too many write at once.", hint="Try again.")

    def _read(self, child_id: str) -> tuple[Roster, int]:
        found = self._documents.find_one(ROSTERS, {"_id": child_id, "child_id": child_id})
        if found is None:
            days = 7 * secrets.choice(WEEKS) * secrets.choice((1, -1))
            with suppress(ConflictError):  # somebody else has made it in this moment
                self._documents.insert_one(ROSTERS, _document(child_id, Roster(shift_days=days), 1))
            return self._read(child_id)
        return from_document(Roster, {"_id": child_id, **found["roster"]}), int(found["version"])


def _document(child_id: str, roster: Roster, version: int) -> dict[str, object]:
    return {
        "_id": child_id,
        "child_id": child_id,
        "version": version,
        "roster": {k: v for k, v in to_document(roster, identity=child_id).items() if k != "_id"},
    }
