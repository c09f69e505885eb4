"""Who spoke when, and in which role: two questions, asked apart.

A ``Diarizer`` tells voices apart and knows nobody. A ``RoleAssigner`` says which of the voices is
the child's, or that it cannot tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from sdc.session import Participant, Provenance, TimeSpan

if TYPE_CHECKING:
    from sdc.audio import Recording


class Role(StrEnum):
    """What a voice is to the session."""

    CHILD = "child"
    ADULT = "adult"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SpeakerSegment:
    """One stretch of one voice.

    Attributes
    ----------
    speaker : str
        Label of the voice in this recording, e.g. ``SP00``; it names nobody.
    span : TimeSpan
    confidence : float or None
        0 to 1; None where the source tells none. What it means is the diarizer's to say.
    overlap : bool or None
        Whether another voice is heard at the same time somewhere in it; None: not known.
    """

    speaker: str
    span: TimeSpan
    confidence: float | None = None
    overlap: bool | None = None


@dataclass(frozen=True, slots=True)
class Diarization:
    """Which voice is heard when.

    Attributes
    ----------
    segments : tuple[SpeakerSegment, ...]
        In order of time.
    provenance : Provenance
        Its step is ``diarize``.
    """

    segments: tuple[SpeakerSegment, ...]
    provenance: Provenance

    @property
    def speakers(self) -> tuple[str, ...]:
        """Labels in order of appearance."""
        return tuple(dict.fromkeys(segment.speaker for segment in self.segments))


@dataclass(frozen=True, slots=True)
class Attribution:
    """A diarization with the roles of its voices.

    Attributes
    ----------
    diarization : Diarization
    roles : Mapping[str, Role]
        By label; a voice that is not in it is unknown.
    provenance : Provenance or None
        What told the roles; its step is ``roles``.
    participants : Mapping[str, Participant]
        By label, where the source names the people themselves (a transcript does): a voice that is in
        it becomes that participant, with code, role, name and age as they stand there.
    """

    diarization: Diarization
    roles: Mapping[str, Role] = field(default_factory=dict)
    provenance: Provenance | None = None
    participants: Mapping[str, Participant] = field(default_factory=dict)

    def role(self, speaker: str) -> Role:
        """Return the role of a voice."""
        return self.roles.get(speaker, Role.UNKNOWN)


class Diarizer(Protocol):
    """Tells voices apart."""

    def diarize(self, recording: Recording) -> Diarization:
        """Return which voice is heard when; no segments where nobody speaks."""


class RoleAssigner(Protocol):
    """Says in which role each voice speaks."""

    def assign(self, diarization: Diarization, recording: Recording) -> Attribution:
        """Return the roles; a voice that it is not sure of is ``unknown``."""


def label(number: int) -> str:
    """Return the label of the voice that appears as the ``number``-th, from 0: ``SP00``."""
    return f"SP{number:02d}"


def with_overlaps(segments: tuple[SpeakerSegment, ...]) -> tuple[SpeakerSegment, ...]:
    """Return the segments in order of time, each told whether another voice's runs into it."""
    ordered = sorted(segments, key=lambda s: (s.span.start_ms, s.span.end_ms, s.speaker))
    meets = [False] * len(ordered)
    for number, one in enumerate(ordered):
        for later in range(number + 1, len(ordered)):
            other = ordered[later]
            if other.span.start_ms >= one.span.end_ms:
                break  # those after it begin later still
            if other.speaker != one.speaker and other.span.end_ms > one.span.start_ms:
                meets[number] = meets[later] = True
    return tuple(replace(s, overlap=met) for s, met in zip(ordered, meets, strict=True))


def before(segment: SpeakerSegment, end_ms: int) -> SpeakerSegment | None:
    """Return the part of a segment that lies before the end of the recording; None when there is none."""
    span = segment.span
    if span.start_ms >= end_ms:
        return None
    return replace(segment, span=TimeSpan(span.start_ms, min(span.end_ms, end_ms)))
