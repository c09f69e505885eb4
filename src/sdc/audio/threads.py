"""How many threads work on one recording."""

from __future__ import annotations

import os

from sdc.cores import n_cores


def n_threads() -> int:
    """Return the cores that this process may use, fewer where OMP_NUM_THREADS says so, as in a worker of a pool."""
    share = os.environ.get("OMP_NUM_THREADS", "")
    return min(n_cores(), int(share)) if share.isdecimal() and int(share) else n_cores()
