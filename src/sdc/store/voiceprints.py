"""Voices that are remembered for the sessions of children, one for each role."""

from __future__ import annotations

from typing import Any

from sdc.errors import NotFoundError
from sdc.store.documents import Documents

VOICEPRINTS = "voiceprints"


class Voiceprints:
    """The remembered voices of all children, each read with its child's id only.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def keep(self, child_id: str, role: str, voiceprint: dict[str, Any]) -> None:
        """Remember a voice of this role; the role's earlier one is replaced.

        Raises
        ------
        NotFoundError
            ``child.not-found``.
        """
        if self._documents.find_one("children", {"_id": child_id}) is None:
            raise NotFoundError("There is no such child.", code="child.not-found", hint="See the list of children.")
        identity = f"{child_id}.{role}"
        document = {"_id": identity, "child_id": child_id, "voiceprint": voiceprint}
        self._documents.replace_one(VOICEPRINTS, {"_id": identity}, document, upsert=True)

    def of(self, child_id: str) -> list[dict[str, Any]]:
        """Return the voices that are remembered for a child's sessions."""
        found = self._documents.find(VOICEPRINTS, {"child_id": child_id}, sort=[("_id", 1)])
        return [document["voiceprint"] for document in found]
