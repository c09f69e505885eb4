"""What goes over the wire about goals."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sdc.server.models import IsoDate, Wire

Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]


class GoalIn(Wire):
    """A new goal."""

    behaviour: str = Field(min_length=1, max_length=300, description="What is to be seen.")
    condition: str = Field(min_length=1, max_length=300, description="When and with whom.")
    measure: str = Field(min_length=1, max_length=80)
    criterion: Finite
    direction: Literal["at_least", "at_most"] = "at_least"
    due: IsoDate
    sessions: int = Field(3, ge=1, le=10, description="The mean of so many latest sessions counts.")
    scale: list[Finite] | Literal["auto"] = Field(
        [], description="Values of the levels -2 to +2, none, or auto.", max_length=5
    )
    baseline_weeks: tuple[int, int] | None = Field(None, description="First and last week; null: the latest sessions.")


class GoalChangeIn(Wire):
    """An open goal as it is to be; its measure and baseline stay."""

    version: int = Field(ge=1, description="The version that the writer saw.")
    behaviour: str = Field(min_length=1, max_length=300)
    condition: str = Field(min_length=1, max_length=300)
    criterion: Finite
    direction: Literal["at_least", "at_most"] = "at_least"
    due: IsoDate
    sessions: int = Field(3, ge=1, le=10)
    scale: list[Finite] | Literal["auto"] = Field([], max_length=5)
    why: str = Field("", max_length=300, description="Why it is changed.")


class GoalCloseIn(Wire):
    """Why a goal is closed."""

    why: str = Field("", max_length=300)


class GoalOut(Wire):
    """A goal, and where the child stands."""

    id: str
    behaviour: str
    condition: str
    measure: str
    title: str = Field(description="The measure's.")
    unit: str
    criterion: float
    direction: Literal["at_least", "at_most"]
    due: str
    sessions: int
    baseline: float | None
    scale: list[float]
    is_open: bool
    created_at: str
    version: int
    changed_why: str = Field("", description="Of the latest change.")
    closed_at: str | None
    closed_why: str
    status: Literal["met", "progressing", "not_yet", "cannot_tell"]
    reason: Literal["few_sessions", "no_error", "within_error"] | None
    mean: float | None
    margin: float | None = Field(description="Half of the 95 % interval of the mean.")
    n_sessions: int
    level: int | None = Field(description="-2 to 2 on the scale.")


class GoalsOut(Wire):
    """A child's goals, oldest first; those with a level have a T-score together."""

    goals: list[GoalOut]
    t_score: float | None = Field(description="Of the open goals (Kiresuk & Sherman); to therapists only.")
