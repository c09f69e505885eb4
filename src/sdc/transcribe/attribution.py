"""Whose words they are. Whisper does not tell: docs/decisions/0002-unattributed-speech.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdc.formats.languages import chat_language
from sdc.formats.recognised import tidy_times, to_utterances
from sdc.session import Notice, Participant, Session
from sdc.transcribe.transcript import Transcript

if TYPE_CHECKING:
    from sdc.audio import Recording

UNKNOWN = Participant("UNK")
CHILD = Participant("CHI", "Target_Child")


def to_session(transcript: Transcript, recording: Recording, *, source: str, child_only: bool = False) -> Session:
    """Make a session of recognised speech.

    Parameters
    ----------
    transcript : Transcript
    recording : Recording
        Where it was heard.
    source : str
        Name of the recording, for people.
    child_only : bool
        Somebody who knows says that only the child speaks; then the words are the child's.

    Returns
    -------
    Session
        One participant: ``CHI`` with ``child_only``, else ``UNK`` (role ``Unidentified``) with a
        notice. Words keep their times and probabilities; a word said twice stands twice.
    """
    speaker = CHILD if child_only else UNKNOWN
    # A word that Whisper puts over its segment's edge is moved to the edge, without a notice:
    # that is how Whisper is, and no damage.
    segments, _ = tidy_times(transcript.segments)
    utterances = to_utterances(segments, speaker=speaker.code, language=transcript.language)
    language = chat_language(transcript.language)
    return Session(
        source=source,
        languages=(language,) if language else (),
        participants=(Participant(speaker.code, speaker.role, language=language),),
        utterances=utterances,
        warnings=(*transcript.notices, *_notices(bool(utterances), child_only)),
        provenance=tuple(p for p in (recording.provenance, transcript.provenance) if p is not None),
    )


def _notices(heard: bool, child_only: bool) -> tuple[Notice, ...]:
    if not heard:
        return (Notice("transcribe.no-speech", "The recogniser heard no speech."),)
    notices = [
        Notice("transcribe.unchecked", "A recogniser wrote the words down; nobody has checked them."),
    ]
    if not child_only:
        text = "Speakers were not told apart, so nothing is measured of the child alone."
        notices.append(Notice("transcribe.no-speakers", text))
    return tuple(notices)
