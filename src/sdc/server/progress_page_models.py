"""Wire models of the progress page: all measures over a child's sessions.

What a session has of a measure stands in columns, in the order of ``sessions``: sixty sessions of
eighty measures are five thousand points, and a name on each would be most of what is sent.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sdc.server.models import IsoDate, Line, Wire
from sdc.server.progress_models import IntervalName, LeftOutName
from sdc.session import Verdict


class SessionOnLineOut(Wire):
    """A session on the time line; weeks and days count from the child's first one."""

    id: str
    date: str | None
    week: int | None
    day: float | None
    age_months: float | None
    context: str | None
    phase: Literal["baseline", "intervention"] | None = Field(description="Of the stated phases.")
    date_doubtful: bool = Field(description="Whether its date contradicts the child's age.")


class UsualBandOut(Wire):
    """Where the next sessions lie if nothing changes: around the first ones, by the error between sessions."""

    centre: float
    low: float
    high: float
    k: int = Field(description="Sessions behind the centre.")


class NormBandOut(Wire):
    """Where eight of ten samples of other children lie, for the age at one session."""

    session_id: str
    low: float = Field(description="10th percentile.")
    middle: float = Field(description="50th percentile.")
    high: float = Field(description="90th percentile.")
    age_band: str
    n_children: int
    n_transcripts: int


class TwoPhasesOut(Wire):
    """A measure in baseline and intervention; NAP and Tau from three sessions each."""

    first: float | None
    second: float | None
    difference: float | None
    threshold: float | None = Field(description="What the difference must exceed to be a change.")
    n_first: int
    n_second: int
    verdict: Verdict
    nap: float | None = Field(description="Nonoverlap of all pairs, 0 to 1.")
    tau: float | None
    tau_corrected: bool = Field(description="Whether the baseline's own trend was taken off.")
    p: float | None
    firm: bool = Field(description="Whether each phase has five sessions.")


class MeasureOverTimeOut(Wire):
    """One measure over the sessions, in columns, and what may be said of it."""

    measure: str = Field(description="Id; /api/measures tells what it is.")
    verdict: Verdict
    basis: Literal["trend", "means", "phases", "two_sessions", "nothing"]
    chosen: bool = Field(description="Whether it may carry a verdict.")
    told: list[str] = Field(description="The verdict and what it rests on, in sentences.")
    slope_per_month: float | None
    slope_low: float | None
    slope_high: float | None
    p_adjusted: float | None = Field(description="Of the trend, adjusted for the number of measures looked at (Holm).")
    values: list[float | None]
    n: list[int | None]
    low: list[float | None]
    high: list[float | None]
    interval: list[IntervalName | None] = Field(description="What the intervals hold; empty where there are none.")
    left_out: dict[str, LeftOutName] = Field(description="Session id → why it enters no verdict.")
    reasons: dict[str, str] = Field(description="Session id → why there is no value.")
    usual: UsualBandOut | None
    phases: TwoPhasesOut | None


class PhaseRangeOut(Wire):
    """From one day to another, both inside; without a last day it goes on."""

    first: str
    last: str | None


class PhasePlanOut(Wire):
    """The phases that stand, or none, and who stated them when."""

    version: int = Field(description="0: nobody has stated any.")
    baseline: PhaseRangeOut | None
    intervention: PhaseRangeOut | None
    note: str
    stated_at: str | None


class PhaseRangeIn(Wire):
    """From one day to another, both inside."""

    first: IsoDate
    last: IsoDate | None = None


class PhasePlanIn(Wire):
    """Two phases, or none to take them back."""

    version: int = Field(ge=0, description="The version that the writer saw.")
    baseline: PhaseRangeIn | None = None
    intervention: PhaseRangeIn | None = None
    note: Line = Field("", max_length=300)


class ProgressPageOut(Wire):
    """All measures over the sessions of a period and a situation."""

    sessions: list[SessionOnLineOut]
    contexts: list[str] = Field(description="Situations of all sessions, the most frequent first.")
    are_goals: bool = Field(description="Whether the chosen measures are those of the goals.")
    plan: PhasePlanOut
    measures: list[MeasureOverTimeOut]


class NormsOut(Wire):
    """Where samples of other children lie at the sessions to which norms apply; for therapists."""

    source: str
    measures: dict[str, list[NormBandOut]] = Field(description="By measure, oldest session first.")
