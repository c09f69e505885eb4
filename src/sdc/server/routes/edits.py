"""Edits of a transcript and its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path

from sdc.access import Action, Actor, may
from sdc.app import App
from sdc.pipeline.editing import (
    NewLine,
    change_transcript,
    edit_line,
    redo_edit,
    restore_version,
    undo_edit,
    versions_of,
)
from sdc.pipeline.line_changes import changes_of
from sdc.pipeline.reviewing import reviewed_session
from sdc.server import edit_views, session_views
from sdc.server.deps import ActorDep, AppDep
from sdc.server.edit_models import ChangeIn, EditIn, RestoreIn, UndoIn, VersionChangesOut, VersionOut
from sdc.server.permission import ChildFrom, needs
from sdc.server.session_models import SessionOut
from sdc.store.records import StoredSession

router = APIRouter(tags=["sessions"])

Index = Annotated[int, Path(ge=0, le=1_000_000, description="Of the utterance, from 0.")]
Version = Annotated[int, Path(ge=1, le=1_000_000)]


@router.put("/sessions/{session_id}/utterances/{index}")
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def put_utterance(app: AppDep, actor: ActorDep, session_id: str, index: Index, body: EditIn) -> SessionOut:
    """Write a line anew, or give it to another speaker; the session is measured anew and shown.

    Whoever saw another version than the one that stands gets 409 with the version of now in the
    ``ETag``; nothing is overwritten.
    """
    line = NewLine(body.text, body.speaker)
    return _shown(app, actor, edit_line(app.repository, session_id, index, line, seen=body.version, by=actor.id))


@router.post("/sessions/{session_id}/edits")
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def change_session_transcript(
    app: AppDep, actor: ActorDep, session_id: str, body: Annotated[ChangeIn, Body()]
) -> SessionOut:
    """Split or merge lines, mark words, put a code in, rename a speaker, undo, redo; 409 as for a line written anew."""
    if isinstance(body, UndoIn):
        step = undo_edit if body.what == "undone" else redo_edit
        return _shown(app, actor, step(app.repository, session_id, seen=body.version, by=actor.id))
    change = edit_views.change_of(body)
    return _shown(app, actor, change_transcript(app.repository, session_id, change, seen=body.version, by=actor.id))


@router.get("/sessions/{session_id}/versions")
@needs(Action.SEE_SESSION, ChildFrom.SESSION)
def list_versions(app: AppDep, actor: ActorDep, session_id: str) -> list[VersionOut]:
    """List the versions of a transcript, oldest first: the first is as it came."""
    child_id = app.repository.entry(session_id).child_id
    knows = may(actor, Action.EDIT_TRANSCRIPT, child_id)
    names = {account.id: account.name for account in app.accounts.all()} if knows else {}
    return [session_views.version(found, names.get(found.by)) for found in versions_of(app.repository, session_id)]


@router.get("/sessions/{session_id}/versions/{version}")
@needs(Action.SEE_SESSION, ChildFrom.SESSION)
def get_version_changes(app: AppDep, session_id: str, version: Version) -> VersionChangesOut:
    """Show which lines a version changed, as they were and as they became."""
    return edit_views.version_changes(version, changes_of(app.repository, session_id, version))


@router.post("/sessions/{session_id}/versions", status_code=201)
@needs(Action.EDIT_TRANSCRIPT, ChildFrom.SESSION)
def restore_session_version(app: AppDep, actor: ActorDep, session_id: str, body: RestoreIn) -> SessionOut:
    """Let the transcript of an earlier version stand again, as a new version."""
    stored = restore_version(app.repository, session_id, body.restore, seen=body.version, by=actor.id)
    return _shown(app, actor, stored)


def _shown(app: App, actor: Actor, stored: StoredSession) -> SessionOut:
    """Show an edited session as ``get_session`` does to the same person."""
    allowed = may(actor, Action.SEE_RESEARCH_MEASURES, stored.entry.child_id)
    shown = reviewed_session(app.repository, stored)
    return session_views.session(stored, app.week_of(stored.entry.id), shown=shown, for_researchers=allowed)
