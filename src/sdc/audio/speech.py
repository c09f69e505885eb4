"""Where someone speaks: the Silero voice activity network that ships with faster-whisper (MIT)."""

from __future__ import annotations

from importlib.metadata import version

from sdc.audio.recording import Recording
from sdc.session import Provenance, TimeSpan

THRESHOLD = 0.5
MIN_SILENCE_MS = 100
PAD_MS = 0
"""No padding and short silences, so that pauses from 150 ms on can be measured between the spans."""
EDGES = "level and voice (sdc.audio.edges 1)"


def speech_provenance() -> Provenance:
    """Return what makes the speech spans of a recording's tracks."""
    parameters = {
        "threshold": f"{THRESHOLD:g}",
        "min_silence_ms": str(MIN_SILENCE_MS),
        "pad_ms": str(PAD_MS),
        "edges": EDGES,
    }
    return Provenance(
        "speech", "silero-vad", "6", model=f"faster-whisper {version('faster-whisper')}", parameters=parameters
    )


def detect_speech(recording: Recording) -> tuple[TimeSpan, ...]:
    """Find the stretches of speech.

    Returns
    -------
    tuple[TimeSpan, ...]
        In order, apart by at least 100 ms, in steps of 32 ms, within the recording.
    """
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(threshold=THRESHOLD, min_silence_duration_ms=MIN_SILENCE_MS, speech_pad_ms=PAD_MS)
    per_ms = recording.sample_rate_hz / 1000
    found = get_speech_timestamps(recording.samples, options)
    spans = ((round(span["start"] / per_ms), round(span["end"] / per_ms)) for span in found)
    return tuple(TimeSpan(start, end) for start, end in spans if end > start)
