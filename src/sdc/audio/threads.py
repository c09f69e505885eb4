"""How many threads work on one recording."""

from __future__ import annotations

import os


def n_threads() -> int:
    """Return the cores that this process may use, fewer where OMP_NUM_THREADS says so, as in a worker of a pool."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    share = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores, int(share)) if share.isdecimal() and int(share) else cores
