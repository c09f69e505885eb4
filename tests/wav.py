"""Sound as wav files: 16 bits, 16 kHz."""

import io
import wave
from pathlib import Path

import numpy as np

RATE_HZ = 16_000


def wav(*channels: np.ndarray) -> bytes:
    """Return a file of one or more channels of samples from -1 to 1."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setparams((len(channels), 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes((np.clip(np.stack(channels, axis=1), -1, 1) * 32767).astype("<i2").tobytes())
    return held.getvalue()


def write_wav(path: Path, *channels: np.ndarray) -> Path:
    """Write what ``wav`` returns; return the path."""
    path.write_bytes(wav(*channels))
    return path


def tone(duration_s: float, hz: float = 300.0) -> bytes:
    """Return a file of a tone."""
    return wav(0.27 * np.sin(2 * np.pi * hz * np.arange(round(duration_s * RATE_HZ)) / RATE_HZ))
