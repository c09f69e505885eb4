"""What one voice says alone, cut out of a recording: to know the voice by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sdc.transcribe.speakers.segments import Diarization

if TYPE_CHECKING:
    from sdc.audio import Recording

ENOUGH_S = 60.0
"""More of a voice makes its voiceprint no better."""


def alone(recording: Recording, diarization: Diarization, speaker: str) -> Recording:
    """Return up to a minute of one voice's segments in which no other voice is heard, one after the other."""
    from sdc.audio import Recording

    parts, length_s = [np.zeros(0, np.float32)], 0.0
    for segment in diarization.segments:
        if segment.speaker != speaker or segment.overlap or length_s >= ENOUGH_S:
            continue
        first, end = (ms * recording.sample_rate_hz // 1000 for ms in (segment.span.start_ms, segment.span.end_ms))
        parts.append(recording.samples[first:end])
        length_s += segment.span.duration_s
    samples = np.concatenate(parts)
    return Recording(samples, samples.size / recording.sample_rate_hz)
