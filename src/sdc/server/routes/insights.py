"""Accounts of sessions and periods, what therapists decide about insights, what families say about activities."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from sdc.access import Action, Actor, may
from sdc.app import App
from sdc.errors import NotFoundError
from sdc.pipeline.family_home import family_home
from sdc.pipeline.periods import Span, child_account
from sdc.pipeline.reviewing import Reviewed, answer_activity, decide, reviewed_session
from sdc.server import insight_views
from sdc.server.deps import ActorDep, AppDep, forbidden
from sdc.server.insight_models import (
    ActivityAnswerIn,
    ActivityAnswerOut,
    DecisionIn,
    DecisionOut,
    FeedbackOut,
    HomeOut,
    PeriodOut,
    PeriodQuery,
    Reader,
)
from sdc.server.permission import ChildFrom, needs

router = APIRouter(tags=["insights"])


@router.get("/children/{child_id}/insights")
@needs(Action.SEE_SESSION, ChildFrom.CHILD)
def get_account(app: AppDep, actor: ActorDep, child_id: str, asked: Annotated[PeriodQuery, Query()]) -> PeriodOut:
    """Tell of a session, a period or all sessions: strengths, changes, where to listen, one idea, questions."""
    reader = _reader(actor, child_id, asked.voice)
    span = Span(asked.session, asked.first, asked.last)
    found = child_account(app.repository, child_id, span, insight_views.VOICES[reader])
    return insight_views.account(found, app.repository.session_entries(child_id, measures=()))


@router.get("/children/{child_id}/home")
@needs(Action.SEE_SESSION, ChildFrom.CHILD)
def get_home(app: AppDep, child_id: str) -> HomeOut:
    """Show what a family sees first: a good moment, what is steady or changing, one idea, questions."""
    return insight_views.home(family_home(app, child_id))


@router.post("/children/{child_id}/insights/decisions", status_code=201)
@needs(Action.APPROVE_INSIGHT, ChildFrom.CHILD)
def decide_insight(app: AppDep, actor: ActorDep, child_id: str, body: DecisionIn) -> DecisionOut:
    """Approve, edit or dismiss an insight: a new version; 409 where somebody else has decided in the meantime."""
    child = app.repository.child(child_id)
    kept = decide(
        app,
        child,
        _shown(app, child_id, body),
        body.key,
        body.verb,
        text=body.text,
        seen=body.version,
        voice=insight_views.VOICES[body.voice],
        actor=actor.id,
    )
    return insight_views.decision(kept)


@router.get("/children/{child_id}/feedback")
@needs(Action.APPROVE_INSIGHT, ChildFrom.CHILD)
def list_feedback(app: AppDep, child_id: str) -> FeedbackOut:
    """List what was decided about a child's insights, and what the family said about activities."""
    feedback = app.repository.feedback
    return insight_views.feedback(feedback.history(child_id), feedback.answers(child_id))


@router.post("/children/{child_id}/activities/{activity_id}/answers", status_code=201)
@needs(Action.ANSWER_ACTIVITY, ChildFrom.CHILD)
def add_activity_answer(
    app: AppDep, actor: ActorDep, child_id: str, activity_id: str, body: ActivityAnswerIn
) -> ActivityAnswerOut:
    """Write down whether the family tried an activity, and how it went; the next one is another."""
    return insight_views.answer(answer_activity(app, child_id, activity_id, body.went, actor=actor.id))


def _reader(actor: Actor, child_id: str, asked: Reader | None) -> Reader:
    """Return who reads: the therapist's words are for who may approve them."""
    is_therapist = may(actor, Action.APPROVE_INSIGHT, child_id)
    if asked == "slp" and not is_therapist:
        raise forbidden()
    return asked or ("slp" if is_therapist else "parent")


def _shown(app: App, child_id: str, body: DecisionIn) -> tuple[Reviewed, ...]:
    """Return the insights among which the key is looked for."""
    if body.of_session is not None:
        stored = app.repository.session(body.of_session)
        if stored.entry.child_id != child_id:
            raise NotFoundError("There is no such session.", code="session.not-found", hint="See the child's sessions.")
        return reviewed_session(app.repository, stored)
    span = Span(body.session_id, body.first, body.last)
    found = child_account(app.repository, child_id, span, insight_views.VOICES[body.voice])
    return (*found.insights, *found.outdated)
