"""What our way of transcribing adds to faster-whisper alone: same model, same options, same recording.

The model is the small one of the demo, so that nothing is downloaded: the overhead is in words and
segments, and is the larger beside a model that is quick. faster-whisper's batched way is told beside: it is
not ours, which keeps one window after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel
from rows import Row, own_peak_mb, side_by_side

from sdc.audio import Recording, load_recording
from sdc.demo import demo_model, demo_recording
from sdc.transcribe import FasterWhisperTranscriber
from sdc.transcribe.faster_whisper import OPTIONS

SECONDS = {"quick": 60, "full": 300}
REPEATS = {"quick": 11, "full": 11}
"""Many, since what is sought is a hundredth, and a run differs from the next by a twentieth."""
GOAL = 1.03


def run(size: str) -> Iterator[Row]:
    """Yield the overhead, and the batched way beside ours."""
    demo, seconds = load_recording(demo_recording()), SECONDS[size]
    samples = np.resize(demo.samples, round(seconds * demo.samples.size / demo.duration_s))
    recording = Recording(samples, float(seconds))
    transcriber = FasterWhisperTranscriber(str(demo_model()), "cpu", "en")
    model = WhisperModel(str(demo_model()), device="cpu", compute_type="int8", local_files_only=True)
    batched = BatchedInferencePipeline(model)

    def bare() -> list[Any]:
        return list(model.transcribe(samples, language="en", **OPTIONS)[0])

    def in_batches() -> list[Any]:
        return list(batched.transcribe(samples, language="en", word_timestamps=True, beam_size=5)[0])

    heard = transcriber.transcribe(recording)
    assert [s.text for s in heard.segments] == [s.text for s in bare()], "the two hear different words"
    unit = "CPU s per s"
    ours, theirs = side_by_side(lambda: transcriber.transcribe(recording), bare, REPEATS[size])
    met = ours / theirs <= GOAL
    what = f"{seconds} s of sound, segments and words"
    yield Row(
        "transcription.overhead",
        what,
        ours / seconds,
        unit,
        "faster-whisper",
        theirs / seconds,
        goal="≤ 3 % more",
        met=met,
        is_checked=True,
    )
    ours, theirs = side_by_side(lambda: transcriber.transcribe(recording), in_batches, REPEATS[size])
    note = "ours is not batched: a window never hears of the one before it, and silence is cut as it is found"
    yield Row(
        "transcription.batched", what, ours / seconds, unit, "faster-whisper, batched", theirs / seconds, note=note
    )
    yield Row("transcription.memory", "most memory, both models", own_peak_mb(), "MB")
