"""Approved texts as examples for a language model: a child's own, for what a family said is not told about another."""

from __future__ import annotations

from dataclasses import dataclass

from sdc.companion.engines.examples import Example
from sdc.deidentify import restore_text
from sdc.session import InsightKind
from sdc.store.repository import Repository
from sdc.store.rosters import Rosters


@dataclass(frozen=True, slots=True)
class ApprovedPairs:
    """The approved pairs of the store as ``ApprovedTexts``; their names are put back."""

    repository: Repository
    rosters: Rosters

    def approved(self, child_id: str, kind: InsightKind, limit: int) -> tuple[Example, ...]:
        """Return approved texts of a kind about a child, the newest first; see ``ApprovedTexts``."""
        own = [pair for pair in self.repository.pairs.approved_pairs(kind) if pair.child_id == child_id]
        if not own:
            return ()
        roster = self.rosters.get(child_id)
        return tuple(Example(restore_text(pair.text, roster)) for pair in own[:limit])
