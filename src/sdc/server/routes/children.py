"""Children, their timeline, and questions about them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from sdc.pipeline.asking import answer_question
from sdc.server import views
from sdc.server.deps import AppDep
from sdc.server.models import AnswerOut, ChildIn, ChildOut, QuestionIn, SeriesOut, SessionSummaryOut

router = APIRouter(tags=["children"])


@router.get("/children")
def list_children(app: AppDep) -> list[ChildOut]:
    """List all children by name."""
    return [views.child(overview) for overview in app.children_overview()]


@router.post("/children", status_code=201)
def add_child(app: AppDep, body: ChildIn) -> ChildOut:
    """Add a child; the name must be new."""
    child = app.repository.add_child(body.name, birth_date=body.birth_date, sex=body.sex)
    return views.child(app.child_overview(child.id))


@router.get("/children/{child_id}")
def get_child(app: AppDep, child_id: str) -> ChildOut:
    """Show one child."""
    return views.child(app.child_overview(child_id))


@router.get("/children/{child_id}/sessions")
def list_sessions(app: AppDep, child_id: str) -> list[SessionSummaryOut]:
    """List a child's sessions, oldest first."""
    return views.session_summaries(app.repository.session_entries(child_id))


@router.get("/children/{child_id}/series")
def get_series(
    app: AppDep, child_id: str, measure: Annotated[str, Query(description="Measure id.", max_length=80)]
) -> SeriesOut:
    """Show one measure over a child's sessions, oldest first."""
    return views.series(measure, app.repository.session_entries(child_id))


@router.post("/children/{child_id}/ask")
def ask_question(app: AppDep, child_id: str, body: QuestionIn) -> AnswerOut:
    """Answer a question about a child from what was measured, with evidence."""
    return views.answer(answer_question(app.repository, child_id, body.question))
