"""The steps of ``process_session``, each a plain function."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sdc.errors import InputError, MediaError, SDCError
from sdc.pipeline.engines import default_acoustics
from sdc.pipeline.history import compared_with
from sdc.pipeline.parts import Given, Report, SessionOrder
from sdc.pipeline.speakers import SpeakerHints, attribute
from sdc.session import Analysis, Insight, Measure, Media, Notice, PhasePlan, Session, VoiceLabels
from sdc.session.child import CHILD_ROLES, DAYS_PER_MONTH
from sdc.settings import Settings
from sdc.store.blobs import bytes_key
from sdc.store.clock import now_iso
from sdc.store.names import name_key
from sdc.store.records import (
    Child,
    Origin,
    SessionEntry,
    StoredRecording,
    StoredSession,
    Upload,
    WithinErrors,
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

    def session_id(self, child: Child) -> str:
        """Return the session's id: the same child and contents give the same."""
        return content_id("s", child.id, self.sums)

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
class Material:
    """The files of one session on this machine; at least one is there.

    Attributes
    ----------
    source : str
        What people call the session's input.
    transcript, media : Path or None
    media_name : str
        The recording's name as people know it.
    media_sha256 : str or None
        Where it is known.
    """

    source: str
    transcript: Path | None
    media: Path | None
    media_name: str = ""
    media_sha256: str | None = None


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
    sound: Sound
    tracks: SoundTracks | None
    insights: tuple[Insight, ...] = ()
    labels: VoiceLabels | None = None
    failures: tuple[SDCError, ...] = ()


def collect_inputs(order: SessionOrder, repository: Repository) -> Inputs:
    """Return the uploads of an order, told apart.

    Raises
    ------
    InputError
        ``session.inputs``: none, or two of one kind.
    """
    uploads = [repository.upload_of(order.child_id, upload_id) for upload_id in order.upload_ids]
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


@contextmanager
def at_hand(inputs: Inputs, repository: Repository) -> Iterator[Material]:
    """Lend the uploads as files."""
    with ExitStack() as stack:
        transcript, media = (
            stack.enter_context(repository.lend(upload.key)) if upload else None
            for upload in (inputs.transcript, inputs.media)
        )
        name, sha256 = (inputs.media.filename, inputs.media.sha256) if inputs.media else ("", None)
        yield Material(inputs.source, transcript, media, name, sha256)


def read_transcript(material: Material) -> Session | None:
    """Read the transcript; None when there is only a recording."""
    from sdc.formats import read_path

    return None if material.transcript is None else read_path(material.transcript, source=material.source)


def load_sound(material: Material, settings: Settings, *, needed: bool) -> Sound:
    """Decode the recording; where the session can be made without it, a bad one is told and left out."""
    if material.media is None:
        return Sound()
    from sdc.audio import load_recording

    try:
        return Sound(load_recording(material.media, limit_s=settings.max_recording_s, long_s=settings.long_recording_s))
    except MediaError as error:
        error.source = material.media_name  # a blob's name says nothing to people
        if needed:
            raise
        return Sound(failures=(error,))


def transcribe(
    material: Material,
    sound: Sound,
    given: Given,
    transcriber: Transcriber,
    report: Report,
    *,
    hints: SpeakerHints | None = None,
) -> Session:
    """Recognise the words of a recording that has no transcript, and tell who said them."""
    from sdc.transcribe import to_session

    assert sound.recording is not None
    transcript = transcriber.transcribe(
        sound.recording, on_progress=lambda step, fraction: report(step, 0.15 + 0.5 * fraction)
    )
    speakers = None
    if not given.child_only and transcript.segments:
        report("telling speakers apart", 0.66)
        speakers = attribute(sound.recording, material.media, hints or SpeakerHints())
    return to_session(
        transcript, sound.recording, source=material.source, child_only=given.child_only, speakers=speakers
    )


def describe(session: Session, material: Material, sound: Sound, given: Given) -> Session:
    """Add what was given with the input and what the recording tells: date, situation, media, warnings."""
    recording, media = sound.recording, session.media
    warnings = [
        *session.warnings,
        *(Notice(e.code, f"The recording was not used. {e.message}") for e in sound.failures),
    ]
    if recording is not None:
        warnings += [n for n in recording.notices if n not in warnings]
        warnings += _name_notices(media, material.media_name)
        name, status = (media.name, media.status) if media else (material.media_name, None)
        media = Media(name, recording.kind, status, recording.duration_s, material.media_sha256)
    return replace(
        session,
        date=given.date or session.date,
        context=given.context or session.context,
        media=media,
        warnings=tuple(warnings),
    )


def _name_notices(media: Media | None, filename: str) -> list[Notice]:
    names = {filename.lower(), Path(filename).stem.lower()}
    if media is None or media.name.lower() in names:
        return []
    return [Notice("media.other-name", f"The transcript names the recording {media.name}; {filename} was given.")]


