"""Wire models of progress: one measure over a child's sessions, with its errors and its verdict."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sdc.server.models import MeasureInfoOut, Wire
from sdc.session import Verdict

LeftOutName = Literal["no_value", "too_few", "no_date", "other_context", "other_rule", "other_writer", "recognised"]

IntervalName = Literal["between_sessions", "wilson", "within_session", "negative_binomial"]


class ProgressPointOut(Wire):
    """A session's value with its 95 % interval."""

    session_id: str
    value: float | None
    n: int | None
    low: float | None = None
    high: float | None = None
    interval: IntervalName | None = Field(
        default=None,
        description="What the interval holds: how far sessions of an unchanged child lie apart, the sampling error "
        "of a share, the error inside the session, or how far counts of an unchanged child scatter.",
    )
    left_out: LeftOutName | None = Field(default=None, description="Why the session enters no verdict.")


class TrendOut(Wire):
    """The slope over five sessions or more, per month, with its 95 % interval; null with a reason."""

    n_sessions: int
    slope_per_month: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Literal["too_few_sessions", "one_day"] | None = None


class ProgressErrorOut(Wire):
    """The standard error of a session of ``n`` observations."""

    source: Literal["rule", "own"] = Field(description="Published figures, or the child's own sessions.")
    sem: float
    n: int
    n_sessions: int = Field(description="Sessions of the child behind it; 0 for published figures.")


class CountErrorOut(Wire):
    """How far counts of an unchanged child scatter: variance μ + αμ²; and the first against the last session."""

    source: Literal["rule", "own"] = Field(description="A published dispersion, or the child's own sessions.")
    dispersion: float = Field(description="α.")
    n_sessions: int = Field(description="Sessions of the child behind it; 0 for a published one.")
    first_rate: float | None = Field(None, description="In the measure's rate_unit.")
    last_rate: float | None = None
    ratio: float | None = Field(None, description="Last rate by first rate; null where the first is 0.")
    ratio_low: float | None = Field(None, description="Lower end of its 95 % interval.")
    ratio_high: float | None = Field(None, description="Upper end; null where there is none.")


class ProgressOut(Wire):
    """One measure over a child's sessions, oldest first, and the one verdict that they allow."""

    measure: MeasureInfoOut
    verdict: Verdict
    basis: Literal["trend", "means", "phases", "two_sessions", "nothing"] = Field(
        description="What the verdict was taken from."
    )
    told: list[str] = Field(description="The verdict and what it rests on, in sentences.")
    warnings: list[str] = Field(description="Dates that contradict the ages.")
    error: ProgressErrorOut | None
    count_error: CountErrorOut | None = Field(None, description="Of a counted measure, in place of error.")
    trend: TrendOut
    points: list[ProgressPointOut]
