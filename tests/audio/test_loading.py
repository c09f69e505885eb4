"""Any file → mono 16 kHz on the file's own time line, with honest notices."""

import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.audio import load_recording
from sdc.errors import MediaError

VIDEO = ("mp4", "webm", "mov")
FORMATS = ("wav", "mp3", "m4a", "ogg", "opus", "flac", *VIDEO)


def codes(recording):
    return [notice.code for notice in recording.notices]


def onset_s(samples):
    return np.flatnonzero(np.abs(samples) > 0.1)[0] / 16000


def dominant_hz(samples):
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size)))
    return np.argmax(spectrum) * 16000 / samples.size


def best_lag(whole, part, time_s):
    """Return by how many samples half a second of ``whole`` is displaced in ``part``, and how alike they are."""
    first, reach, n = round(time_s * 16000), 1600, 8000
    piece, around = whole[first : first + n], part[first - reach : first + n + reach]
    alike = np.correlate(around, piece, "valid")
    best = int(np.argmax(alike))
    return best - reach, alike[best] / np.linalg.norm(piece) / np.linalg.norm(around[best : best + n])


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_format(suffix, channels, tmp_path, write, make_tone):
    sound = np.concatenate([np.zeros(24000, np.float32), make_tone(1.5)])  # 0.5 s of silence, then 440 Hz
    picture_s = 2.0 if suffix in VIDEO else 0.0
    path = write(tmp_path / f"a.{suffix}", np.stack([sound] * channels), picture_s=picture_s)
    recording = load_recording(path)
    assert recording.samples.dtype == np.float32
    assert recording.samples.ndim == 1
    assert recording.sample_rate_hz == 16000
    assert recording.duration_s == recording.samples.size / 16000 == pytest.approx(2.0, abs=0.03)
    assert recording.kind == ("video" if suffix in VIDEO else "audio")
    assert onset_s(recording.samples) == pytest.approx(0.5, abs=0.005)
    assert dominant_hz(recording.samples[12000:28000]) == pytest.approx(440, abs=1)
    assert np.abs(recording.samples).max() == pytest.approx(0.5, abs=0.05)
    assert recording.notices == ()
    assert recording.provenance is not None
    assert recording.provenance.engine == "pyav"


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 44100, 96000])
def test_rates_keep_the_last_moment(rate, tmp_path, write, make_tone):
    recording = load_recording(write(tmp_path / "a.wav", make_tone(1.0, rate=rate), rate=rate))
    assert recording.samples.size == pytest.approx(16000, abs=2)  # nothing stays in the resampler
    assert np.abs(recording.samples[-160:]).max() > 0.3


def test_channels_are_averaged_without_gain(tmp_path, write, make_tone):
    left, silent = make_tone(1.0, amplitude=0.8), np.zeros(48000, np.float32)
    one_sided = load_recording(write(tmp_path / "left.wav", np.stack([left, silent])))
    assert np.abs(one_sided.samples[1000:-1000]).max() == pytest.approx(0.4, abs=0.01)
    both = load_recording(write(tmp_path / "both.wav", np.stack([left, left])))
    assert np.abs(both.samples[1000:-1000]).max() == pytest.approx(0.8, abs=0.01)
    surround = load_recording(write(tmp_path / "six.flac", np.stack([left] * 6)))
    assert np.abs(surround.samples[1000:-1000]).max() == pytest.approx(0.8, abs=0.01)


@pytest.mark.parametrize("suffix", VIDEO)
def test_sound_that_starts_late_keeps_its_times(suffix, tmp_path, write, make_tone):
    path = write(tmp_path / f"late.{suffix}", make_tone(1.0), picture_s=3.0, start_s=1.5)
    recording = load_recording(path)
    assert onset_s(recording.samples) == pytest.approx(1.5, abs=0.01)
    assert recording.duration_s == pytest.approx(2.5, abs=0.03)
    assert not np.any(recording.samples[:23000])
    assert codes(recording) == []


def test_long_recording_is_noted_and_too_long_refused(tmp_path, write, make_tone):
    path = write(tmp_path / "a.flac", make_tone(3.0))
    assert codes(load_recording(path, long_s=3.5)) == []
    assert codes(load_recording(path, long_s=2.0)) == ["media.long"]
    assert load_recording(path, limit_s=3.5).duration_s == 3.0
    with pytest.raises(MediaError) as caught:
        load_recording(path, limit_s=2.0)
    assert caught.value.code == "media.too-long"


