"""What goes over the wire: the models behind openapi.json and the dashboard's types.

Edges are pydantic, the inside is frozen dataclasses (``sdc.session``). Names match the record.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sdc.session import InsightKind, Verdict
from sdc.store.names import one_line


def _real_date(text: str) -> str:
    date.fromisoformat(text)
    return text


IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_real_date)]
"""A date of the calendar, written 2026-03-02."""

Line = Annotated[str, AfterValidator(one_line)]
"""Text of one line; characters that are not seen are refused."""

Id = Annotated[str, Field(min_length=1, max_length=64)]
"""Id of a child, an upload and the like; one that nobody has is no fault of form."""


class Wire(BaseModel):
    """Base of all wire models: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class ProblemOut(Wire):
    """Every error answer: what happened, what to do."""

    code: str
    message: str
    hint: str | None = None
    source: str | None = None
    line: int | None = None
    error_id: str | None = Field(None, description="Of what is the server's own fault: finds it in the server's log.")


class LoginIn(Wire):
    """The one-time token that ``sdc serve`` printed."""

    token: str = Field(min_length=1, max_length=200)


class HealthOut(Wire):
    """Whether the server runs, and its version."""

    status: Literal["ok"] = "ok"
    version: str


class MeasureInfoOut(Wire):
    """What a measure is."""

    id: str
    title: str
    family: str
    unit: str
    description: str
    rule: str
    minimum_n: int | None = None
    n_unit: str = ""
    audience: Literal["everyone", "researcher"] = "everyone"
    rate_unit: str | None = Field(
        None, description="Of a count that is compared as a rate: the unit of its changes and slopes."
    )


class MeasureOut(Wire):
    """One value, or null with its reason."""

    id: str
    value: float | None
    unit: str
    n: int | None
    n_unit: str
    rule: str
    sd: float | None = None
    reason: str | None = None
    reliability: Literal["ok", "rough", "too_few"] | None = None
    utterances: list[int] = []


class SeriesPointOut(Wire):
    """A measure of the child in one session."""

    session_id: str
    date: str | None
    week: int | None = Field(description="Weeks since the child's first session, from 1.")
    age_months: float | None
    context: str | None
    value: float | None
    n: int | None
    sd: float | None = None
    reason: str | None = None
    reliability: Literal["ok", "rough", "too_few"] | None = None


class SeriesOut(Wire):
    """A measure over the child's sessions, oldest first."""

    measure: MeasureInfoOut
    points: list[SeriesPointOut]


class ChildIn(Wire):
    """A new child."""

    name: Line = Field(min_length=1, max_length=120)
    birth_date: IsoDate | None = None
    sex: Literal["female", "male"] | None = None


class HeadlineOut(Wire):
    """One measure of a child in little: its last value, and its course over the last sessions."""

    measure: MeasureInfoOut
    recent: list[float | None] = Field(description="In the last sessions, oldest first; at most 30.")
    value: float | None = Field(description="Of the last session that has the measure.")
    n: int | None
    reliability: Literal["ok", "rough", "too_few"] | None
    reason: str | None = Field(description="Why the last session has no value.")


class ChildOut(Wire):
    """A child, with what the list of children shows."""

    id: str
    name: str
    birth_date: str | None
    sex: str | None
    age_months: float | None = Field(description="At the last session.")
    n_sessions: int
    n_jobs_open: int
    last_session_date: str | None
    headline: HeadlineOut


class ChildrenOut(Wire):
    """A page of the list of children, by name."""

    items: list[ChildOut]
    total: int = Field(description="Children that the search found, on all pages.")
    has_more: bool = Field(description="Whether there is a page after this one: ask `after` the last child's id.")


class ErasedOut(Wire):
    """What the erasure of a child removed."""

    removed: dict[str, int] = Field(description="How many documents, blobs and files, by kind.")
    is_overwritten: bool = Field(description="Whether the document store overwrote on disk what it deleted.")
    n_left: int = Field(description="What a search found afterwards; 0 when nothing is left.")


class EvidenceOut(Wire):
    """What a statement rests on."""

    id: str
    session: str
    date: str | None
    utterances: list[int]
    measure: str | None
    value: float | None
    n: int | None
    quote: str | None
    start_ms: int | None = Field(None, description="Where to listen in the recording.")


class ClaimOut(Wire):
    """One sentence with the ids of its evidence."""

    text: str
    evidence: list[str]


class InsightOut(Wire):
    """One observation."""

    id: str
    kind: InsightKind
    key: str = Field(description="By this a therapist decides about it.")
    claims: list[ClaimOut]
    evidence: list[EvidenceOut]
    measure: str | None
    verdict: Verdict | None
    about: str = Field("", description="What it is about where that is no measure.")
    status: Literal["draft", "approved", "dismissed"]
    version: int = Field(0, description="How often a therapist decided about it.")
    is_edited: bool = Field(False, description="Whether the words are a therapist's.")
    decided_at: str | None = None
    is_outdated: bool = Field(False, description="It was approved, and the figures that it rests on changed since.")
    engine: str


class QuestionIn(Wire):
    """A question about one child."""

    question: str = Field(min_length=1, max_length=500)


class AnswerOut(Wire):
    """A cited answer."""

    question: str
    answer: str
    verdict: Verdict
    measure: str | None
    claims: list[ClaimOut]
    evidence: list[EvidenceOut]
    engine: str = Field(description="What worded it: rules, openai, anthropic, compatible or local.")
    model: str | None = Field(description="The language model that worded it.")
    prompt: str | None = Field(description="Version of the prompt that it was given.")
    note: str | None = Field(description="Why another engine has answered, and which transcripts nobody reviewed.")
