"""Opening a media file: what it says about itself, and every way in which it is none."""

import os
import wave

import numpy as np
import pytest

from sdc.audio import load_recording, probe
from sdc.errors import MediaError


def test_probe_tells_audio_from_video(tmp_path, write, make_tone):
    audio = probe(write(tmp_path / "a.mp3", make_tone(1.0, rate=22050), rate=22050))
    assert (audio.kind, audio.codec, audio.sample_rate_hz, audio.channels) == ("audio", "mp3", 22050, 1)
    assert audio.duration_s == pytest.approx(1.0, abs=0.01)
    video = probe(write(tmp_path / "v.webm", np.stack([make_tone(1.0)] * 2), picture_s=3.0))
    assert (video.kind, video.codec, video.sample_rate_hz, video.channels) == ("video", "opus", 48000, 2)
    assert video.duration_s == pytest.approx(1.0, abs=0.02)  # the sound's, not the picture's


def bad(tmp_path, write, name):
    path = tmp_path / name
    noise = np.random.default_rng(1).integers(0, 256, 200_000, dtype=np.uint8).tobytes()
    match name:
        case "empty.mp3":
            path.write_bytes(b"")
        case "text.mp3":
            path.write_text("This is not a sound.\n" * 20)
        case "noise.mp3" | "noise.wav" | "noise.mp4":
            path.write_bytes(noise)
        case "cut.m4a":
            whole = write(tmp_path / "whole.m4a", np.zeros(48000, np.float32)).read_bytes()
            path.write_bytes(whole[: len(whole) // 2])  # its table of contents stands at the end
        case "header.wav":
            with wave.open(str(path), "wb") as sound:
                sound.setnchannels(1)
                sound.setsampwidth(2)
                sound.setframerate(16000)
        case "mute.mp4" | "mute.webm" | "mute.mov":
            write(path, None, picture_s=1.0)
        case "folder.mp3":
            path.mkdir()
    return path


BAD = {
    "missing.mp3": "media.missing",
    "folder.mp3": "media.missing",
    "empty.mp3": "media.empty",
    "header.wav": "media.empty",
    "text.mp3": "media.unreadable",
    "noise.mp3": "media.unreadable",
    "noise.wav": "media.unreadable",
    "noise.mp4": "media.unreadable",
    "cut.m4a": "media.unreadable",
    "mute.mp4": "media.no-audio",
    "mute.webm": "media.no-audio",
    "mute.mov": "media.no-audio",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_one_clear_error(name, tmp_path, write, capfd):
    path = bad(tmp_path, write, name)
    with pytest.raises(MediaError) as caught:
        load_recording(path)
    assert caught.value.code == BAD[name]
    assert caught.value.source == name
    assert caught.value.message.endswith(".")
    assert str(tmp_path) not in str(caught.value)
    assert capfd.readouterr() == ("", "")  # FFmpeg's own chatter is kept away


def test_file_without_permission(tmp_path, write, make_tone):
    path = write(tmp_path / "a.wav", make_tone(0.1))
    path.chmod(0)
    if os.access(path, os.R_OK):
        path.unlink()  # the superuser may read everything; then only "missing" is left to see
    with pytest.raises(MediaError) as caught:
        load_recording(path)
    assert caught.value.code == "media.missing"


@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsecret.wav\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile secret.wav\n",
    ],
    ids=["hls", "concat"],
)
def test_playlist_cannot_pull_in_other_files(playlist, tmp_path, write, make_tone):
    write(tmp_path / "secret.wav", make_tone(1.0))
    path = tmp_path / "upload.mp3"
    path.write_text(playlist)
    with pytest.raises(MediaError) as caught:
        load_recording(path)
    assert caught.value.code == "media.unreadable"


def test_name_is_never_taken_for_an_address(tmp_path, write, make_tone, monkeypatch):
    plain = write(tmp_path / "a.wav", make_tone(0.5))
    odd = plain.rename(tmp_path / "concat:a|b %20#?é.wav")
    assert load_recording(odd).duration_s == pytest.approx(0.5)
    monkeypatch.chdir(tmp_path)
    assert load_recording(odd.relative_to(tmp_path)).duration_s == pytest.approx(0.5)
