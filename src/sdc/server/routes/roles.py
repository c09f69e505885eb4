"""Who is who in a session that was transcribed by machine."""

from __future__ import annotations

from fastapi import APIRouter

from sdc.access import Action
from sdc.pipeline.reviewing import reviewed_session
from sdc.pipeline.roles import remember_voices, tell_roles
from sdc.server import session_views
from sdc.server.deps import ActorDep, AppDep
from sdc.server.permission import ChildFrom, needs
from sdc.server.session_models import RememberedOut, RolesIn, SessionOut

router = APIRouter(tags=["sessions"])


@router.put("/sessions/{session_id}/roles")
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def put_session_roles(app: AppDep, actor: ActorDep, session_id: str, body: RolesIn) -> SessionOut:
    """Tell whose voice is whose; the session is measured anew from what is kept, and shown."""
    stored = tell_roles(app.repository, session_id, body.roles, by=actor.id)
    return session_views.session(stored, app.week_of(session_id), shown=reviewed_session(app.repository, stored))


@router.put("/sessions/{session_id}/voices")
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def put_session_voices(app: AppDep, session_id: str) -> RememberedOut:
    """Remember the voices of this session, so that they are known in the child's later recordings."""
    kept = remember_voices(app.repository, session_id)
    return RememberedOut(roles=list(kept.roles), too_short=list(kept.too_short))
