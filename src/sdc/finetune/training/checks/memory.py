"""Too little memory: a training that is killed after an hour of loading."""

from __future__ import annotations

import os

from sdc.errors import EngineError

BYTES_PER_PARAMETER = {"qlora": 0.6, "bfloat16": 2.0, "float32": 4.0}
"""In 4 bits: half a byte, the constants of double quantisation, and head and embeddings whole."""
BYTES_PER_TRAINABLE = 16
"""Weight, gradient and two moments of AdamW, in 32 bits."""


def needed_bytes(n_parameters: int, n_trainable: int, kept_in: str) -> int:
    """Return what a training needs at least (bytes): weights and optimizer, without activations.

    Parameters
    ----------
    n_parameters, n_trainable : int
    kept_in : str
        ``qlora``, ``bfloat16`` or ``float32``.
    """
    return int(n_parameters * BYTES_PER_PARAMETER[kept_in]) + n_trainable * BYTES_PER_TRAINABLE


def available_bytes() -> int:
    """Return what is free (bytes): on the GPU where there is one, else of the machine."""
    import torch

    if torch.cuda.is_available():
        return int(torch.cuda.mem_get_info()[0])
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") + _cached_bytes()


def _cached_bytes() -> int:
    """Return what the system gives back when it is asked (Linux); 0 where that is not told."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:  # noqa: PTH123 - no file of ours
            rows = dict(line.split(":", 1) for line in file)
        return (int(rows["MemAvailable"].split()[0]) - int(rows["MemFree"].split()[0])) * 1024
    except (OSError, KeyError, ValueError):
        return 0


def check_memory(needed: int, available: int | None = None) -> None:
    """Raise ``EngineError`` ``finetune.memory`` where even weights and optimizer do not fit."""
    available = available_bytes() if available is None else available
    if needed > available:
        raise EngineError(
            f"This needs at least {needed / 1e9:.1f} GB of memory, and {available / 1e9:.1f} GB are free.",
            code="finetune.memory",
            hint="Train with --method qlora, a smaller model, or another machine (`sdc finetune plan`).",
        )
