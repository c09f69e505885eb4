"""Edits of a transcript and its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from sdc.access import Action
from sdc.pipeline.editing import NewLine, edit_line, restore_version, versions_of
from sdc.pipeline.reviewing import reviewed_session
from sdc.server import session_views
from sdc.server.deps import ActorDep, AppDep
from sdc.server.models import EditIn, RestoreIn, SessionOut, VersionOut
from sdc.server.permission import ChildFrom, needs

router = APIRouter(tags=["sessions"])

Index = Annotated[int, Path(ge=0, le=1_000_000, description="Of the utterance, from 0.")]


@router.put("/sessions/{session_id}/utterances/{index}")
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def put_utterance(app: AppDep, actor: ActorDep, session_id: str, index: Index, body: EditIn) -> SessionOut:
    """Write a line anew, or give it to another speaker; the session is measured anew and shown.

    Whoever saw another version than the one that stands gets 409 with the version of now in the
    ``ETag``; nothing is overwritten.
    """
    line = NewLine(body.text, body.speaker)
    stored = edit_line(app.repository, session_id, index, line, seen=body.version, by=actor.id)
    return session_views.session(stored, app.week_of(session_id), shown=reviewed_session(app.repository, stored))


@router.get("/sessions/{session_id}/versions")
@needs(Action.SEE_SESSION, ChildFrom.SESSION)
def list_versions(app: AppDep, session_id: str) -> list[VersionOut]:
    """List the versions of a transcript, oldest first: the first is as it came."""
    return [session_views.version(found) for found in versions_of(app.repository, session_id)]


@router.post("/sessions/{session_id}/versions", status_code=201)
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def restore_session_version(app: AppDep, actor: ActorDep, session_id: str, body: RestoreIn) -> SessionOut:
    """Undo: let the transcript of an earlier version stand again, as a new version."""
    stored = restore_version(app.repository, session_id, body.restore, seen=body.version, by=actor.id)
    return session_views.session(stored, app.week_of(session_id), shown=reviewed_session(app.repository, stored))
