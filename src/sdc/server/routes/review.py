"""The review of a transcript: doubtful lines first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from sdc.access import Action
from sdc.app import App
from sdc.errors import NotFoundError
from sdc.pipeline.review import look_at, mark_reviewed, review_queue
from sdc.server import review_views
from sdc.server.deps import ActorDep, AppDep
from sdc.server.permission import ChildFrom, needs
from sdc.server.review_models import LookIn, ReviewIn, ReviewOut

router = APIRouter(tags=["sessions"])

Index = Annotated[int, Path(ge=0, le=1_000_000, description="Of the utterance, from 0.")]


@router.get("/sessions/{session_id}/review")
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def get_review(app: AppDep, session_id: str) -> ReviewOut:
    """List the lines that deserve a look, the most doubtful first, each with its reasons."""
    return review_views.review(review_queue(app.repository, session_id), _names(app))


@router.put("/sessions/{session_id}/review")
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def put_review(app: AppDep, actor: ActorDep, session_id: str, body: ReviewIn) -> ReviewOut:
    """Mark the whole transcript as reviewed, or undo that; 409 where it was changed meanwhile."""
    queue = mark_reviewed(app.repository, session_id, seen=body.version, by=actor.id, reviewed=body.reviewed)
    return review_views.review(queue, _names(app))


@router.put("/sessions/{session_id}/review/lines/{index}")
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def put_line_review(app: AppDep, actor: ActorDep, session_id: str, index: Index, body: LookIn) -> ReviewOut:
    """Mark a line as looked at, or undo that; 409 where the transcript was changed meanwhile."""
    queue = look_at(app.repository, session_id, index, seen=body.version, by=actor.id, looked=body.looked_at)
    return review_views.review(queue, _names(app))


def _names(app: App) -> review_views.Names:
    """Return what finds the name of an account; it asks the store once for each."""
    known: dict[str, str | None] = {}

    def name(account_id: str) -> str | None:
        if account_id not in known:
            try:
                known[account_id] = app.accounts.get(account_id).name
            except NotFoundError:
                known[account_id] = None  # who holds the machine has no account, nor has one that is gone
        return known[account_id]

    return name
