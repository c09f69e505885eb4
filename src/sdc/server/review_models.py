"""What goes over the wire about the review of a transcript."""

from __future__ import annotations

from pydantic import Field

from sdc.pipeline.review_queue import ReasonCode
from sdc.server.models import Wire
from sdc.store.records import TranscriptState


class ReasonOut(Wire):
    """Why a line deserves a look."""

    code: ReasonCode
    text: str = Field(description="One sentence.")
    doubt: float = Field(ge=0, le=1)
    words: list[str] = Field(description="The words that it is about.")
    value: float | None = Field(description="The figure behind it.")


class ByOut(Wire):
    """Who did something to a transcript, and when."""

    by: str = Field(description="Id of the account, or the door by which it came.")
    name: str | None = Field(description="Name of the account.")
    at: str = Field(description="ISO UTC time.")
    version: int = Field(description="Of the transcript.")


class DoubtfulLineOut(Wire):
    """A line that deserves a look."""

    index: int
    doubt: float = Field(ge=0, le=1, description="All reasons together: it orders the list and is no rate of errors.")
    reasons: list[ReasonOut]
    looked_at: ByOut | None = Field(description="Who looked at it and left it as it is.")
    is_edited: bool = Field(description="A person wrote it anew, which counts as looked at.")


class ReviewOut(Wire):
    """The review of a transcript."""

    version: int = Field(description="Of the transcript; whoever marks something says which one they saw.")
    state: TranscriptState
    reviewed: ByOut | None
    n_left: int = Field(description="Lines that still deserve a look.")
    lines: list[DoubtfulLineOut] = Field(description="The most doubtful first.")
    unknown_voices: list[str] = Field(description="Codes of the voices of which nobody has told whose they are.")


class LookIn(Wire):
    """Whether a line was looked at."""

    version: int = Field(ge=1, le=1_000_000, description="The version of the transcript that was looked at.")
    looked_at: bool


class ReviewIn(Wire):
    """Whether the whole transcript was reviewed."""

    version: int = Field(ge=1, le=1_000_000, description="The version of the transcript that was reviewed.")
    reviewed: bool
