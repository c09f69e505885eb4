"""What a child's family has agreed to."""

from __future__ import annotations

from fastapi import APIRouter

from sdc.access import Action
from sdc.pipeline.consenting import grant, withdraw
from sdc.server import consent_views
from sdc.server.consent_models import ConsentIn, PurposeOut
from sdc.server.deps import ActorDep, AppDep
from sdc.server.permission import ChildFrom, needs

router = APIRouter(tags=["consents"])


@router.get("/children/{child_id}/consents")
@needs(Action.SEE_CONSENT, ChildFrom.CHILD)
def list_consents(app: AppDep, child_id: str) -> list[PurposeOut]:
    """List what a child's data may be used for, each with its wording, state and history."""
    return consent_views.purposes(app.consents, app.repository.child(child_id).id)


@router.put("/children/{child_id}/consents")
@needs(Action.MANAGE_CONSENT, ChildFrom.CHILD)
def put_consent(app: AppDep, actor: ActorDep, child_id: str, body: ConsentIn) -> list[PurposeOut]:
    """Write down that the family agrees to a purpose, or no longer does; a withdrawal works at once."""
    child = app.repository.child(child_id)
    if body.state == "granted":
        grant(app, child, body.purpose, by=body.by, actor=actor.id, retention_days=body.retention_days)
    else:
        withdraw(app, child, body.purpose, by=body.by, actor=actor.id)
    return consent_views.purposes(app.consents, child.id)
