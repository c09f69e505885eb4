"""What goes over the wire: the models behind openapi.json and the dashboard's types.

Edges are pydantic, the inside is frozen dataclasses (``sdc.session``). Names match the record.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from sdc.session import InsightKind, Verdict
from sdc.store.consents import Purpose
from sdc.store.names import one_line
from sdc.store.records import TranscriptState
from sdc.store.versions import What


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
    headline: SeriesOut


class ErasedOut(Wire):
    """What the erasure of a child removed."""

    removed: dict[str, int] = Field(description="How many documents, blobs and files, by kind.")
    is_overwritten: bool = Field(description="Whether the document store overwrote on disk what it deleted.")
    n_left: int = Field(description="What a search found afterwards; 0 when nothing is left.")


class SessionSummaryOut(Wire):
    """A session in a list."""

    id: str
    child_id: str
    source: str
    origin: Literal["chat", "whisper", "json"] = Field(
        description="Where the words come from: a CHAT file, recognised by Whisper, or a transcript in JSON."
    )
    date: str | None
    week: int | None
    age_months: float | None
    context: str | None
    duration_s: float | None
    media: Literal["audio", "video"] | None
    n_utterances: int
    n_warnings: int
    transcript: TranscriptState = Field(description="On what kind of transcript all of it rests.")
    target: str | None = Field(description="Speaker code of the child, if the session tells.")
    measures: dict[str, MeasureOut] = Field(description="Headline measures of the child.")


class ParticipantOut(Wire):
    """One speaker."""

    code: str
    role: str
    name: str | None
    age: str | None
    sex: str | None
    group: str | None
    is_child: bool


class TokenOut(Wire):
    """One item of a line, ready to draw."""

    text: str
    kind: str
    raw: str
    retraced: bool = False
    replacement: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    probability: float | None = None


class TierOut(Wire):
    """One dependent tier."""

    name: str
    text: str


class UtteranceOut(Wire):
    """One line of the transcript."""

    index: int
    speaker: str
    text: str
    raw: str
    start_ms: int | None
    end_ms: int | None
    tokens: list[TokenOut]
    tiers: list[TierOut]


class SpeakerOut(Wire):
    """A speaker's measures, by id."""

    code: str
    role: str
    measures: dict[str, MeasureOut]


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


class NoticeOut(Wire):
    """A warning about the input."""

    code: str
    message: str
    line: int | None


class StatedEventOut(Wire):
    """What the transcript states that a speaker did with the voice, such as laughing."""

    utterance: int
    speaker: str
    name: str
    text: str = Field(description="As written in the transcript.")
    start_ms: int | None
    end_ms: int | None


class LabelScoresOut(Wire):
    """What an experimental classifier said of one stretch."""

    utterance: int
    start_ms: int
    end_ms: int
    scores: dict[str, float]


class ProvenanceOut(Wire):
    """Which tool made something."""

    step: str
    engine: str
    version: str
    model: str | None
    revision: str | None
    parameters: dict[str, str]


class VoiceLabelsOut(Wire):
    """An experimental classifier's scores, for researchers: no measure, and never part of an insight."""

    status: Literal["experimental"]
    audience: Literal["researcher"]
    speaker: str
    licence: str
    provenance: ProvenanceOut
    stretches: list[LabelScoresOut]


class SessionOut(SessionSummaryOut):
    """A session, whole."""

    participants: list[ParticipantOut]
    utterances: list[UtteranceOut]
    speakers: dict[str, SpeakerOut]
    insights: list[InsightOut]
    events: list[StatedEventOut] = []
    warnings: list[NoticeOut]
    provenance: list[ProvenanceOut]
    media_url: str | None
    has_tracks: bool
    version: int = Field(description="Of the transcript, from 1; whoever edits it says which one they saw.")


SpeakerCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,16}$")]
"""Code of a speaker, as a session's participants have it."""


class RolesIn(Wire):
    """Who is who, as somebody who listened says."""

    roles: dict[SpeakerCode, Literal["child", "adult", "other"]] = Field(min_length=1, max_length=30)


class EditIn(Wire):
    """What a line is to be; what is left out stays as it is."""

    version: int = Field(ge=1, le=1_000_000, description="The version of the transcript that the writer saw.")
    text: str | None = Field(None, max_length=20_000, description="The main line in CHAT, without speaker and times.")
    speaker: SpeakerCode | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> EditIn:
        if self.text is None and self.speaker is None:
            raise ValueError("text or speaker is needed")
        return self


