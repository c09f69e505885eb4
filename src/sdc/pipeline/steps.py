"""The steps of ``process_session``, each a plain function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sdc.errors import InputError, MediaError
from sdc.pipeline.parts import Parts, SessionOrder
from sdc.session import Analysis, Insight, Media, Notice, Session
from sdc.session.child import DAYS_PER_MONTH
from sdc.store.blobs import CHUNK_BYTES, Blobs
from sdc.store.clock import now_iso
from sdc.store.records import (
    Child,
    Origin,
    SessionEntry,
    StoredRecording,
    StoredSession,
    Upload,
    content_id,
)
from sdc.store.repository import Repository

if TYPE_CHECKING:
    from sdc.audio import Recording, SoundTracks
    from sdc.progress import SessionPoint
    from sdc.transcribe import Transcriber


@dataclass(frozen=True, slots=True)
class Inputs:
    """The uploads of one session; at least one is there."""

    transcript: Upload | None
    media: Upload | None

    @property
    def sums(self) -> list[str]:
        """SHA-256 sums of what is there."""
        return [upload.sha256 for upload in (self.transcript, self.media) if upload is not None]

    @property
    def source(self) -> str:
        """What people call the session's input."""
        upload = self.transcript or self.media
        assert upload is not None
        return upload.filename

    @property
    def origin(self) -> Origin:
        """Where the words come from."""
        if self.transcript is None:
            return "whisper"
        return "json" if self.transcript.filename.lower().endswith(".json") else "chat"


