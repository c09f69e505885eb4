"""Which frames lie inside stretches of time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sdc.session import TimeSpan


def inside(times_s: NDArray[np.float64], spans: Iterable[TimeSpan], margin_s: float = 0.0) -> NDArray[np.bool_]:
    """Return which of times in order lie inside spans, or nearer to one than a margin; shape of ``times_s``."""
    found = np.zeros(times_s.shape, bool)
    for span in spans:
        edges = (span.start_ms / 1000 - margin_s, span.end_ms / 1000 + margin_s)
        first, last = np.searchsorted(times_s, edges)
        found[first:last] = True
    return found
