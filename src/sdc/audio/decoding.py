"""Sound track → mono float32 at 16 kHz on the file's own time line.

Three things that FFmpeg's ready-made conversion gets wrong for us are done here: channels are
averaged (its downmix adds 3 dB and clips), sound that starts late or has holes keeps its times,
and damage in the middle does not end the decoding.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sdc.audio.container import MOST_CHANNELS, time_zero_s
from sdc.audio.recording import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

GAP_S = 0.1
"""Times that run ahead of the sound by more than this are a hole, filled with silence."""
MAX_GAP_S = 600.0
"""A larger jump is a broken clock, not a hole; the sound goes on without it."""
LOUDEST = 64.0
"""Tracks of floats may go beyond full scale; what goes beyond this is damage."""
FULL_SCALE = 0.99
"""A sample at or above this is counted as clipped."""
STRETCH = SAMPLE_RATE_HZ
"""So many samples are put aside and worked on together: frame by frame that costs more than decoding does."""
MAX_DAMAGE = 10_000
"""After so many packets that cannot be decoded the rest is given up."""


class TooLongError(Exception):
    """The sound goes on beyond the limit."""


@dataclass(slots=True)
class Decoded:
    """What decoding found.

    Attributes
    ----------
    samples : NDArray[np.float32]
        Shape [n], mono at 16 kHz.
    n_clipped : int
        Samples at full scale, the worst channel's in each second or so.
    damaged_at_s : list[float]
        Where packets could not be decoded.
    holes : list[tuple[float, float]]
        Start and length (seconds) of each hole inside the sound that was filled with silence.
    power : NDArray[np.float64]
        Shape [channels], mean square of each channel.
    """

    samples: NDArray[np.float32]
    n_clipped: int
    damaged_at_s: list[float]
    holes: list[tuple[float, float]]
    power: NDArray[np.float64]


@dataclass(slots=True)
class SoundLine:
    """Collects frames into one stretch of samples, resampled, without holes.

    ``limit_s`` bounds the memory: beyond it ``add`` raises TooLongError. ``channel`` is the only
    one to take; None averages all.
    """

    start_s: float
    limit_s: float | None = None
    channel: int | None = None
    n_clipped: int = 0
    holes: list[tuple[float, float]] = field(default_factory=list)
    power: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    _buffer: bytearray = field(default_factory=bytearray)
    _aside: list[NDArray[np.float32]] = field(default_factory=list)
    _n_aside: int = 0
    _resampler: Any = None
    _setup: tuple[object, ...] | None = None

    @property
    def position_s(self) -> float:
        """End of what was collected, on the file's time line."""
        return (len(self._buffer) // 4 + self._n_aside) / SAMPLE_RATE_HZ

    def add(self, frame: AudioFrame) -> None:
        """Take one decoded frame; ValueError for one that cannot be read."""
        if frame.layout.nb_channels > MOST_CHANNELS:
            raise ValueError(frame.layout.nb_channels)
        setup = (frame.format.name, frame.layout.name, frame.layout.nb_channels, frame.sample_rate)
        if frame.time is not None:
            self._keep_time(frame.time - self.start_s)
        if self._resampler is None or setup != self._setup:
            self.flush()
            self._resampler, self._setup = _resampler(), setup
        # swresample would refuse clocks that jump; the time line is kept here instead.
        frame.pts = None
        self._put_aside(self._resampler.resample(frame))

    def flush(self) -> None:
        """Take what the resampler still holds back, and what was put aside."""
        if self._resampler is not None:
            self._put_aside(self._resampler.resample(None))
            self._resampler = None
        self._take()

    def _keep_time(self, time_s: float) -> None:
        ahead = time_s - self.position_s
        if abs(ahead) <= GAP_S:
            return
        self.flush()
        ahead = time_s - self.position_s
        if GAP_S < ahead <= MAX_GAP_S:
            if self._buffer:  # a late start is no hole
                self.holes.append((self.position_s, ahead))
            self._extend(np.zeros(round(ahead * SAMPLE_RATE_HZ), np.float32))
        elif abs(ahead) > GAP_S:
            self.start_s += ahead  # the clock jumped: go on from here

    def _put_aside(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            self._aside.append(frame.to_ndarray().astype(np.float32, copy=False))
            self._n_aside += frame.samples
        self._keep_limit()
        if self._n_aside >= STRETCH:
            self._take()

    def _take(self) -> None:
        if not self._aside:
            return
        channels, self._aside, self._n_aside = np.concatenate(self._aside, axis=1), [], 0
        # Damaged float tracks can hold NaN, infinity or huge numbers, which would spread into every measure.
        np.nan_to_num(channels, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        np.clip(channels, -LOUDEST, LOUDEST, out=channels)
        self.n_clipped += int(np.count_nonzero(np.abs(channels) >= FULL_SCALE, axis=1).max(initial=0))
        self._weigh(channels)
        one = self.channel is not None and self.channel < len(channels)
        self._extend(channels[self.channel] if one else channels.mean(axis=0, dtype=np.float32))

    def _weigh(self, channels: NDArray[np.float32]) -> None:
        energy = np.einsum("cn,cn->c", channels, channels, dtype=np.float64)
        more = len(energy) - len(self.power)
        self.power = np.pad(self.power, (0, max(0, more)))
        self.power[: len(energy)] += energy

    def _extend(self, samples: NDArray[np.float32]) -> None:
        self._buffer += samples.tobytes()
        self._keep_limit()

    def _keep_limit(self) -> None:
        if self.limit_s is not None and self.position_s > self.limit_s:
            raise TooLongError

    def samples(self) -> NDArray[np.float32]:
        """Return everything collected, shape [n]."""
        return np.frombuffer(self._buffer, dtype=np.float32)


def _resampler() -> Any:
    from av.audio.resampler import AudioResampler

    return AudioResampler(format="fltp", layout=None, rate=SAMPLE_RATE_HZ)


def decode_sound(
    container: InputContainer, stream: AudioStream, *, limit_s: float | None = None, channel: int | None = None
) -> Decoded:
    """Decode a whole sound track.

    Parameters
    ----------
    container : InputContainer
    stream : AudioStream
        A sound track of ``container``.
    limit_s : float, optional
        Longest sound allowed (seconds).
    channel : int, optional
        The only channel to take.

    Returns
    -------
    Decoded

    Raises
    ------
    TooLongError
        The sound goes on beyond ``limit_s``.
    """
    import av

    line = SoundLine(time_zero_s(container), limit_s, channel)
    damaged_at_s: list[float] = []
    packets = container.demux(stream)
    while len(damaged_at_s) <= MAX_DAMAGE:
        try:
            packet = next(packets, None)
            if packet is None:
                break
            for frame in packet.decode():
                line.add(frame)
        except av.error.EOFError:
            break
        except (av.error.FFmpegError, ValueError):
            damaged_at_s.append(line.position_s)
    try:
        line.flush()
    except av.error.FFmpegError:  # what was collected is kept
        damaged_at_s.append(line.position_s)
    samples = line.samples()
    return Decoded(samples, line.n_clipped, damaged_at_s, line.holes, line.power / max(1, samples.size))