def test_too_long_is_found_while_decoding_where_the_header_does_not_tell(tmp_path, write, make_tone, monkeypatch):
    path = write(tmp_path / "a.mp3", make_tone(3.0), options={"write_xing": "0"})
    path.write_bytes(path.read_bytes() * 20)
    taken = []
    from sdc.audio.decoding import SoundLine

    take = SoundLine._extend
    monkeypatch.setattr(SoundLine, "_extend", lambda self, part: (taken.append(part.size), take(self, part)))
    with pytest.raises(MediaError) as caught:
        load_recording(path, limit_s=2.0)
    assert caught.value.code == "media.too-long"
    assert sum(taken) < 2.2 * 16000  # it stopped at the limit, not at the end


def test_too_long_by_the_header_decodes_nothing(tmp_path, write, make_tone, monkeypatch):
    path = write(tmp_path / "a.wav", make_tone(3.0))
    from sdc.audio.decoding import SoundLine

    monkeypatch.setattr(SoundLine, "add", lambda *_: pytest.fail("decoded"))
    with pytest.raises(MediaError):
        load_recording(path, limit_s=2.0)


@pytest.fixture(scope="module")
def noisy(tmp_path_factory, write):
    """Six seconds of noise in every format: its bytes cannot be compressed away."""
    folder = tmp_path_factory.mktemp("noise")
    noise = (np.random.default_rng(0).normal(size=48000 * 6) * 0.1).astype(np.float32)
    return {
        suffix: write(folder / f"noise.{suffix}", noise, picture_s=6.0 if suffix in VIDEO else 0.0)
        for suffix in FORMATS
    }


