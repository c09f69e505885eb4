"""Cheap checks of a recording's quality."""

import numpy as np
import pytest

from sdc.audio import load_recording
from sdc.audio.quality import quality_notices


def codes(samples, n_clipped=0):
    return [n.code for n in quality_notices(np.asarray(samples, np.float32), n_clipped)]


def test_thresholds(make_tone):
    plain = make_tone(2.0, rate=16000)
    assert codes(plain) == []
    assert codes(plain, n_clipped=33) == ["media.clipped"]  # of 32000: above 0.1 %
    assert codes(plain, n_clipped=32) == []
    assert codes(plain * 0.01) == ["media.quiet"]  # -49 dB
    assert codes(plain * 0.02) == []  # -43 dB
    assert codes(plain * 0.0018) == ["media.silent"]
    assert codes(np.zeros(10)) == ["media.silent"]


def test_short_loud_moments_make_a_quiet_recording_not_quiet(make_tone):
    mostly_pause = np.concatenate([make_tone(1.0, rate=16000), make_tone(9.0, rate=16000, amplitude=0.001)])
    assert codes(mostly_pause) == []


@pytest.mark.parametrize("suffix", ["wav", "flac", "mp3"])
def test_clipped_file(suffix, tmp_path, write, make_tone):
    clipped = np.clip(make_tone(1.0, amplitude=3.0), -1, 1)
    recording = load_recording(write(tmp_path / f"a.{suffix}", clipped))
    assert [n.code for n in recording.notices] == ["media.clipped"]


def test_one_clipped_channel_is_seen_through_the_downmix(tmp_path, write, make_tone):
    clipped = np.clip(make_tone(1.0, amplitude=3.0), -1, 1)
    recording = load_recording(write(tmp_path / "a.wav", np.stack([clipped, np.zeros_like(clipped)])))
    assert np.abs(recording.samples).max() < 0.7
    assert [n.code for n in recording.notices] == ["media.channel-silent", "media.clipped"]


def test_silent_file(tmp_path, write):
    recording = load_recording(write(tmp_path / "a.wav", np.zeros(48000, np.float32)))
    assert [n.code for n in recording.notices] == ["media.silent"]
