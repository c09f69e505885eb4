"""A recording in memory, and what its file says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sdc.session import Notice, Provenance

SAMPLE_RATE_HZ = 16_000
"""All sound inside SDC: Whisper, Silero and swift-f0 are trained at this rate."""

MediaKind = Literal["audio", "video"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """How a recording's file holds its sound.

    Attributes
    ----------
    sample_rate_hz, channels : int or None
        As recorded; None when the samples came from no file.
    channel : int or None
        The only channel used (0 is the first); None when all were averaged.
    n_clipped : int
        Samples at full scale, the worst channel's.
    """

    sample_rate_hz: int | None = None
    channels: int | None = None
    channel: int | None = None
    n_clipped: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Decoded sound of one file.

    Attributes
    ----------
    samples : NDArray[np.float32]
        Shape [n], one channel, full scale = 1. Sample 0 is the file's time 0.
    duration_s : float
        Of the sound: ``n / sample_rate_hz``.
    kind : {"audio", "video"}
        ``video`` when the file has a moving picture (cover art is none).
    codec : str or None
        Of the sound track, e.g. ``aac``; None when the samples came from no file.
    sample_rate_hz : int
        Always 16000.
    notices : tuple[Notice, ...]
        What people should know: length, damage, quality.
    provenance : Provenance or None
        What decoded it.
    recorded : Recorded or None
        None when the samples came from no file.
    """

    samples: NDArray[np.float32]
    duration_s: float
    kind: MediaKind = "audio"
    codec: str | None = None
    sample_rate_hz: int = SAMPLE_RATE_HZ
    notices: tuple[Notice, ...] = ()
    provenance: Provenance | None = None
    recorded: Recorded | None = None


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a media file says about itself, read without decoding it.

    Attributes
    ----------
    kind : {"audio", "video"}
    duration_s : float or None
        As declared; an estimate for streams without a header (raw mp3, aac). None: not told.
    codec : str
        Of the sound track.
    sample_rate_hz : int
        As recorded.
    channels : int
    """

    kind: MediaKind
    duration_s: float | None
    codec: str
    sample_rate_hz: int
    channels: int
