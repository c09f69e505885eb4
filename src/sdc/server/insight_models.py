"""What goes over the wire about insights, their review, and activities."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sdc.server.models import InsightOut, IsoDate, Wire
from sdc.store.records import TranscriptState

Key = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
SessionId = Annotated[str, Field(min_length=1, max_length=80)]


Reader = Literal["slp", "parent"]


class PeriodQuery(Wire):
    """What an account is asked about: a session, a time, or everything."""

    session: SessionId | None = Field(None, description="Id of the only session.")
    first: IsoDate | None = Field(None, description="First day.")
    last: IsoDate | None = Field(None, description="Last day.")
    voice: Reader | None = Field(None, description="Who reads it; default: by the role.")


class ActivityOut(Wire):
    """Something to try at home."""

    id: str
    version: str = Field(description="Of the library.")
    title: str
    steps: list[str]
    sources: list[str] = Field(description="Publications that it rests on.")


class TranscriptsOut(Wire):
    """On what kinds of transcripts an account rests: how many sessions of each."""

    reviewed: int = Field(description="Reviewed by a person.")
    handed_in: int = Field(description="Handed in as a person's transcript.")
    raw: int = Field(description="Made by a speech recogniser, and nobody has reviewed it.")


class PeriodOut(Wire):
    """What is told of a session or a period."""

    voice: Literal["slp", "parent"]
    sessions: list[str]
    insights: list[InsightOut]
    activity: ActivityOut | None
    transcripts: TranscriptsOut


class DecisionIn(Wire):
    """What a therapist decides about an insight; the session or period is named as it was shown."""

    key: Key
    verb: Literal["approve", "edit", "dismiss"]
    text: str | None = Field(None, max_length=2000, description="The therapist's words, of an edit.")
    version: int = Field(ge=0, le=1_000_000, description="The version that the writer saw; 0 for none.")
    of_session: SessionId | None = Field(None, description="The insight stands on this session's page.")
    session_id: SessionId | None = None
    first: IsoDate | None = None
    last: IsoDate | None = None
    voice: Literal["slp", "parent"] = "slp"


class DecisionOut(Wire):
    """A decision, kept as a version."""

    key: str
    verb: Literal["approve", "edit", "dismiss"]
    version: int
    by: str
    at: str


class ActivityAnswerIn(Wire):
    """Whether the family tried it, and how it went."""

    went: Literal["well", "so_so", "not_yet"]


class ActivityAnswerOut(Wire):
    """An answer about an activity."""

    activity: str
    activity_version: str
    went: Literal["well", "so_so", "not_yet"]
    by: str
    at: str


class FeedbackOut(Wire):
    """All feedback on a child, oldest first."""

    decisions: list[DecisionOut]
    answers: list[ActivityAnswerOut]


class MomentOut(Wire):
    """Words of the child's, and where they are heard."""

    words: str
    session: str
    utterance: int
    date: str | None
    week: int | None
    start_ms: int | None = Field(description="Where it begins in the recording; null: it cannot be played.")
    end_ms: int | None
    media_url: str | None
    silence: Literal["no_recording", "no_consent", "no_times"] | None = Field(description="Why it cannot be played.")
    transcript: TranscriptState


class TriedOut(Wire):
    """The family's newest answer about an activity."""

    title: str
    went: Literal["well", "so_so", "not_yet"]
    at: str


class HomeOut(Wire):
    """What a family sees of its child: parts of the account that the therapist has too, and a moment to listen to."""

    child_id: str
    name: str
    n_sessions: int
    last_session: str | None = Field(description="Id of the newest session.")
    last_date: str | None
    moment: MomentOut | None
    news: InsightOut | None = Field(description="One change of the account.")
    questions: list[InsightOut] = Field(description="For the next appointment.")
    activity: ActivityOut | None
    tried: TriedOut | None
    transcripts: TranscriptsOut