@dataclass(frozen=True, slots=True)
class Sound:
    """The decoded recording, or why there is none."""

    recording: Recording | None = None
    failures: tuple[MediaError, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What the steps made."""

    session: Session
    analysis: Analysis
    tracks: SoundTracks | None
    insights: tuple[Insight, ...] = ()


def collect_inputs(order: SessionOrder, repository: Repository) -> Inputs:
    """Return the uploads of an order, told apart.

    Raises
    ------
    InputError
        ``session.inputs``: none, or two of one kind.
    """
    uploads = [repository.upload(upload_id) for upload_id in order.upload_ids]
    transcripts = [u for u in uploads if u.kind == "transcript"]
    media = [u for u in uploads if u.kind == "media"]
    if not uploads or len(transcripts) > 1 or len(media) > 1:
        raise InputError(
            "A session is made of one transcript, one recording, or one of each.",
            code="session.inputs",
            hint="Add the files as sessions of their own.",
            source=", ".join(u.filename for u in uploads) or None,
        )
    return Inputs(transcripts[0] if transcripts else None, media[0] if media else None)


def session_id(inputs: Inputs, order: SessionOrder) -> str:
    """Return the session's id: the same child and contents give the same."""
    return content_id("s", order.child_id, inputs.sums)


def read_transcript(inputs: Inputs, blobs: Blobs) -> Session | None:
    """Read the transcript; None when there is only a recording."""
    from sdc.formats import read_path

    if inputs.transcript is None:
        return None
    with as_file(blobs, inputs.transcript) as path:
        return read_path(path, source=inputs.transcript.filename)


def load_sound(inputs: Inputs, parts: Parts, *, needed: bool) -> Sound:
    """Decode the recording; where the session can be made without it, a bad one is told and left out."""
    from sdc.audio import load_recording

    if inputs.media is None:
        return Sound()
    limit_s, long_s = parts.settings.max_recording_s, parts.settings.long_recording_s
    try:
        with as_file(parts.repository.blobs, inputs.media) as path:
            return Sound(load_recording(path, limit_s=limit_s, long_s=long_s))
    except MediaError as error:
        error.source = inputs.media.filename  # the blob's name says nothing to people
        if needed:
            raise
        return Sound(failures=(error,))


def transcribe(
    inputs: Inputs, sound: Sound, transcriber: Transcriber, order: SessionOrder, on_progress: Callable[[float], None]
) -> Session:
    """Recognise the words of a recording that has no transcript."""
    from sdc.transcribe import to_session

    assert sound.recording is not None
    transcript = transcriber.transcribe(sound.recording, on_progress=on_progress)
    return to_session(transcript, sound.recording, source=inputs.source, child_only=order.child_only)


def describe(session: Session, inputs: Inputs, sound: Sound, order: SessionOrder) -> Session:
    """Add what the order and the recording tell: date, situation, media, warnings."""
    recording, upload = sound.recording, inputs.media
    warnings = [
        *session.warnings,
        *(Notice(e.code, f"The recording was not used. {e.message}") for e in sound.failures),
    ]
    media = session.media
    if recording is not None and upload is not None:
        warnings += [n for n in recording.notices if n not in warnings]
        warnings += _name_notices(media, upload.filename)
        name = media.name if media else upload.filename
        status = media.status if media else None
        media = Media(name, recording.kind, status, recording.duration_s, upload.sha256)
    return replace(
        session,
        date=order.date or session.date,
        context=order.context or session.context,
        media=media,
        warnings=tuple(warnings),
    )


def _name_notices(media: Media | None, filename: str) -> list[Notice]:
    names = {filename.lower(), Path(filename).stem.lower()}
    if media is None or media.name.lower() in names:
        return []
    return [Notice("media.other-name", f"The transcript names the recording {media.name}; {filename} was given.")]


def listen(sound: Sound) -> SoundTracks | None:
    """Measure pitch, loudness and speech of the recording; None when there is none."""
    from sdc.audio import sound_tracks

    return None if sound.recording is None else sound_tracks(sound.recording)


def measure(session: Session, tracks: SoundTracks | None) -> Results:
    """Compute all measures of all speakers."""
    from sdc.measures import analyse

    return Results(session, analyse(session, tracks), tracks)


def observe(results: Results, history: tuple[SessionPoint, ...], session_id: str, child: Child) -> Results:
    """Add what was seen, and what changed against earlier sessions."""
    from sdc.companion import insights

    found = insights(results.session, results.analysis, history, session_id=session_id, child=child.name)
    return replace(results, insights=found)


def save(results: Results, inputs: Inputs, sound: Sound, child: Child, repository: Repository) -> None:
    """Keep everything; the same session again replaces itself."""
    identity = content_id("s", child.id, inputs.sums)
    earlier = repository.find_entry(identity)
    session, target = results.session, results.session.target
    speaker = results.analysis.speakers.get(target.code) if target else None
    entry = SessionEntry(
        id=identity,
        child_id=child.id,
        source=session.source,
        origin=inputs.origin,
        date=session.date,
        context=session.context,
        age_months=age_months(session, child),
        target=target.code if target else None,
        n_utterances=len(session.utterances),
        n_warnings=len(session.warnings),
        duration_s=sound.recording.duration_s if sound.recording else None,
        recording=_stored_recording(inputs, sound),
        tracks=repository.blobs.put_bytes(results.tracks.to_bytes()) if results.tracks else None,
        measures={m.id: replace(m, utterances=(), spans=()) for m in speaker.measures.values()} if speaker else {},
        added_at=earlier.added_at if earlier else now_iso(),
    )
    repository.save_session(StoredSession(entry, session, results.analysis, results.insights))


def _stored_recording(inputs: Inputs, sound: Sound) -> StoredRecording | None:
    if inputs.media is None or sound.recording is None:
        return None
    return StoredRecording(inputs.media.sha256, inputs.media.filename, sound.recording.kind, sound.recording.duration_s)


def age_months(session: Session, child: Child) -> float | None:
    """Return the child's age in months: as the transcript tells, else from birth date and date."""
    if session.target is not None and session.target.age is not None:
        return session.target.age.in_months
    if child.birth_date is None or session.date is None:
        return None
    days = (date.fromisoformat(session.date) - date.fromisoformat(child.birth_date)).days
    return days / DAYS_PER_MONTH if days >= 0 else None


def notes(session: Session) -> tuple[str, ...]:
    """Return the session's warnings as sentences."""
    return tuple(f"line {n.line}: {n.message}" if n.line else n.message for n in session.warnings)


@contextmanager
def as_file(blobs: Blobs, upload: Upload) -> Iterator[Path]:
    """Lend an upload as a file on this machine; copied only where the blobs are no files."""
    path = blobs.local_path(upload.sha256)
    if path is not None:
        yield path
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / upload.sha256
        with copy.open("wb") as file:
            for start in range(0, upload.size, CHUNK_BYTES):
                file.write(blobs.get_range(upload.sha256, start, CHUNK_BYTES))
        yield copy
