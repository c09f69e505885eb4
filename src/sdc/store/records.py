"""What the store keeps, as records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from sdc.session import Analysis, Insight, Measure, Session

Origin = Literal["chat", "whisper", "json"]
UploadKind = Literal["transcript", "media"]
TranscriptState = Literal["reviewed", "handed_in", "raw"]
"""Reviewed by a person; handed in as a person's transcript; made by a recogniser, and nobody has reviewed it."""


@dataclass(frozen=True, slots=True)
class Child:
    """A child.

    Attributes
    ----------
    id : str
    name : str
        As people write it; unique without regard to case and spaces.
    birth_date : str or None
        ISO date.
    sex : str or None
    created_at : str
        ISO UTC time.
    """

    id: str
    name: str
    birth_date: str | None = None
    sex: str | None = None
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody handed in for a child; its bytes are the blob ``key``."""

    id: str
    child_id: str
    filename: str
    size: int
    sha256: str
    key: str
    kind: UploadKind
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class StoredRecording:
    """The media of a session; its bytes are the blob ``key``."""

    sha256: str
    filename: str
    kind: Literal["audio", "video"]
    duration_s: float
    key: str


@dataclass(frozen=True, slots=True)
class WithinErrors:
    """Standard errors inside a session, by measure; ``rule`` is the version of how they were computed."""

    rule: str
    errors: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TranscriptReview:
    """That somebody reviewed a transcript, whole.

    Attributes
    ----------
    by : str
        Id of the account, ``laptop`` or ``cli``.
    at : str
        ISO UTC time.
    version : int
        Of the transcript that was reviewed.
    holds_for : int
        The version that it holds for: people's corrections of lines move it along.
    """

    by: str
    at: str
    version: int
    holds_for: int


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session as it stands in lists and on the time line.

    Attributes
    ----------
    id : str
        Hash of the child and the contents: the same input twice is one session.
    child_id : str
    source : str
    origin : {"chat", "whisper", "json"}
    date : str or None
    context : str or None
    age_months : float or None
        The child's age, from the transcript or from birth date and date.
    target : str or None
        Speaker code of the child.
    n_utterances : int
    n_warnings : int
    duration_s : float or None
        Of the recording.
    recording : StoredRecording or None
    tracks : str or None
        Blob key of the sound tracks.
    measures : dict[str, Measure]
        The child's, by id, without their utterance indexes and spans.
    within_errors : WithinErrors or None
        Of those measures; None in a store of an earlier version.
    recognised : bool or None
        Whether a recogniser wrote the words down; None in a store of an earlier version.
    added_at : str
    version : int
        Of the transcript, from 1; each edit counts it up.
    review : TranscriptReview or None
        The last one; it may not hold any more.
    """

    id: str
    child_id: str
    source: str
    origin: Origin
    date: str | None = None
    context: str | None = None
    age_months: float | None = None
    target: str | None = None
    n_utterances: int = 0
    n_warnings: int = 0
    duration_s: float | None = None
    recording: StoredRecording | None = None
    tracks: str | None = None
    measures: dict[str, Measure] = field(default_factory=dict)
    added_at: str = ""
    version: int = 1
    within_errors: WithinErrors | None = None
    recognised: bool | None = None
    review: TranscriptReview | None = None

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody reviewed the transcript, and nothing but people's corrections came after."""
        return self.review is not None and self.review.holds_for == self.version

    @property
    def transcript_state(self) -> TranscriptState:
        """On what kind of transcript everything about the session rests."""
        if self.is_reviewed:
            return "reviewed"
        recognised = self.origin != "chat" if self.recognised is None else self.recognised
        return "raw" if recognised else "handed_in"

    @property
    def sound_keys(self) -> tuple[str, ...]:
        """Blob keys of the recording and its tracks, of those that are kept."""
        recording = self.recording.key if self.recording else None
        return tuple(key for key in (recording, self.tracks) if key is not None)


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session, whole.

    ``rests_on`` is what the insights were compared with: the versions of the earlier sessions' transcripts
    by id, and that of the stated phases under ``phases``; None where that was not kept.
    """

    entry: SessionEntry
    session: Session
    analysis: Analysis
    insights: tuple[Insight, ...] = ()
    rests_on: dict[str, int] | None = None


def in_time_order(entries: list[SessionEntry]) -> list[SessionEntry]:
    """Sort sessions, oldest first; those without a date come last, in the order of their arrival."""
    return sorted(entries, key=lambda e: (e.date is None, e.date or "", e.added_at, e.id))


def content_id(prefix: str, child_id: str, sums: list[str]) -> str:
    """Return an id that the child and the contents decide.

    Parameters
    ----------
    prefix : str
        ``s`` for a session, ``j`` for the job that makes it.
    child_id : str
    sums : list[str]
        SHA-256 sums of the inputs, in any order.
    """
    return prefix + hashlib.sha256("\n".join([child_id, *sorted(sums)]).encode()).hexdigest()[:24]
