"""What browsers record: streams written without an end in sight, also when the tab was killed."""

from pathlib import Path

import av
import numpy as np
import pytest

from sdc.audio import load_recording

RATE = 48_000
BROWSERS = {
    "Chromium and Firefox": ("webm", "libopus", {"live": "1"}),
    "Chromium's other": ("mp4", "libopus", {"movflags": "frag_keyframe+empty_moov+default_base_moof"}),
    "Safari": ("mp4", "aac", {"movflags": "frag_keyframe+empty_moov+default_base_moof", "frag_duration": "1000000"}),
}


def recorded(path: Path, browser: str, duration_s: float) -> bytes:
    kind, codec, options = BROWSERS[browser]
    with av.open(str(path), "w", format=kind, options=options) as container:
        stream = container.add_stream(codec, rate=RATE, layout="mono")
        sine = 0.5 * np.sin(2 * np.pi * 300 * np.arange(round(duration_s * RATE)) / RATE)
        frame = av.AudioFrame.from_ndarray(sine.astype(np.float32)[None], format="fltp", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(stream.format.name, "mono", RATE, frame_size=stream.codec_context.frame_size)
        for ready in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(ready))
        container.mux(stream.encode())
    return path.read_bytes()


@pytest.mark.parametrize("browser", BROWSERS)
def test_it_is_heard_whole(tmp_path, browser):
    path = tmp_path / ("a.webm" if BROWSERS[browser][0] == "webm" else "a.m4a")
    recorded(path, browser, 6.0)
    recording = load_recording(path)
    assert recording.kind == "audio"
    assert recording.duration_s == pytest.approx(6.0, abs=0.1)
    assert np.sqrt(np.mean(recording.samples**2)) == pytest.approx(0.5 / np.sqrt(2), abs=0.02)


@pytest.mark.parametrize("browser", ["Chromium and Firefox", "Safari"])
def test_what_a_killed_tab_left_is_heard(tmp_path, browser):
    """The browser keeps a piece a second; the last one lacks."""
    path = tmp_path / ("a.webm" if BROWSERS[browser][0] == "webm" else "a.m4a")
    whole = recorded(path, browser, 6.0)
    path.write_bytes(whole[: len(whole) * 3 // 4])
    assert 3.0 < load_recording(path).duration_s < 5.5
