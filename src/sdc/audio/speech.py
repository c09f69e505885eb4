"""Where someone speaks: the Silero voice activity network that ships with faster-whisper (MIT).

The network is nearly deaf to very high voices, as small children's squeals are. Where the pitch track
knows of one that the network did not hear, the sound is played to it once more, slower by half: pitch
and formants then lie where a grown child's do, and it is still the network that tells speech from a
whistle, a siren or a tune.
"""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from sdc.audio.pitch import PitchTrack
from sdc.audio.recording import Recording
from sdc.audio.spans import inside
from sdc.session import Provenance, TimeSpan

THRESHOLD = 0.5
MIN_SILENCE_MS = 100
PAD_MS = 0
"""No padding and short silences, so that pauses from 150 ms on can be measured between the spans."""
HIGH_HZ = 350.0
"""A voice is very high from this median on."""
UP, DOWN = 3, 2
"""Played slower by this: 3/2 times as many samples."""
LEAST_HIGH_FRAMES = 4
"""A span with fewer voiced frames is not known to be a very high voice."""
PIECE_S, LEAST_UNHEARD_S, NEAR_S = 30.0, 0.1, 0.3
"""Played again are pieces of this length in which so much of a very high voice was not heard; what lies nearer to
speech that was heard is not counted, because the edges of speech go on over voice."""
EDGES = "level and voice (sdc.audio.edges 1)"


def speech_provenance() -> Provenance:
    """Return what makes the speech spans of a recording's tracks."""
    parameters = {
        "threshold": f"{THRESHOLD:g}",
        "min_silence_ms": str(MIN_SILENCE_MS),
        "pad_ms": str(PAD_MS),
        "edges": EDGES,
        "high_voices": f"from {HIGH_HZ:g} Hz on also at {DOWN}/{UP} of the speed",
    }
    return Provenance(
        "speech", "silero-vad", "6", model=f"faster-whisper {version('faster-whisper')}", parameters=parameters
    )


def detect_speech(recording: Recording, pitch: PitchTrack | None = None) -> tuple[TimeSpan, ...]:
    """Find the stretches of speech.

    Parameters
    ----------
    recording : Recording
    pitch : PitchTrack, optional
        Of the recording; with it very high voices are heard better.

    Returns
    -------
    tuple[TimeSpan, ...]
        In order, apart by at least 100 ms, in steps of 32 ms (21 ms for very high voices), within
        the recording.
    """
    heard = _network(recording.samples, recording.sample_rate_hz)
    return heard if pitch is None else with_high_voices(recording, heard, pitch)


def with_high_voices(recording: Recording, heard: tuple[TimeSpan, ...], pitch: PitchTrack) -> tuple[TimeSpan, ...]:
    """Add very high voices to the stretches of speech that were heard without knowing the pitch.

    Parameters
    ----------
    recording : Recording
    heard : tuple[TimeSpan, ...]
        What ``detect_speech`` found without the pitch.
    pitch : PitchTrack
        Of the recording.

    Returns
    -------
    tuple[TimeSpan, ...]
        As ``detect_speech``.
    """
    pieces = np.unique(_unheard(pitch, heard) // PIECE_S, return_counts=True)
    again = [
        span
        for piece, n_frames in zip(*pieces, strict=True)
        if n_frames * pitch.hop_s >= LEAST_UNHEARD_S
        for span in _heard_slower(recording, piece * PIECE_S)
        if _is_high(span, pitch)
    ]
    return _joined((*heard, *again)) if again else heard


def _heard_slower(recording: Recording, start_s: float) -> tuple[TimeSpan, ...]:
    """Return the stretches of speech in one piece, played slower."""
    from scipy.signal import resample_poly

    rate_hz, start_ms = recording.sample_rate_hz, round(1000 * start_s)
    piece = recording.samples[round(start_s * rate_hz) : round((start_s + PIECE_S) * rate_hz)]
    slow = resample_poly(piece, UP, DOWN).astype(np.float32)
    found = _network(slow, rate_hz * UP / DOWN)
    return tuple(TimeSpan(start_ms + s.start_ms, start_ms + s.end_ms) for s in found)


def _network(samples: NDArray[np.float32], rate_hz: float) -> tuple[TimeSpan, ...]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(threshold=THRESHOLD, min_silence_duration_ms=MIN_SILENCE_MS, speech_pad_ms=PAD_MS)
    found = get_speech_timestamps(samples, options)
    spans = ((round(1000 * span["start"] / rate_hz), round(1000 * span["end"] / rate_hz)) for span in found)
    return tuple(TimeSpan(start, end) for start, end in spans if end > start)


def _unheard(pitch: PitchTrack, heard: tuple[TimeSpan, ...]) -> NDArray[np.float64]:
    """Return the times of the frames in which a very high voice was not heard."""
    with np.errstate(invalid="ignore"):
        is_high = pitch.f0_hz >= HIGH_HZ
    return pitch.times_s[is_high & ~inside(pitch.times_s, heard, NEAR_S)]


def _is_high(span: TimeSpan, pitch: PitchTrack) -> bool:
    f0 = pitch.f0_hz[inside(pitch.times_s, (span,))]
    f0 = f0[np.isfinite(f0)]
    return f0.size >= LEAST_HIGH_FRAMES and float(np.median(f0)) >= HIGH_HZ


def _joined(spans: tuple[TimeSpan, ...]) -> tuple[TimeSpan, ...]:
    """Return spans in order; those nearer than the shortest silence are one."""
    joined: list[TimeSpan] = []
    for span in sorted(spans, key=lambda s: s.start_ms):
        if joined and span.start_ms - joined[-1].end_ms < MIN_SILENCE_MS:
            joined[-1] = TimeSpan(joined[-1].start_ms, max(joined[-1].end_ms, span.end_ms))
        else:
            joined.append(span)
    return tuple(joined)
