"""Sentences that a therapist approved, as examples for a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Example:
    """A text that was approved."""

    text: str


class ApprovedTexts(Protocol):
    """Where approved texts are kept."""

    def approved(self, child_id: str, measure: str | None, limit: int) -> Sequence[Example]:
        """Return approved texts about a measure of this child and of no other, the newest first."""
        ...
