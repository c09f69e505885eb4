"""The stated phases of children, each change a version."""

from __future__ import annotations

from dataclasses import replace

from sdc.errors import ConflictError
from sdc.session import PhasePlan
from sdc.store.clock import now_iso
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents

PHASE_PLANS = "phase_plans"


class PhasePlans:
    """The stated phases of all children, each read with its child's id only.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def latest(self, child_id: str) -> PhasePlan:
        """Return what stands now; version 0, without phases, where nobody has stated anything."""
        found = self._documents.find_one(PHASE_PLANS, {"child_id": child_id}, sort=[("version", -1)])
        return PhasePlan(child_id) if found is None else _plan(found)

    def history(self, child_id: str) -> list[PhasePlan]:
        """Return all versions, oldest first."""
        found = self._documents.find(PHASE_PLANS, {"child_id": child_id}, sort=[("version", 1)])
        return [_plan(document) for document in found]

    def state(self, plan: PhasePlan, *, seen: int) -> PhasePlan:
        """Keep phases as the next version.

        Parameters
        ----------
        plan : PhasePlan
        seen : int
            The version that the writer saw; 0 for none.

        Raises
        ------
        ConflictError
            ``phases.stale``: somebody else has stated phases in the meantime; nothing is overwritten.
        """
        if self.latest(plan.child_id).version != seen:
            raise _stale()
        kept = replace(plan, version=seen + 1, stated_at=now_iso())
        try:
            self._documents.insert_one(PHASE_PLANS, _document(kept))
        except ConflictError as error:  # another writer was quicker by a moment
            raise _stale() from error
        return kept


def _stale() -> ConflictError:
    return ConflictError(
        "Somebody else has changed the phases in the meantime.",
        code="phases.stale",
        hint="Look at them again, then state yours; nothing was overwritten.",
    )


def _document(plan: PhasePlan) -> Document:
    identity = f"{plan.child_id}.{plan.version:06d}"
    return {"_id": identity, "child_id": plan.child_id, "version": plan.version, "plan": to_document(plan, identity="")}


def _plan(document: Document) -> PhasePlan:
    return from_document(PhasePlan, document["plan"])
