"""Sentences that a therapist approved, as examples for a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sdc.session import InsightKind


@dataclass(frozen=True, slots=True)
class Example:
    """A text that was approved, with its names."""

    text: str


class ApprovedTexts(Protocol):
    """Where approved texts are kept."""

    def approved(self, child_id: str, kind: InsightKind, limit: int) -> Sequence[Example]:
        """Return approved texts of a kind about this child and no other, the newest first."""
        ...
