"""Wire models of consents: what a family is asked, and what it said."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sdc.server.models import Line, Wire
from sdc.store.consents import Purpose


class ConsentVersionOut(Wire):
    """What was said at one time, and by whom."""

    version: int
    state: Literal["granted", "withdrawn"]
    by: str
    was_asked: bool = Field(description="False where a recording was added before anybody was asked; `by` says so.")
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
