"""All measures in one table, in the order in which they are shown."""

from __future__ import annotations

from sdc.measures import (
    approximations,
    arousal,
    contingency,
    diversity,
    dss,
    echo,
    estimated_morphemes,
    fluency,
    intelligibility,
    interaction,
    ipsyn,
    length,
    mazes,
    timing,
    turns,
    utterances,
    vocabulary,
    vocalisations,
    voice,
    voice_quality,
)
from sdc.measures.rule import MeasureRule

FAMILIES: tuple[tuple[MeasureRule, ...], ...] = (
    utterances.RULES,
    length.RULES,
    estimated_morphemes.RULES,
    vocabulary.RULES,
    diversity.RULES,
    ipsyn.RULES,
    dss.RULES,
    turns.RULES,
    interaction.RULES,
    contingency.RULES,
    vocalisations.RULES,
    echo.RULES,
    intelligibility.RULES,
    approximations.RULES,
    mazes.RULES,
    fluency.RULES,
    timing.RULES,
    voice.RULES,
    voice_quality.RULES,
    arousal.RULES,
)

REGISTRY: dict[str, MeasureRule] = {rule.id: rule for family in FAMILIES for rule in family}
"""Measure id → rule."""
