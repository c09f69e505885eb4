"""Wire models of a session: its lines, its speakers, its figures, and what is drawn of its recording."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sdc.server.models import InsightOut, MeasureOut, Wire
from sdc.store.records import TranscriptState


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

    language: str | None = Field(description="Tag (BCP 47) of the language that most of it is in, such as en.")
    participants: list[ParticipantOut]
    utterances: list[UtteranceOut]
    speakers: dict[str, SpeakerOut]
    insights: list[InsightOut]
    events: list[StatedEventOut] = Field([])
    warnings: list[NoticeOut]
    provenance: list[ProvenanceOut]
    takes_roles: bool = Field(
        description="Whether roles may be told: the words were recognised, or come from tiers or captions."
    )
    media_url: str | None
    has_tracks: bool
    version: int = Field(description="Of the transcript, from 1; whoever edits it says which one they saw.")


SpeakerCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,16}$")]
"""Code of a speaker, as a session's participants have it."""


class RolesIn(Wire):
    """Who is who, as somebody who listened says."""

    roles: dict[SpeakerCode, Literal["child", "adult", "other"]] = Field(min_length=1, max_length=30)


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
