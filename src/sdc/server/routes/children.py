"""Children, their timeline, and questions about them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from sdc.access import Action, Role, children_within, may
from sdc.pipeline.caseload import Wanted
from sdc.pipeline.erasing import erase_child
from sdc.pipeline.progressing import child_progress
from sdc.pipeline.wording_answers import answer_by
from sdc.server import progress_views, views
from sdc.server.deps import ActorDep, AppDep
from sdc.server.models import AnswerOut, ChildIn, ChildOut, ChildrenOut, ErasedOut, Id, QuestionIn, SeriesOut
from sdc.server.permission import ChildFrom, needs
from sdc.server.progress_models import ProgressOut
from sdc.server.session_models import SessionSummaryOut

router = APIRouter(tags=["children"])


@router.get("/children")
@needs(Action.SEE_CHILD, ChildFrom.LIST)
def list_children(
    app: AppDep,
    actor: ActorDep,
    search: Annotated[str, Query(max_length=120, description="Part of the name, case and accents aside.")] = "",
    after: Annotated[Id | None, Query(description="Id of the child after whom the page begins.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ChildrenOut:
    """List the children within reach, by name, page by page."""
    reach = children_within(actor, Action.SEE_CHILD)
    return views.children(app.caseload(Wanted(reach, search, after, limit)))


@router.post("/children", status_code=201)
@needs(Action.ADD_CHILD, ChildFrom.NOTHING)
def add_child(app: AppDep, actor: ActorDep, body: ChildIn) -> ChildOut:
    """Add a child; the name must be new. Whoever adds it is on its care team."""
    child = app.repository.add_child(body.name, birth_date=body.birth_date, sex=body.sex)
    if actor.role is not Role.OWNER:
        app.accounts.teams.add(child.id, actor.id)
    return views.child(app.listed_child(child.id))


@router.get("/children/{child_id}")
@needs(Action.SEE_CHILD, ChildFrom.CHILD)
def get_child(app: AppDep, child_id: str) -> ChildOut:
    """Show one child."""
    return views.child(app.listed_child(child_id))


@router.delete("/children/{child_id}")
@needs(Action.ERASE_CHILD, ChildFrom.CHILD)
def delete_child(
    app: AppDep,
    actor: ActorDep,
    child_id: str,
    name: Annotated[str, Query(max_length=200, description="The child's name, typed once more to confirm.")],
) -> ErasedOut:
    """Erase a child for good: its key, recordings, transcripts, measures, everything."""
    child = app.repository.child(child_id)
    return views.erased(erase_child(child, app.erasure, app.audit, actor=actor.id, typed=name))


@router.get("/children/{child_id}/sessions")
@needs(Action.SEE_CHILD, ChildFrom.CHILD)
def list_sessions(app: AppDep, child_id: str) -> list[SessionSummaryOut]:
    """List a child's sessions, oldest first."""
    return views.session_summaries(app.repository.session_entries(child_id, measures=views.HEADLINES))


@router.get("/children/{child_id}/series")
@needs(Action.SEE_CHILD, ChildFrom.CHILD)
def get_series(
    app: AppDep,
    actor: ActorDep,
    child_id: str,
    measure: Annotated[str, Query(description="Measure id.", max_length=80)],
) -> SeriesOut:
    """Show one measure over a child's sessions, oldest first; one for researchers only to whom the role allows it."""
    allowed = may(actor, Action.SEE_RESEARCH_MEASURES, child_id)
    views.measure_shown(measure, for_researchers=allowed)  # before it is used as the name of a field
    entries = app.repository.session_entries(child_id, measures=[measure])
    return views.series(measure, entries, for_researchers=allowed)


@router.get("/children/{child_id}/progress")
@needs(Action.SEE_CHILD, ChildFrom.CHILD)
def get_progress(
    app: AppDep,
    actor: ActorDep,
    child_id: str,
    measure: Annotated[str, Query(description="Measure id.", max_length=80)],
) -> ProgressOut:
    """Show whether one measure has changed over a child's sessions, and how sure that is."""
    allowed = may(actor, Action.SEE_RESEARCH_MEASURES, child_id)
    views.measure_shown(measure, for_researchers=allowed)
    return progress_views.progress(child_progress(app.repository, child_id, [measure]), for_researchers=allowed)


@router.post("/children/{child_id}/ask")
@needs(Action.ASK, ChildFrom.CHILD)
def ask_question(app: AppDep, actor: ActorDep, child_id: str, body: QuestionIn) -> AnswerOut:
    """Answer a question about a child from what was measured, with evidence, in the words of SDC_ENGINE."""
    return views.answer(answer_by(app, child_id, body.question, actor=actor.id))
