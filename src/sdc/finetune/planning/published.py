"""Peaks that others have published and that we have measured, beside what the formula says of the same run."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sdc.finetune.planning.architectures import architecture
from sdc.finetune.planning.memory import estimate
from sdc.finetune.planning.setup import TRAINERS, TRL_WHOLE, Setup

LIMIT = 0.20
"""So far, at most, the formula lies from a published peak."""

_OF_SETUP = ("method", "batch_size", "sequence_length", "rank", "head_adapter", "attention", "dropout")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published figure and the formula's.

    Attributes
    ----------
    model : str
    setup : Setup
    published, formula : float
        Bytes.
    held : bool
        Whether the formula is held to it.
    source, why : str
    """

    model: str
    setup: Setup
    published: float
    formula: float
    held: bool
    source: str
    why: str

    @property
    def error(self) -> float:
        """Relative to the published figure; below zero: the formula says less."""
        return self.formula / self.published - 1


@cache
def comparisons() -> tuple[Comparison, ...]:
    """Return all peaks and parts with the formula's figures."""
    return (*(_peak(row) for row in _table()["peak"]), *(_part(row) for row in _table()["part"]))


def published_fits() -> tuple[tuple[str, Setup, bool, str], ...]:
    """Return model, setup, whether it ran on a T4, and the source."""
    return tuple((row["model"], _setup(row), row["fits"], row["source"]) for row in _table()["fit"])


def _peak(row: dict[str, Any]) -> Comparison:
    setup = _setup(row)
    published = row["gb"] * 1e9 if "gb" in row else row["gib"] * 2**30
    formula = estimate(architecture(row["model"]), setup).peak
    held = row.get("held", True)
    return Comparison(row["model"], setup, published, formula, held, row["source"], row.get("why", ""))


def _part(row: dict[str, Any]) -> Comparison:
    setup = _setup(row)
    formula = getattr(estimate(architecture(row["model"]), setup), row["part"])
    return Comparison(row["model"], setup, row["mb"] * 1e6, formula, True, row["source"], "")


def _setup(row: dict[str, Any]) -> Setup:
    options = {name: row[name] for name in _OF_SETUP if name in row}
    targets = tuple(row["targets"]) if "targets" in row else None
    trainer = TRAINERS[row["trainer"]] if "trainer" in row else TRL_WHOLE
    return Setup(**options, targets=targets, checkpointing=row.get("checkpointing", False), trainer=trainer)


def _table() -> dict[str, Any]:
    return tomllib.loads(files("sdc.finetune.planning").joinpath("published.toml").read_text(encoding="utf-8"))
