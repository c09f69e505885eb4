"""Who spoke on a recording that has no transcript: which diarizer, and what tells the roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sdc.errors import InputError
from sdc.store.records import Child
from sdc.store.repository import Repository

if TYPE_CHECKING:
    from sdc.audio import Recording
    from sdc.transcribe.speakers import Attribution, Diarization, RoleAssigner, Voiceprint


@dataclass(frozen=True, slots=True)
class SpeakerHints:
    """What is known beforehand of who speaks.

    Attributes
    ----------
    n_speakers : int or None
        How many voices; 1: do not tell voices apart; None: one or two, as heard.
    rttm : Path or None
        Who spoke when, as another program found it.
    child : str or None
        Label of the child's voice, by somebody who listened.
    voiceprints : tuple[Voiceprint, ...]
        Enrolled voices.
    """

    n_speakers: int | None = None
    rttm: Path | None = None
    child: str | None = None
    voiceprints: tuple[Voiceprint, ...] = ()


def attribute(recording: Recording, media: Path | None, hints: SpeakerHints) -> Attribution | None:
    """Tell who spoke when and in which role; None where voices are not to be told apart.

    Raises
    ------
    InputError
        The RTTM file cannot be used, or no voice has the label that is said to be the child's.
    """
    if hints.n_speakers == 1 and hints.rttm is None:
        return None
    return _assigner(hints).assign(_diarization(recording, media, hints), recording)


def _diarization(recording: Recording, media: Path | None, hints: SpeakerHints) -> Diarization:
    from sdc.transcribe.speakers import ChannelDiarizer, VoiceDiarizer, read_rttm, separate_channels

    if hints.rttm is not None:
        return read_rttm(_text(hints.rttm), source=hints.rttm.name, duration_s=recording.duration_s)
    channels = separate_channels(media, recording) if media is not None and hints.n_speakers in (None, 2) else None
    return (ChannelDiarizer(channels) if channels else VoiceDiarizer(hints.n_speakers)).diarize(recording)


def _assigner(hints: SpeakerHints) -> RoleAssigner:
    from sdc.transcribe.speakers import EnrolledRoles, NamedRoles, Role, ToldRoles

    if hints.child is not None:
        return ToldRoles({hints.child: Role.CHILD})
    return EnrolledRoles(hints.voiceprints) if hints.voiceprints else NamedRoles()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "This is no RTTM file that can be read.",
            code="rttm.unreadable",
            hint="Check the name, and that it is text.",
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
    documents = repository.voiceprints(child.id)
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
    repository.save_voiceprint(child.id, role, voiceprint.to_dict())
