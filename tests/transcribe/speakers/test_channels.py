"""Two microphones tell who speaks; one sound on two channels does not."""

import numpy as np
import pytest

from sdc.audio import load_recording
from sdc.transcribe.speakers import ChannelDiarizer, separate_channels
from wav import write_wav


@pytest.fixture(scope="module")
def voices(week1):
    """What the child and her mother say, each alone on the time line of both."""
    samples, who = week1.recording.samples[: 15 * 16_000], np.repeat(week1.who[:15_000], 16)
    return [np.where(who == code, samples, 0.0) for code in ("CHI", "MOT")]


def test_a_microphone_each(tmp_path, voices, week1):
    child, mother = voices
    path = write_wav(tmp_path / "two.wav", child + 0.1 * mother, mother + 0.1 * child)  # with leaks
    channels = separate_channels(path, load_recording(path))
    assert channels is not None
    found = ChannelDiarizer(channels).diarize(load_recording(path))
    assert set(found.speakers) == {"SP00", "SP01"}
    names = {"SP00": "CHI", "SP01": "MOT"}
    for segment in found.segments:
        said = week1.who[segment.span.start_ms : segment.span.end_ms]
        assert np.mean(said == names[segment.speaker]) > 0.6
    assert all(isinstance(s.overlap, bool) for s in found.segments)


def test_one_sound_twice_or_a_dead_channel(tmp_path, voices):
    both = sum(voices)
    for name, channels in {
        "same": (both, 0.7 * both),
        "dead": (both, 0 * both),
        "mono": (both,),
    }.items():
        path = write_wav(tmp_path / f"{name}.wav", *channels)
        assert separate_channels(path, load_recording(path)) is None, name


def test_a_real_recording_with_two_microphones(shared_data):
    path = shared_data / "media" / "stereo_diarization.wav"
    recording = load_recording(path)
    channels = separate_channels(path, recording)
    assert channels is not None
    found = ChannelDiarizer(channels).diarize(recording)
    assert found.speakers == ("SP00", "SP01")
    assert any(s.overlap for s in found.segments)  # both speak in its first half
    second = [s for s in found.segments if s.speaker == "SP01"]
    assert max(s.span.end_ms for s in second) < 3000  # and only one in the other


def test_other_real_recordings_have_no_microphone_each(shared_data):
    for path in sorted((shared_data / "media").iterdir()):
        if path.suffix in (".mp3", ".flac"):
            assert separate_channels(path, load_recording(path)) is None, path.name