@pytest.mark.parametrize("suffix", ["wav", "mp3", "flac", "webm"])
def test_cut_file_is_read_up_to_the_cut(suffix, noisy, tmp_path):
    whole = noisy[suffix].read_bytes()
    path = tmp_path / f"cut.{suffix}"
    path.write_bytes(whole[: len(whole) // 2])
    recording = load_recording(path)
    assert recording.duration_s == pytest.approx(3.0, abs=0.3)
    assert "media.truncated" in codes(recording)
    (message,) = [n.message for n in recording.notices if n.code == "media.truncated"]
    assert "6.0 s" in message
    assert f"{recording.duration_s:.1f} s" in message


@pytest.mark.parametrize("suffix", ["m4a", "ogg", "flac", "mp4", "webm", "mov"])
def test_damage_in_the_middle_keeps_the_times_after_it(suffix, noisy, tmp_path):
    data = bytearray(noisy[suffix].read_bytes())
    third, half = len(data) // 3, len(data) // 2
    data[third:half] = np.random.default_rng(3).integers(0, 256, half - third, dtype=np.uint8).tobytes()
    path = tmp_path / f"hole.{suffix}"
    path.write_bytes(data)
    recording, whole = load_recording(path), load_recording(noisy[suffix])
    assert "media.holes" in codes(recording) or "media.damaged" in codes(recording)
    assert recording.duration_s == pytest.approx(whole.duration_s, abs=0.05)
    lag, likeness = best_lag(whole.samples, recording.samples, 5.2)
    assert abs(lag) < 32  # 2 ms; WebM rounds its times to 1 ms
    assert likeness > 0.7  # AAC fills noise with noise of its own


@pytest.mark.parametrize("suffix", ["wav", "flac", "webm"])
def test_frames_that_are_put_aside_change_nothing(suffix, noisy, tmp_path, monkeypatch):
    data = bytearray(noisy[suffix].read_bytes())
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    path = tmp_path / f"hole.{suffix}"
    path.write_bytes(data)
    together = load_recording(path)
    monkeypatch.setattr("sdc.audio.decoding.STRETCH", 1)  # each frame by itself
    one_by_one = load_recording(path)
    np.testing.assert_array_equal(together.samples, one_by_one.samples)
    assert together.notices == one_by_one.notices


def test_damaged_mp3_warns_that_times_shift(noisy, tmp_path):
    data = bytearray(noisy["mp3"].read_bytes())
    third, half = len(data) // 3, len(data) // 2
    data[third:half] = np.random.default_rng(3).integers(0, 256, half - third, dtype=np.uint8).tobytes()
    path = tmp_path / "hole.mp3"
    path.write_bytes(data)
    recording = load_recording(path)
    assert {"media.damaged", "media.truncated"} <= set(codes(recording))
    (message,) = [n.message for n in recording.notices if n.code == "media.damaged"]
    assert "too early" in message


def test_several_tracks_are_noted(tmp_path, write, make_tone):
    path = write(tmp_path / "two.mp4", make_tone(1.0), picture_s=1.0, tracks=2)
    assert codes(load_recording(path)) == ["media.several-tracks"]


def test_cover_picture_makes_no_video(tmp_path, encode, make_tone):
    import av
    from av.stream import Disposition

    path = tmp_path / "cover.mp3"
    with av.open(str(path), "w") as container:
        sound = container.add_stream("libmp3lame", rate=48000, layout="mono")
        cover = container.add_stream("png")
        cover.width, cover.height, cover.pix_fmt = 16, 16, "rgb24"
        cover.disposition = Disposition.attached_pic
        container.mux(cover.encode(av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24")))
        container.mux(cover.encode())
        encode(container, sound, make_tone(0.5), 48000)
    with av.open(str(path)) as container:
        assert container.streams.video
    assert load_recording(path).kind == "audio"


def write_floats(path: Path, samples: np.ndarray) -> Path:
    """Write a WAV of 32-bit floats by hand: encoders refuse what is not a number."""
    data = samples.astype("<f4").tobytes()
    head = b"RIFF" + (36 + len(data)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += (3).to_bytes(2, "little") + (1).to_bytes(2, "little") + (16000).to_bytes(4, "little")
    head += (64000).to_bytes(4, "little") + (4).to_bytes(2, "little") + (32).to_bytes(2, "little")
    path.write_bytes(head + b"data" + len(data).to_bytes(4, "little") + data)
    return path


def test_not_a_number_in_a_float_track_becomes_silence(tmp_path, make_tone):
    samples = make_tone(1.0, rate=16000)
    samples[100], samples[200] = np.nan, np.inf
    recording = load_recording(write_floats(tmp_path / "nan.wav", samples))
    assert np.isfinite(recording.samples).all()
    assert recording.samples[100] == recording.samples[200] == 0.0
    assert recording.samples[300] == pytest.approx(samples[300])


@given(st.binary(min_size=1, max_size=400), st.sampled_from(["wav", "mp3", "flac", "ogg", "mp4", "webm"]))
def test_no_bytes_raise_anything_but_a_media_error(tmp_path_factory, noisy, data, suffix):
    path = tmp_path_factory.mktemp("fuzz") / f"a.{suffix}"
    head = noisy[suffix].read_bytes()[:3000]
    path.write_bytes(head[: len(data) * 7] + data)
    try:
        recording = load_recording(path, limit_s=60)
    except MediaError as error:
        assert error.code in {"media.unreadable", "media.empty", "media.no-audio", "media.too-long"}
    else:
        assert recording.samples.size
        assert np.isfinite(recording.samples).all()


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["clip.mp3", "eng_acr_first13p5.mp3", "eng_multi_speaker.mp3", "jfk.flac", "stereo_diarization.wav", "test.mp3"],
)
def test_real_audio_lasts_as_long_as_its_container_says(name, shared_data):
    import av

    path = shared_data / "media" / name
    with av.open(str(path)) as container:
        declared_s = container.duration / 1e6
    recording = load_recording(path)
    assert recording.duration_s == pytest.approx(declared_s, abs=0.01)
    assert recording.kind == "audio"
    assert recording.notices == ()


@pytest.mark.shared
def test_real_video(shared_data):
    recording = load_recording(shared_data / "media" / "mytheory.mp4")
    assert (recording.kind, recording.codec) == ("video", "aac")
    assert recording.duration_s == pytest.approx(60.069, abs=0.01)
    assert recording.notices == ()


def test_recording_of_one_sample(tmp_path):
    path = tmp_path / "one.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes(b"\x00\x40")
    recording = load_recording(path)
    assert recording.samples.tolist() == [0.5]
    assert codes(recording) == []
