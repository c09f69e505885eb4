"""Pairs of which nothing is learned: every label is masked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sdc.errors import InputError
from sdc.finetune.training.encoding import Encoded


def check_labels(encoded: Sequence[Encoded], stops: frozenset[int], path: Path) -> None:
    """Raise ``InputError`` ``finetune.nothing-to-learn`` where a pair has no token to learn but its end."""
    empty = [i for i, e in enumerate(encoded) if all(token in stops for token in e.ids[e.n_prompt :])]
    if empty:
        raise InputError(
            f"In {len(empty)} of {len(encoded)} pairs (the first is pair {empty[0] + 1}) nothing is left to learn: "
            "the template or the tokenizer swallows the answer.",
            code="finetune.nothing-to-learn",
            hint="Check that the chat template shows the assistant's turn, and that the outputs are no blanks.",
            source=str(path),
        )
