"""De-identified figures, for researchers."""

from __future__ import annotations

from fastapi import APIRouter

from sdc.access import Action
from sdc.pipeline.research import research_child, research_children
from sdc.server import research_views
from sdc.server.deps import ActorDep, AppDep
from sdc.server.permission import ChildFrom, needs
from sdc.server.research_models import ResearchChildOut, ResearchSessionsOut

router = APIRouter(tags=["research"], prefix="/research")


@router.get("/children")
@needs(Action.EXPORT_RESEARCH, ChildFrom.NOTHING)
def list_research_children(app: AppDep) -> list[ResearchChildOut]:
    """List the children whose families agreed to research, under pseudonyms."""
    found = research_children(app.repository, app.consents, app.pseudonyms)
    return [research_views.child(name, child, app.repository.session_entries(child.id)) for name, child in found]


@router.get("/children/{pseudonym}")
@needs(Action.EXPORT_RESEARCH, ChildFrom.NOTHING)
def get_research_child(app: AppDep, actor: ActorDep, pseudonym: str) -> ResearchSessionsOut:
    """Show a child's figures, session by session; ages instead of dates, no word that was said."""
    name, child = research_child(app.repository, app.consents, app.pseudonyms, pseudonym)
    app.audit.record(actor=actor.id, action=Action.EXPORT_RESEARCH.value, child_id=child.id)
    return research_views.sessions(name, child, app.repository.session_entries(child.id))
