"""What a voice sounds like, every 10 ms: mel-frequency cepstra (Davis & Mermelstein 1980).

The cepstra stand for the shape of the spectrum, that is for the vocal tract: a child's is short
whatever its pitch. Pitch is kept beside them, for telling voices apart only; it never decides a
role, since adults raise it when they speak to children.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sdc.audio import SAMPLE_RATE_HZ, Recording, detect_speech
from sdc.session import TimeSpan

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

HOP = 160
WINDOW = 400
FFT = 512
HOP_MS = 10
BANDS = 30
LOW_HZ, HIGH_HZ = 80.0, 7600.0
CEPSTRA = 15
"""c1 to c15; c0 is loudness, which says how far the microphone is."""
LOUD_WITHIN_DB = 30.0
"""Frames this far below the loud ones (95th percentile) tell of the room, not of the voice."""
BLOCK = 3000
"""Frames that are worked on at a time, so that a long recording needs little memory."""


@dataclass(frozen=True, slots=True, eq=False)
class VoiceFrames:
    """Frames of one recording.

    Attributes
    ----------
    cepstra : NDArray[np.float64]
        Shape [n, 15], one row every 10 ms.
    clear : NDArray[np.bool_]
        Shape [n]: speech, and loud enough to tell a voice by.
    stretches : tuple[tuple[int, int], ...]
        First frame and the one after the last of each stretch of speech.
    """

    cepstra: Array
    clear: Mask
    stretches: tuple[tuple[int, int], ...]

    def of(self, span: TimeSpan) -> Array:
        """Return the clear frames inside a span, shape [m, 15]."""
        part = slice(_frame(span.start_ms), _frame(span.end_ms))
        return np.asarray(self.cepstra[part][self.clear[part]])


def voice_frames(recording: Recording) -> VoiceFrames:
    """Return the frames of a recording, with the stretches of speech that its voice activity shows."""
    cepstra, level = analyse(recording.samples)
    spans = ((_frame(s.start_ms), min(_frame(s.end_ms), level.size)) for s in detect_speech(recording))
    stretches = tuple((first, end) for first, end in spans if end > first)
    speech = np.zeros(level.size, bool)
    for first, end in stretches:
        speech[first:end] = True
    loud = np.percentile(level[speech], 95) - LOUD_WITHIN_DB if stretches else np.inf
    return VoiceFrames(cepstra, speech & (level > loud), stretches)


def _frame(ms: int) -> int:
    """Return the frame whose middle lies nearest after a time."""
    return max(0, round((ms - 1000 * WINDOW / 2 / SAMPLE_RATE_HZ) / HOP_MS))


def to_ms(frame: int) -> int:
    """Return the time of a frame's middle."""
    return round(frame * HOP_MS + 1000 * WINDOW / 2 / SAMPLE_RATE_HZ)


def analyse(samples: NDArray[np.float32]) -> tuple[Array, Array]:
    """Return cepstra, shape [n, 15], and level in dB, shape [n], of each frame."""
    from scipy.fft import dct

    n = max(0, (samples.size - WINDOW) // HOP + 1)
    cepstra, level = np.zeros((n, CEPSTRA)), np.zeros(n)
    if not n:
        return cepstra, level
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP]
    shape = np.hamming(WINDOW)
    for first in range(0, n, BLOCK):
        some = frames[first : first + BLOCK].astype(np.float64)
        level[first : first + BLOCK] = 10 * np.log10(np.mean(some**2, axis=1) + 1e-12)
        sharpened = np.diff(some, axis=1, prepend=some[:, :1]) + 0.03 * some  # lifts high frequencies
        power = np.abs(np.fft.rfft(sharpened * shape, FFT, axis=1)) ** 2
        cepstra[first : first + BLOCK] = dct(np.log(power @ mel_bands().T + 1e-8), norm="ortho")[:, 1 : CEPSTRA + 1]
    return cepstra, level


@cache
def mel_bands() -> Array:
    """Return triangular bands, equally spaced in mel, shape [30, 257]."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (LOW_HZ, HIGH_HZ))
    edges = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    hz = np.fft.rfftfreq(FFT, 1 / SAMPLE_RATE_HZ)
    rising = (hz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - hz) / np.diff(edges)[1:, None]
    return np.asarray(np.clip(np.minimum(rising, falling), 0, None))
