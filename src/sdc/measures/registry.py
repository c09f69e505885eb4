"""All measures in one table, in the order in which they are shown."""

from __future__ import annotations

from sdc.measures import fluency, intelligibility, length, mazes, timing, turns, utterances, vocabulary, voice
from sdc.measures.rule import MeasureRule

FAMILIES: tuple[tuple[MeasureRule, ...], ...] = (
    utterances.RULES,
    length.RULES,
    vocabulary.RULES,
    turns.RULES,
    intelligibility.RULES,
    mazes.RULES,
    fluency.RULES,
    timing.RULES,
    voice.RULES,
)

REGISTRY: dict[str, MeasureRule] = {rule.id: rule for family in FAMILIES for rule in family}
"""Measure id → rule."""
