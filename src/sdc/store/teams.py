"""Care teams: which accounts may reach which child."""

from __future__ import annotations

from sdc.errors import ConflictError
from sdc.store.clock import now_iso
from sdc.store.documents import Documents

TEAMS = "teams"


class Teams:
    """The care teams; erasing a child erases its team with it.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def add(self, child_id: str, account_id: str) -> None:
        """Put an account on a child's team; nothing changes where it is on it."""
        document = {"child_id": child_id, "account_id": account_id, "since": now_iso()}
        try:
            self._documents.insert_one(TEAMS, {"_id": f"{child_id}.{account_id}", **document})
        except ConflictError:
            return

    def remove(self, child_id: str, account_id: str) -> bool:
        """Take an account off a child's team; return whether it was on it."""
        return self._documents.delete_one(TEAMS, {"child_id": child_id, "account_id": account_id})

    def children_of(self, account_id: str) -> frozenset[str]:
        """Return the ids of the children on whose team an account is."""
        found = self._documents.find(TEAMS, {"account_id": account_id})
        return frozenset(document["child_id"] for document in found)

    def members_of(self, child_id: str) -> list[str]:
        """Return the ids of the accounts on a child's team, the longest on it first."""
        found = self._documents.find(TEAMS, {"child_id": child_id}, sort=[("since", 1)])
        return [document["account_id"] for document in found]
