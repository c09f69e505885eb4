"""What goes over the wire to researchers. There is no field here that could hold a name, a date or a word said."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sdc.server.models import Wire


class ResearchMeasureOut(Wire):
    """One value, or null with its reason."""

    value: float | None
    unit: str
    n: int | None
    rule: str
    sd: float | None = None
    reason: str | None = None


class ResearchSessionOut(Wire):
    """One session's figures."""

    number: int = Field(description="In order of time, from 1.")
    week: int | None = Field(description="Weeks since the child's first session, from 1.")
    age_months: int | None = Field(description="Whole months.")
    origin: Literal["chat", "whisper", "json"]
    n_utterances: int
    measures: dict[str, ResearchMeasureOut]


class ResearchChildOut(Wire):
    """A child under a pseudonym."""

    pseudonym: str
    sex: str | None
    n_sessions: int
    first_age_months: int | None
    last_age_months: int | None


class ResearchSessionsOut(ResearchChildOut):
    """A child's figures."""

    sessions: list[ResearchSessionOut]
