"""A split without pairs: nothing to learn from, nothing to stop early by, or nothing to judge on."""

from __future__ import annotations

from sdc.errors import InputError
from sdc.finetune.training.pairs import DataSet, Pair


def check_splits(data: DataSet, *names: str) -> None:
    """Raise ``InputError`` ``dataset.empty-split`` where a split that is needed holds no pair."""
    for name in names:
        pairs: tuple[Pair, ...] = getattr(data, name)
        if not pairs:
            raise InputError(
                f"The split {name} holds no pairs.",
                code="dataset.empty-split",
                hint="Build the data set from sessions of more children, so that each split has some.",
                source=str(data.folder / f"{name}.jsonl"),
            )
