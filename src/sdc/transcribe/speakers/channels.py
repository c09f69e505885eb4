"""A microphone for each speaker: two channels that carry different voices tell who speaks.

Most stereo recordings are one sound twice. Two channels count as two microphones where, for a fair
share of the speech, one is much louder than the other. Then a voice speaks when its own channel has
speech that did not leak over from the other.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sdc.audio import Recording, detect_speech
from sdc.audio.container import open_media, sound_track
from sdc.audio.decoding import decode_sound
from sdc.audio.recording import SAMPLE_RATE_HZ
from sdc.session import Provenance, TimeSpan
from sdc.transcribe.speakers.segments import Diarization, SpeakerSegment, label, with_overlaps

VERSION = "1"
APART_DB = 12.0
"""A channel this much louder than the other is somebody's own microphone."""
APART_SHARE = 0.2
"""Of all frames with speech, so many must be apart."""
LEAK_DB = 12.0
"""Speech this much quieter than in the other channel is the other's voice from afar."""
FRAME = SAMPLE_RATE_HZ // 100
FLOOR = 1e-10
"""Mean square that counts as silence (-100 dB)."""


class ChannelDiarizer:
    """Tells voices apart by their microphones.

    A segment's confidence is the share of its frames in which its channel is the louder one.

    Parameters
    ----------
    channels : tuple[Recording, Recording]
        As ``separate_channels`` found them; on the recording's own time line.
    """

    def __init__(self, channels: tuple[Recording, Recording]) -> None:
        self._channels = channels

    def diarize(self, recording: Recording) -> Diarization:
        """Return which voice is heard when; ``SP00`` speaks into the first channel."""
        levels = [_levels_db(channel.samples) for channel in self._channels]
        found = []
        for number, channel in enumerate(self._channels):
            ahead = levels[number] - levels[1 - number]
            for span in detect_speech(channel):
                louder = ahead[span.start_ms // 10 : span.end_ms // 10 + 1]
                if louder.size and np.median(louder) > -LEAK_DB:
                    confidence = float(np.mean(louder > 0))
                    found.append(SpeakerSegment(label(number), span, confidence))
        return Diarization(with_overlaps(tuple(found)), _provenance())


def separate_channels(path: Path, recording: Recording) -> tuple[Recording, Recording] | None:
    """Return the two channels of a file whose speakers have a microphone each, else None.

    Parameters
    ----------
    path : Path
    recording : Recording
        The file's sound, already decoded: what is asked is where in it somebody speaks.

    Raises
    ------
    MediaError
        The file cannot be read.
    """
    with open_media(path) as container:
        if sound_track(container, path).codec_context.channels != 2:
            return None
    first, second = (_channel(path, number) for number in (0, 1))
    return (first, second) if _are_apart(first, second, detect_speech(recording)) else None


def _channel(path: Path, number: int) -> Recording:
    with open_media(path) as container:
        samples = decode_sound(container, sound_track(container, path), channel=number).samples
    return Recording(samples, samples.size / SAMPLE_RATE_HZ)


def _are_apart(first: Recording, second: Recording, speech: tuple[TimeSpan, ...]) -> bool:
    """Whether both channels hold a voice, and one is often much louder than the other."""
    if not (detect_speech(first) and detect_speech(second)):
        return False  # one channel is dead, or only a room is heard in it
    ahead = _levels_db(first.samples) - _levels_db(second.samples)
    spoken = np.concatenate([ahead[span.start_ms // 10 : span.end_ms // 10] for span in speech] or [ahead[:0]])
    return bool(spoken.size and np.mean(np.abs(spoken) > APART_DB) >= APART_SHARE)


def _levels_db(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the level of each whole 10 ms; silence has a floor, so that levels can be compared."""
    frames = samples[: samples.size // FRAME * FRAME].reshape(-1, FRAME)
    power = np.mean(np.square(frames, dtype=np.float64), axis=1)
    return np.asarray(10 * np.log10(np.maximum(power, FLOOR)))


def _provenance() -> Provenance:
    parameters = {"apart_db": f"{APART_DB:g}", "apart_share": f"{APART_SHARE:g}", "leak_db": f"{LEAK_DB:g}"}
    return Provenance("diarize", "sdc.transcribe.channels", VERSION, parameters=parameters)
