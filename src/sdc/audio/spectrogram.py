"""The spectrogram of a recording, as a picture that a browser colours itself."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sdc.audio.recording import SAMPLE_RATE_HZ, Recording

WINDOW = 160
"""Samples: 10 ms, wide-band, so that formants and glottal pulses stand out rather than harmonics."""
FFT = 256
ROWS = FFT // 2
"""Frequency rows of 62.5 Hz, from 0 Hz up to 8 kHz."""
HOP_S = 0.01
RANGE_DB = 60.0
"""From the loudest point of the recording down to what is drawn as nothing."""
SHADES = 32
MOST_COLUMNS = 32_768
"""Of a longer recording each column is the mean of more frames: the picture stays as large as that of 5.5 minutes."""
BAND_COLUMNS = 2_048
"""The picture's width: a strip of some thousand columns a row, because browsers refuse very wide pictures."""
BLOCK = 4_096
"""Frames handled at once: bounds the memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Spectrogram:
    """Levels of a recording's sound by time and frequency.

    Attributes
    ----------
    hop_s : float
        Time from one column to the next; column 0 begins at time 0.
    shades : NDArray[np.uint8]
        Shape [columns, rows], 0 (``RANGE_DB`` or more below the loudest) to ``SHADES - 1``. Row 0 is the lowest.
    high_hz : float
        Upper edge of the last row.
    """

    hop_s: float
    shades: NDArray[np.uint8]
    high_hz: float = SAMPLE_RATE_HZ / 2

    def to_png(self) -> bytes:
        """Return a PNG of black with the level as opacity, its columns in bands below each other.

        Each band holds ``BAND_COLUMNS`` columns and ``ROWS`` rows, the highest frequency at its top; the last
        band ends in nothing. Whoever draws it fills it with the colour of the page's ink.
        """
        columns, rows = self.shades.shape
        bands = max(1, -(-columns // BAND_COLUMNS))
        padded = np.zeros((bands * BAND_COLUMNS, rows), np.uint8)
        padded[:columns] = self.shades
        picture = padded.reshape(bands, BAND_COLUMNS, rows)[:, :, ::-1].transpose(0, 2, 1)
        return _png(np.ascontiguousarray(picture).reshape(bands * rows, BAND_COLUMNS))


def spectrogram(recording: Recording) -> Spectrogram:
    """Return the wide-band spectrogram of a recording, with 6 dB per octave of pre-emphasis, as phoneticians draw it.

    References
    ----------
    Boersma, P., & Weenink, D., Praat manual, "Sound: To Spectrogram..." and "Spectrogram: Paint...".
    """
    samples = recording.samples
    emphasised = np.diff(samples, prepend=samples[:1]) if samples.size else samples
    frames = max(1, -(-samples.size // round(HOP_S * SAMPLE_RATE_HZ)))
    each = -(-frames // MOST_COLUMNS)
    power = _power(emphasised, frames, each)
    level = 10 * np.log10(np.maximum(power, 1e-12))
    part = 1 + (level - level.max()) / RANGE_DB
    heard = np.clip(np.rint(part * (SHADES - 1)), 0, SHADES - 1)
    silent = level.max() <= 10 * np.log10(1e-12)
    return Spectrogram(HOP_S * each, np.zeros_like(heard, np.uint8) if silent else heard.astype(np.uint8))


def _power(samples: NDArray[np.float32], frames: int, each: int) -> NDArray[np.float32]:
    """Return the power of ``each`` frames in the mean, shape [columns, rows]."""
    hop = round(HOP_S * SAMPLE_RATE_HZ)
    columns = -(-frames // each)
    padded = np.pad(samples, (0, columns * each * hop + WINDOW - samples.size))
    window = np.hanning(WINDOW + 2)[1:-1].astype(np.float32)
    found = np.empty((columns, ROWS), np.float32)
    step = max(1, BLOCK // each)
    for first in range(0, columns, step):
        last = min(columns, first + step)
        starts = np.arange(first * each, last * each) * hop
        spectrum = np.fft.rfft(padded[starts[:, None] + np.arange(WINDOW)] * window, FFT)[:, :ROWS]
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        found[first:last] = power.reshape(last - first, each, ROWS).mean(1)
    return found


def _png(rows: NDArray[Any]) -> bytes:
    """Return shades as a PNG whose palette is black, from clear to opaque (W3C, PNG, sections 11.2 and 11.3)."""
    height, width = rows.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)  # 8 bits, palette
    opacity = bytes(round(shade * 255 / (SHADES - 1)) for shade in range(SHADES))
    unfiltered = np.pad(rows, ((0, 0), (1, 0))).tobytes()  # each row begins with its filter: none
    parts = (
        (b"IHDR", header),
        (b"PLTE", bytes(3 * SHADES)),
        (b"tRNS", opacity),
        (b"IDAT", zlib.compress(unfiltered, 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