def listen(sound: Sound, settings: Settings) -> SoundTracks | None:
    """Measure pitch, loudness and speech of the recording; None when there is none."""
    if sound.recording is None:
        return None
    from sdc.audio import sound_tracks

    return sound_tracks(sound.recording, default_acoustics(settings))


def measure(session: Session, sound: Sound, tracks: SoundTracks | None) -> Results:
    """Compute all measures of all speakers."""
    from sdc.measures import analyse

    if tracks is not None:
        # A session that was measured before says what measured it now.
        steps = {p.step for p in tracks.all_provenance}
        kept = tuple(p for p in session.provenance if p.step not in steps)
        session = replace(session, provenance=(*kept, *tracks.all_provenance))
    if tracks is not None and tracks.quality is not None:
        found = [n for n in tracks.quality.notices if n not in session.warnings]
        session = replace(session, warnings=(*session.warnings, *found))
    return Results(session, analyse(session, tracks), sound, tracks)


def assign_child(results: Results, child: Child) -> Results:
    """Settle which speaker is the child, where a transcript has several target children.

    The one whose name is the child's comes first among the participants, which makes it the
    session's target. Where no name tells, the first stays, with a notice.
    """
    session = results.session
    targets = [p for p in session.participants if p.role == CHILD_ROLES[0]]
    if len(targets) < 2:
        return results
    named = [p for p in targets if p.name and name_key(p.name) == name_key(child.name)]
    first = named[0] if len(named) == 1 else targets[0]
    codes = ", ".join(f"{p.code} {p.name}" if p.name else p.code for p in targets)
    told = f"The transcript has {len(targets)} target children ({codes}); {child.name} is taken to be {first.code}."
    notice = Notice("session.several-children", told)
    others = tuple(p for p in session.participants if p is not first)
    warnings = (*(n for n in session.warnings if n.code != notice.code), notice)  # it was told before an edit, too
    session = replace(session, participants=(first, *others), warnings=warnings)
    return replace(results, session=session)


def observe(
    results: Results,
    history: tuple[SessionPoint, ...],
    session_id: str,
    child: Child,
    plan: PhasePlan | None = None,
) -> Results:
    """Add what was seen, and what changed against earlier sessions; on an edited transcript, each says so.

    A change across the day on which the intervention of ``plan`` began names it.
    """
    from sdc.companion import insights
    from sdc.formats.chat.editing import edited_by

    found = insights(results.session, results.analysis, history, session_id=session_id, child=child.name, plan=plan)
    by = edited_by(results.session)
    if by is not None:
        found = tuple(replace(insight, provenance=(*insight.provenance, by)) for insight in found)
    return replace(results, insights=found)


def save(results: Results, inputs: Inputs, child: Child, repository: Repository, *, version: int) -> None:
    """Keep everything; the same session again replaces itself.

    ``version`` is that of the transcript that stood when this began: ``StaleVersionError`` when
    somebody edited it since.
    """
    identity, recording = inputs.session_id(child), results.sound.recording
    earlier = repository.find_entry(identity)
    session, target = results.session, results.session.target
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
        duration_s=recording.duration_s if recording else None,
        recording=_stored_recording(inputs, results.sound),
        tracks=_keep_tracks(results.tracks, child, repository),
        measures=light_measures(results),
        added_at=earlier.added_at if earlier else now_iso(),
        version=version,
        within_errors=within_errors(results),
        recognised=session.is_recognised,
        review=earlier.review if earlier else None,
    )
    rests_on = compared_with(repository, entry)
    stored = StoredSession(entry, session, results.analysis, results.insights, rests_on)
    repository.save_session(stored, results.labels)


def light_measures(results: Results) -> dict[str, Measure]:
    """Return the child's measures as lists show them, by id; none where it is not known who the child is."""
    target = results.session.target
    speaker = results.analysis.speakers.get(target.code) if target else None
    return {m.id: replace(m, utterances=(), spans=()) for m in speaker.measures.values()} if speaker else {}


def within_errors(results: Results) -> WithinErrors:
    """Return the errors inside the session of the child's measures: resampled once, not with every question."""
    from sdc.progress import SessionPoint
    from sdc.progress.within import WITHIN_RULE, within_session_errors

    point = SessionPoint.of("", results.session, light_measures(results))
    return WithinErrors(WITHIN_RULE, within_session_errors(point))


def _stored_recording(inputs: Inputs, sound: Sound) -> StoredRecording | None:
    if inputs.media is None or sound.recording is None:
        return None
    media, decoded = inputs.media, sound.recording
    return StoredRecording(media.sha256, media.filename, decoded.kind, decoded.duration_s, media.key)


def _keep_tracks(tracks: SoundTracks | None, child: Child, repository: Repository) -> str | None:
    if tracks is None:
        return None
    data = tracks.to_bytes()
    key = bytes_key(child.id, data)
    repository.blobs.put_bytes(key, data)
    return key


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
