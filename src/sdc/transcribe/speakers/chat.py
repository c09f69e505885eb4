"""Speakers of a CHAT transcript: who spoke when, and in which role, as its transcriber wrote it.

A transcript whose words are of no use here (a draft, another language, a coarse gloss) still tells
whose turn it was. Its bullets, or the word times of ``%wor`` where it has them, become segments.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from sdc.errors import InputError
from sdc.session import Provenance, Session, TimeSpan, Utterance
from sdc.transcribe.speakers.segments import Attribution, Diarization, Role, SpeakerSegment, before, with_overlaps

if TYPE_CHECKING:
    from sdc.audio import Recording

VERSION = "1"
PAUSE_MS = 500
"""Words of one line that lie farther apart are two segments."""
NOBODY = frozenset({"Unidentified", "Uncertain"})
"""CHAT roles that say that it is not known who speaks."""
ADULTS = frozenset({
    "Adult", "Attorney", "Caretaker", "Doctor", "Father", "Female", "Grandfather", "Grandmother", "Host",
    "Informant", "Investigator", "Leader", "Male", "Mother", "Nurse", "Relative", "Target_Adult", "Teacher",
    "Therapist", "Visitor",
})  # fmt: skip
"""CHAT roles of adults; everybody else who is not the target child is ``other``."""


class ChatSpeakers:
    """Tells who spoke from a transcript: both a ``Diarizer`` and a ``RoleAssigner``.

    Parameters
    ----------
    session : Session
        The transcript, as ``sdc.formats.read_path`` read it.

    Raises
    ------
    InputError
        ``chat.no-times``: no line of it has a time.
    """

    def __init__(self, session: Session) -> None:
        found = (SpeakerSegment(u.speaker, span) for u in session.utterances for span in _spans(u))
        self._segments = with_overlaps(tuple(found))
        self._session = session
        if not self._segments:
            raise InputError(
                "The transcript has no times, so it does not tell who spoke when.",
                code="chat.no-times",
                hint="Link its lines to the recording (bullets), or leave it out.",
                source=session.source,
            )

    def diarize(self, recording: Recording) -> Diarization:
        """Return the lines as segments; labels are the speaker codes, what lies behind the end is cut off."""
        end_ms = round(recording.duration_s * 1000)
        kept = (before(segment, end_ms) for segment in self._segments)
        return Diarization(tuple(s for s in kept if s), Provenance("diarize", "chat", VERSION))

    def assign(self, diarization: Diarization, recording: Recording) -> Attribution:
        """Return the roles of ``@Participants``, and the people themselves."""
        people = {p.code: p for p in self._session.participants if p.code in diarization.speakers}
        roles = {code: chat_role(self._session, code) for code in people}
        return Attribution(diarization, roles, Provenance("roles", "chat", VERSION), people)


def chat_role(session: Session, code: str) -> Role:
    """Return what a speaker of a session is by the role in ``@Participants``."""
    person, target = session.participant(code), session.target
    if person is None or person.role in NOBODY:
        return Role.UNKNOWN
    if person is target or person.role == "Target_Child":
        return Role.CHILD
    return Role.ADULT if person.role in ADULTS else Role.OTHER


def _spans(utterance: Utterance) -> Iterator[TimeSpan]:
    """Return the stretches in which a line is said: its words' where they have times, else the bullet's."""
    words = [token.span for token in utterance.tokens if token.span is not None]
    if not words:
        if utterance.span is not None:
            yield utterance.span
        return
    start = words[0].start_ms
    for word, following in pairwise(words):
        if following.start_ms - word.end_ms > PAUSE_MS:
            yield TimeSpan(start, max(start, word.end_ms))
            start = following.start_ms
    yield TimeSpan(start, max(start, words[-1].end_ms))
