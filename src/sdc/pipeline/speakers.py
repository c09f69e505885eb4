"""Who spoke on a recording that has no transcript: which diarizer, and what tells the roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sdc.errors import InputError
from sdc.settings import Settings
from sdc.store.records import Child
from sdc.store.repository import Repository

if TYPE_CHECKING:
    from sdc.audio import Recording
    from sdc.transcribe.speakers import Attribution, Diarizer, RoleAssigner, Voiceprint


@dataclass(frozen=True, slots=True)
class SpeakerHints:
    """What is known beforehand of who speaks, and what tells it.

    Attributes
    ----------
    n_speakers : int or None
        How many voices; 1: do not tell voices apart; None: one or two, as heard.
    speakers_from : Path or None
        Who spoke when, as another program found it (RTTM, pyannote's JSON) or a transcript has it (``.cha``).
    child : str or None
        Label of the child's voice, by somebody who listened.
    voiceprints : tuple[Voiceprint, ...]
        Enrolled voices.
    settings : Settings or None
        Which diarizer; None: SDC's own.
    """

    n_speakers: int | None = None
    speakers_from: Path | None = None
    child: str | None = None
    voiceprints: tuple[Voiceprint, ...] = ()
    settings: Settings | None = None

    def require(self) -> SpeakerHints:
        """Return the hints when they can be used; else raise before anything has been transcribed."""
        if self.speakers_from is not None:
            _source(self.speakers_from)
        elif self.n_speakers != 1 and self.settings is not None:
            from sdc.transcribe.diarizers import require_diarizer

            require_diarizer(self.settings.diarizer)
        return self


def attribute(recording: Recording, media: Path | None, hints: SpeakerHints) -> Attribution | None:
    """Tell who spoke when and in which role; None where voices are not to be told apart.

    Raises
    ------
    InputError
        The file that tells the speakers cannot be used, or no voice has the label that is said to be the child's.
    EngineError, SettingsError
        The diarizer cannot run here.
    """
    if hints.speakers_from is not None:
        source = _source(hints.speakers_from)
        diarization = source.diarize(recording)
        return _assigner(hints, source).assign(diarization, recording)
    if hints.n_speakers == 1:
        return None
    return _assigner(hints).assign(_diarizer(media, hints).diarize(recording), recording)


def _diarizer(media: Path | None, hints: SpeakerHints) -> Diarizer:
    from sdc.transcribe.diarizers import DEFAULT_DIARIZER, DiarizerOptions, make_diarizer

    asked = hints.settings
    if asked is None:
        return make_diarizer(DEFAULT_DIARIZER, DiarizerOptions(hints.n_speakers, media))
    options = DiarizerOptions(hints.n_speakers, media, asked.pyannote_model, asked.huggingface_token)
    return make_diarizer(asked.diarizer, options)


def _assigner(hints: SpeakerHints, source: Diarizer | None = None) -> RoleAssigner:
    """Return what tells the roles: a person, else a transcript, else enrolled voices, else labels."""
    from sdc.transcribe.speakers import ChatSpeakers, EnrolledRoles, NamedRoles, Role, ToldRoles

    if hints.child is not None:
        return ToldRoles({hints.child: Role.CHILD})
    if isinstance(source, ChatSpeakers):
        return source
    return EnrolledRoles(hints.voiceprints) if hints.voiceprints else NamedRoles()


def _source(path: Path) -> Diarizer:
    """Return the file that tells who spoke as a diarizer: by its ending CHAT or JSON, else RTTM."""
    from sdc.transcribe.speakers import ChatSpeakers, FileDiarizer, read_pyannote_json, read_rttm

    suffix = path.suffix.lower()
    if suffix == ".cha":
        from sdc.formats import read_path

        return ChatSpeakers(read_path(path))
    reader = read_pyannote_json if suffix == ".json" else read_rttm
    return FileDiarizer(reader, _text(path), path.name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "The file that tells the speakers cannot be read.",
            code="speakers.unreadable",
            hint="Check the name, and that it is text: RTTM, pyannote's JSON, or a CHAT transcript with times.",
            source=path.name or str(path),
        ) from error


def read_voices(recordings: Mapping[str, Path | None]) -> tuple[Voiceprint, ...]:
    """Enrol the voices of recordings, given by role; None is passed over.

    Raises
    ------
    InputError
        A recording cannot be decoded, or holds too little clear speech.
    """
    from sdc.audio import load_recording
    from sdc.transcribe.speakers import Role, enrol

    given = ((Role(role), path) for role, path in recordings.items() if path is not None)
    return tuple(enrol(load_recording(path), role, source=path.name) for role, path in given)


def enrolled_voices(repository: Repository, child: Child) -> tuple[Voiceprint, ...]:
    """Return the voices that are enrolled for a child's sessions."""
    documents = repository.voiceprints.of(child.id)
    if not documents:
        return ()
    from sdc.transcribe.speakers import Voiceprint

    return tuple(Voiceprint.from_dict(document) for document in documents)


def enrol_voice(repository: Repository, child: Child, recording: Path, role: str) -> None:
    """Remember a voice for a child's later sessions; a role's earlier voice is replaced.

    Raises
    ------
    InputError
        The recording cannot be decoded, or holds too little clear speech.
    """
    (voiceprint,) = read_voices({role: recording})
    repository.voiceprints.keep(child.id, role, voiceprint.to_dict())
