"""Cheap checks of a recording: clipped, very quiet, silent. Thresholds are ours, stated here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sdc.audio.intensity import levels_db
from sdc.session import Notice

CLIPPED_SHARE = 0.001
"""Share of samples at full scale above which a recording counts as clipped."""
SILENT_PEAK = 0.001
"""Largest sample (-60 dB re full scale) below which there is only silence."""
QUIET_DB = -45.0
"""A recording whose loud moments (95th percentile of 10 ms levels) stay below this is very quiet."""


def quality_notices(samples: NDArray[np.float32], n_clipped: int) -> Iterator[Notice]:
    """Yield what is wrong with the sound: ``media.silent``, ``media.quiet``, ``media.clipped``.

    Parameters
    ----------
    samples : NDArray[np.float32]
        Shape [n], n > 0, full scale = 1.
    n_clipped : int
        Samples at full scale, counted before channels were mixed.
    """
    if max(float(samples.max()), -float(samples.min())) < SILENT_PEAK:
        yield Notice("media.silent", "The recording holds only silence: nothing could be heard or measured.")
        return
    levels = levels_db(samples)
    heard = levels[np.isfinite(levels)]
    if not heard.size or float(np.percentile(heard, 95)) < QUIET_DB:
        yield Notice("media.quiet", "The recording is very quiet; words may be missed. Move the microphone closer.")
    share = n_clipped / samples.size
    if share > CLIPPED_SHARE:
        yield Notice("media.clipped", f"{share:.1%} of the recording is too loud and distorted; lower the input level.")