class RestoreIn(Wire):
    """Which version of a transcript stands again."""

    version: int = Field(ge=1, le=1_000_000, description="The version that the writer saw.")
    restore: int = Field(ge=1, le=1_000_000, description="The earlier version.")


class VersionOut(Wire):
    """A version of a transcript."""

    version: int
    what: What = Field(
        description="As it came; a line edited, split, merged, words marked, a code put in, times set; a speaker "
        "renamed; who speaks was told; undone, redone; an earlier version again; processed again."
    )
    by: str = Field(description="Id of the account, or the door by which it came.")
    by_name: str | None = Field(None, description="The account's name, for those who may edit.")
    at: str = Field(description="ISO UTC time.")
    utterance: int | None = Field(description="Index of the line that was edited.")
    restored: int | None = Field(description="The version that stands again.")


class RememberedOut(Wire):
    """Voices that the child's later recordings are known by."""

    roles: list[Literal["child", "adult", "other"]]
    too_short: list[Literal["child", "adult", "other"]] = Field(
        description="Roles of whom too little is heard alone to know the voice by."
    )


class TracksOut(Wire):
    """Pitch and loudness of the recording on one time grid, and a waveform envelope."""

    hop_s: float
    f0_hz: list[float | None]
    intensity_db: list[float | None]
    peaks_hop_s: float
    peaks: list[float] = Field(description="Largest magnitude in each peaks_hop_s, 0 to 1.")


class SpectrogramOut(Wire):
    """The spectrogram of the recording as a picture: black, with the level as opacity.

    A column is ``hop_s`` of time. Columns 0 to ``band_columns - 1`` are the picture's topmost band of
    ``band_rows`` rows, the next ones the band below it, and so on; the highest frequency is at a band's top.
    """

    hop_s: float
    columns: int
    band_columns: int
    band_rows: int
    high_hz: float
    range_db: float = Field(description="From the loudest point down to what is drawn as nothing.")
    png: str = Field(description="The picture, in base64.")


class UploadOut(Wire):
    """A file that is safely on disk."""

    id: str
    child_id: str
    filename: str
    size: int
    sha256: str
    kind: Literal["transcript", "media"]


class UploadIn(Wire):
    """A file that is about to be sent in pieces."""

    child_id: Id
    filename: str = Field(min_length=1, max_length=255)
    size: int = Field(ge=0, description="Bytes.")
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-fA-F]{64}$", description="What the whole must have.")


class UploadStateOut(Wire):
    """How far a file has come; ``upload`` is set when it is whole and kept."""

    id: str
    child_id: str
    filename: str
    offset: int = Field(description="Bytes that are on disk; the next piece begins here.")
    size: int | None
    upload: UploadOut | None


class SessionIn(Wire):
    """Uploads that make one session: a transcript, a recording, or both."""

    upload_ids: list[Id] = Field(min_length=1, max_length=2)
    date: IsoDate | None = None
    context: Line | None = Field(default=None, max_length=200)
    child_only: bool = Field(
        default=False, description="Only the child speaks in the recording; else speakers stay unidentified."
    )
    n_speakers: int | None = Field(
        default=None,
        ge=1,
        le=20,
        description="How many people speak in it; 1: not told apart; else one or two, as heard.",
    )


class JobOut(Wire):
    """One run of the pipeline."""

    id: str
    child_id: str
    source: str
    state: Literal["queued", "running", "done", "failed"]
    step: str
    progress: float = Field(ge=0, le=1)
    attempt: int
    session_id: str | None
    error: ProblemOut | None
    notes: list[str]
    created_at: str
    updated_at: str


class OrderedOut(JobOut):
    """The job that makes a session of what was handed in."""

    repeats: str | None = Field(description="The session that these very files, or their contents, made before.")


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


class ConsentVersionOut(Wire):
    """What was said at one time, and by whom."""

    version: int
    state: Literal["granted", "withdrawn"]
    by: str
    at: str
    wording: int = Field(description="Version of the words that were shown then.")
    retention_days: int | None


class PurposeOut(Wire):
    """What a child's data may be used for, in plain words, and what the family says to it."""

    purpose: Purpose
    title: str
    text: str
    wording: int
    is_granted: bool
    retention_days: int | None
    history: list[ConsentVersionOut] = Field(description="Newest first.")


class ConsentIn(Wire):
    """A family agrees to a purpose, or no longer does."""

    purpose: Purpose
    state: Literal["granted", "withdrawn"]
    by: Line = Field(min_length=1, max_length=120, description="Who said so, e.g. mother, on paper.")
    retention_days: int | None = Field(default=None, ge=1, le=36_500, description="Of recordings only.")
