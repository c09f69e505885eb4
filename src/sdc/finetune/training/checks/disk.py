"""Too little disk: a training that stops in the middle of a checkpoint."""

from __future__ import annotations

import shutil
from pathlib import Path

from sdc.errors import EngineError

MARGIN_BYTES = 64 << 20
KEPT = 3
"""Checkpoints at the same time: the best, the last and the one that is being written."""


def needed_bytes(n_trainable: int) -> int:
    """Return what a run writes: per checkpoint the adapter and two moments of AdamW in 32 bits, and the adapter."""
    return (KEPT * 3 + 1) * 4 * n_trainable + MARGIN_BYTES


def free_bytes(folder: Path) -> int:
    """Return what is free on the disk of a folder (bytes)."""
    return shutil.disk_usage(folder).free


def check_disk(folder: Path, needed: int, free: int | None = None) -> None:
    """Raise ``EngineError`` ``finetune.disk`` where a folder's disk has too little room.

    Parameters
    ----------
    folder : Path
        Existing.
    needed : int
        Bytes.
    free : int, optional
        Bytes; default: what the disk has.
    """
    free = free_bytes(folder) if free is None else free
    if free < needed:
        raise EngineError(
            f"This needs {needed / 1e9:.1f} GB on the disk, and {free / 1e9:.1f} GB are free.",
            code="finetune.disk",
            hint="Free some space, or name a folder on another disk with -o.",
            source=str(folder),
        )
