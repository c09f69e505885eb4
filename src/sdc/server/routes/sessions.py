"""Sessions: transcript, measures, insights, the recording and its sound tracks."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from sdc.access import Action, may
from sdc.audio.spectrogram import spectrogram
from sdc.pipeline.labelling import voice_labels_of
from sdc.pipeline.reviewing import reviewed_session
from sdc.pipeline.roles import load_stored
from sdc.server import session_views
from sdc.server.answers import MEDIA
from sdc.server.deps import ActorDep, AppDep
from sdc.server.media import media_response
from sdc.server.permission import ChildFrom, needs
from sdc.server.session_models import SessionOut, SpectrogramOut, TracksOut, VoiceLabelsOut

router = APIRouter(tags=["sessions"])


@router.get("/sessions/{session_id}")
@needs(Action.SEE_SESSION, ChildFrom.SESSION)
def get_session(app: AppDep, actor: ActorDep, session_id: str) -> SessionOut:
    """Show a session, whole; measures for researchers only to whom the role allows them."""
    stored = app.repository.session(session_id)
    allowed = may(actor, Action.SEE_RESEARCH_MEASURES, stored.entry.child_id)
    shown = reviewed_session(app.repository, stored)
    return session_views.session(stored, app.week_of(session_id), shown=shown, for_researchers=allowed)


@router.get("/sessions/{session_id}/media", responses=MEDIA, response_class=Response)
@needs(Action.PLAY_RECORDING, ChildFrom.SESSION)
def get_session_media(app: AppDep, session_id: str, request: Request) -> Response:
    """Send the recording, or the range of it that the player asks for."""
    return media_response(app.repository.recording(session_id), app.blobs, request.headers)


@router.get("/sessions/{session_id}/tracks")
@needs(Action.PLAY_RECORDING, ChildFrom.SESSION)
def get_session_tracks(app: AppDep, session_id: str) -> TracksOut:
    """Show pitch, loudness and the waveform's envelope."""
    return session_views.tracks(app.repository.tracks(session_id))


@router.get("/sessions/{session_id}/spectrogram")
@needs(Action.PLAY_RECORDING, ChildFrom.SESSION)
def get_session_spectrogram(app: AppDep, session_id: str) -> SpectrogramOut:
    """Show the recording's spectrogram; made anew each time, so that nothing more of the child is kept."""
    recording = load_stored(app.repository, app.repository.entry(session_id))
    return session_views.spectrogram(spectrogram(recording))


@router.get("/sessions/{session_id}/voice-labels")
@needs(Action.SEE_VOICE_LABELS, ChildFrom.SESSION)
def get_session_voice_labels(app: AppDep, session_id: str) -> VoiceLabelsOut:
    """Show an experimental classifier's label scores, for researchers; 404 where there are none."""
    return session_views.voice_labels(voice_labels_of(app.repository, session_id))
