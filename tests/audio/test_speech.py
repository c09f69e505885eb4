"""Where someone speaks."""

from itertools import pairwise

import numpy as np
import pytest

from sdc.audio import Recording, detect_speech, load_recording


def test_silence_and_tone_are_no_speech(record, make_tone):
    assert detect_speech(record(np.zeros(32000))) == ()
    assert detect_speech(record(make_tone(2.0, rate=16000))) == ()
    assert detect_speech(record(np.zeros(1))) == ()


@pytest.mark.shared
def test_spans_are_in_order_inside_and_apart(shared_data):
    recording = load_recording(shared_data / "media" / "mytheory.mp4")
    spans = detect_speech(recording)
    assert len(spans) > 5
    assert 0.5 < sum(s.duration_s for s in spans) / recording.duration_s < 0.9
    assert spans[-1].end_ms <= recording.duration_s * 1000
    assert all(b.start_ms - a.end_ms >= 100 for a, b in pairwise(spans))


@pytest.mark.shared
def test_inserted_pause_is_found_where_it_is(shared_data):
    spoken = load_recording(shared_data / "media" / "stereo_diarization.wav").samples[8000:40000]
    pause = np.zeros(16000, np.float32)
    joined = np.concatenate([spoken, pause, spoken])
    spans = detect_speech(Recording(joined, joined.size / 16000))
    gaps = [(a.end_ms, b.start_ms) for a, b in pairwise(spans) if b.start_ms - a.end_ms > 700]
    assert len(gaps) == 1
    assert gaps[0] == pytest.approx((2000, 3000), abs=250)
