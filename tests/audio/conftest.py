"""Small media files, made while the tests run."""

import runpy
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from sdc.audio import PitchTrack, Recording
from sdc.session import Provenance

CODECS = {
    "wav": "pcm_s16le",
    "mp3": "libmp3lame",
    "m4a": "aac",
    "ogg": "libopus",
    "opus": "libopus",
    "flac": "flac",
    "mp4": "aac",
    "webm": "libopus",
    "mov": "aac",
}


def tone(duration_s: float, *, rate: int = 48000, hz: float = 440.0, amplitude: float = 0.5) -> np.ndarray:
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(round(duration_s * rate)) / rate)).astype(np.float32)


def add_picture(container, rate: int = 10):
    # No H.264 encoder is sure to be there; MPEG-4 part 2 and VP8 are decoded everywhere as well.
    stream = container.add_stream("libvpx" if container.format.name == "webm" else "mpeg4", rate=rate)
    stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
    return stream


def encode_picture(container, stream, duration_s: float, rate: int = 10) -> None:
    for _ in range(round(duration_s * rate)):
        frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
        container.mux(stream.encode(frame))
    container.mux(stream.encode())


def encode_sound(container, stream, samples: np.ndarray, rate: int, start_s: float = 0.0) -> None:
    """Encode samples of shape [channels, n]."""
    samples = np.atleast_2d(samples).astype(np.float32)
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[samples.shape[0]]
    resampler = av.AudioResampler(format=stream.format.name, layout=layout, rate=rate)
    size = stream.codec_context.frame_size or 1024
    for first in range(0, samples.shape[1], size):
        block = np.ascontiguousarray(samples[:, first : first + size])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=layout)
        frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
        frame.pts = first + round(start_s * rate)
        for ready in resampler.resample(frame):
            container.mux(stream.encode(ready))
    container.mux(stream.encode())


def write_media(
    path: Path,
    samples: np.ndarray | None,
    *,
    rate: int = 48000,
    picture_s: float = 0.0,
    start_s: float = 0.0,
    tracks: int = 1,
    options: dict[str, str] | None = None,
) -> Path:
    """Write samples of shape [n] or [channels, n] (None: no sound) and, if asked, a black picture."""
    codec = CODECS[path.suffix[1:]]
    with av.open(str(path), "w", options=options or {}) as container:
        picture = add_picture(container) if picture_s else None
        channels = 1 if samples is None else np.atleast_2d(samples).shape[0]
        layout = {1: "mono", 2: "stereo", 6: "5.1"}[channels]
        streams = (
            [container.add_stream(codec, rate=rate, layout=layout) for _ in range(tracks)]
            if samples is not None
            else []
        )
        if picture:
            encode_picture(container, picture, picture_s)
        for stream in streams:
            encode_sound(container, stream, samples, rate, start_s)
    return path


@pytest.fixture(scope="session")
def write() -> Callable[..., Path]:
    return write_media


@pytest.fixture(scope="session")
def encode() -> Callable[..., None]:
    return encode_sound


@pytest.fixture(scope="session")
def make_tone() -> Callable[..., np.ndarray]:
    return tone


@pytest.fixture(scope="session")
def record() -> Callable[[np.ndarray], Recording]:
    """Return a function that wraps samples at 16 kHz as a Recording."""

    def wrap(samples: np.ndarray) -> Recording:
        samples = np.asarray(samples, np.float32)
        return Recording(samples, samples.size / 16000)

    return wrap


@pytest.fixture(scope="session")
def planted() -> Callable:
    """Return the function that makes a voice with known jitter, shimmer and noise."""
    script = Path(__file__).parents[2] / "scripts" / "planted_voice.py"
    return runpy.run_path(str(script))["planted_voice"]


@pytest.fixture(scope="session")
def steady_pitch() -> Callable:
    """Return a function that makes a pitch track of one frequency."""

    def make(f0_hz: float, n_samples: int) -> PitchTrack:
        times = np.arange(0, n_samples / 16000, 0.016)
        return PitchTrack(times, np.full(times.size, f0_hz, np.float32), 0.016, Provenance("pitch", "by hand", "1"))

    return make
