"""All tracks at once, and their stored form."""

import json
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest

from sdc.audio import SoundTracks, load_recording, sound_tracks
from sdc.audio.tracks import VOICE
from sdc.errors import StoreError


@pytest.fixture(scope="module")
def tracks(record, make_tone):
    return sound_tracks(record(np.concatenate([make_tone(1.0, rate=16000, hz=260), np.zeros(16000)])))


def same(a: SoundTracks, b: SoundTracks) -> bool:
    return (
        np.array_equal(a.pitch.f0_hz, b.pitch.f0_hz, equal_nan=True)
        and np.array_equal(a.pitch.times_s, b.pitch.times_s)
        and np.array_equal(a.intensity.level_db, b.intensity.level_db, equal_nan=True)
        and np.array_equal(a.intensity.times_s, b.intensity.times_s)
        and np.array_equal(a.peaks.values, b.peaks.values)
        and (a.pitch.hop_s, a.intensity.hop_s, a.peaks.hop_s) == (b.pitch.hop_s, b.intensity.hop_s, b.peaks.hop_s)
        and (a.speech, a.duration_s, a.provenance) == (b.speech, b.duration_s, b.provenance)
        and (a.pitch.provenance, a.intensity.provenance) == (b.pitch.provenance, b.intensity.provenance)
        and all(np.array_equal(getattr(a.voice, name), getattr(b.voice, name), equal_nan=True) for name in VOICE)
        and (a.quality, a.voice.provenance) == (b.quality, b.voice.provenance)
    )


def test_everything_is_there(tracks):
    assert tracks.duration_s == 2.0
    assert np.nanmedian(tracks.pitch.f0_hz) == pytest.approx(260, rel=0.01)
    assert [p.step for p in tracks.provenance] == ["pitch", "intensity", "speech"]
    assert all(p.version for p in tracks.provenance)


def test_bytes_and_back_is_the_identity(tracks):
    data = tracks.to_bytes()
    assert same(SoundTracks.from_bytes(data), tracks)
    assert tracks.to_bytes() == data


@pytest.mark.shared
def test_real_recording_and_back(shared_data):
    made = sound_tracks(load_recording(shared_data / "media" / "clip.mp3"))
    data = made.to_bytes()
    assert made.speech
    assert same(SoundTracks.from_bytes(data), made)
    assert len(data) < 3000 * made.duration_s


def test_blob_of_an_earlier_version_is_read(tracks):
    earlier = SoundTracks.from_bytes(replace(tracks, voice=None, quality=None).to_bytes())
    assert (earlier.voice, earlier.quality) == (None, None)
    assert np.array_equal(earlier.pitch.f0_hz, tracks.pitch.f0_hz, equal_nan=True)
    # As it was before: neither the arrays nor the words about them.
    with np.load(BytesIO(tracks.to_bytes())) as archive:
        arrays = {name: archive[name] for name in archive.files if name not in VOICE}
    about = {k: v for k, v in json.loads(arrays["about"].tobytes()).items() if k not in ("voice", "quality")}
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    np.savez_compressed(buffer := BytesIO(), **arrays)
    assert SoundTracks.from_bytes(buffer.getvalue()).voice is None


def test_damaged_blob_is_a_store_error(tracks):
    data = tracks.to_bytes()
    bad = [b"", b"no archive", data[: len(data) // 2], data[:200] + bytes(50) + data[250:]]
    buffer = BytesIO()
    np.savez_compressed(buffer, other=np.zeros(3))
    for blob in [*bad, buffer.getvalue()]:
        with pytest.raises(StoreError) as caught:
            SoundTracks.from_bytes(blob)
        assert caught.value.code == "tracks.damaged"


def test_later_format_is_refused(tracks, monkeypatch):
    monkeypatch.setattr("sdc.audio.tracks.TRACKS_FORMAT", "sdc.tracks/2")
    later = tracks.to_bytes()
    monkeypatch.undo()
    with pytest.raises(StoreError) as caught:
        SoundTracks.from_bytes(later)
    assert caught.value.code == "tracks.version"
