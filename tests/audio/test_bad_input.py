"""Recordings that nobody wants: each is one clear error, or measures without values and the reasons."""

import itertools
import struct
import warnings
from math import isfinite

import numpy as np
import pytest

import sdc
from sdc.audio import load_recording, probe
from sdc.audio.decoding import MAX_DAMAGE, SoundLine, decode_sound
from sdc.errors import MediaError
from sdc.formats.chat.reader import read_chat

RATE = 16000
ACOUSTIC = ("f0_median", "f0_sd_st", "intensity_sd_db", "hnr_db", "jitter_local_pct", "shimmer_local_pct")
ACOUSTIC += ("vocal_arousal", "articulation_rate", "pauses_per_min", "phonation_pct")
TALK = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child\n@ID:\teng|made-up|CHI|||||Target_Child|||\n"
TALK += "".join(f"*CHI:\tthe dog is here . \x15{start}_{start + 400}\x15\n" for start in range(0, 5000, 400)) + "@End\n"

INT, FLOAT = 1, 3


def write_wav(path, data, rate=RATE, *, channels=1, bits=16, kind=INT, promised=None):
    """Write a WAV by hand, whatever its header then says."""
    size, block = len(data) if promised is None else promised, channels * bits // 8
    form = struct.pack("<IHHIIHH", 16, kind, channels, rate, rate * block & 0xFFFFFFFF, block, bits)
    path.write_bytes(b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt " + form + b"data" + struct.pack("<I", size))
    with path.open("ab") as file:
        file.write(data)
    return path


def noise(n, level=0.1):
    return np.random.default_rng(7).normal(size=n) * level


def sixteen(samples):
    return (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def voice(planted):
    return planted(300, 5.0, jitter=0.01).samples


CASES = {
    "pure silence": lambda path, planted: write_wav(path, bytes(2 * 5 * RATE)),
    "pure noise": lambda path, planted: write_wav(path, sixteen(noise(5 * RATE))),
    "clipped": lambda path, planted: write_wav(path, sixteen(20 * voice(planted))),
    "8 kHz": lambda path, planted: write_wav(path, sixteen(voice(planted)[::2]), 8000),
    "six channels at 96 kHz": lambda path, planted: write_wav(
        path, sixteen(np.repeat(np.repeat(voice(planted), 6), 6)), 96000, channels=6
    ),
    "not a number": lambda path, planted: write_wav(
        path, np.where(noise(5 * RATE) > 0.25, np.nan, voice(planted)).astype("<f4").tobytes(), bits=32, kind=FLOAT
    ),
    "only not a number": lambda path, planted: write_wav(
        path, np.full(5 * RATE, np.nan, "<f4").tobytes(), bits=32, kind=FLOAT
    ),
    "not a number at 44.1 kHz": lambda path, planted: write_wav(
        path, np.where(noise(220_500) > 0.4, np.nan, 0.1).astype("<f4").tobytes(), 44100, bits=32, kind=FLOAT
    ),
    "infinite": lambda path, planted: write_wav(
        path, np.where(noise(5 * RATE) > 0.25, np.inf, voice(planted)).astype("<f4").tobytes(), bits=32, kind=FLOAT
    ),
    "huge": lambda path, planted: write_wav(path, (voice(planted) * 1e30).astype("<f4").tobytes(), bits=32, kind=FLOAT),
    "one direct voltage": lambda path, planted: write_wav(path, sixteen(np.full(5 * RATE, 0.5))),
    "one sample": lambda path, planted: write_wav(path, sixteen(np.full(1, 0.5))),
    "shorter than a frame": lambda path, planted: write_wav(path, sixteen(noise(100))),
    "cut off": lambda path, planted: write_wav(path, sixteen(voice(planted))[: 2 * RATE], promised=10 * RATE),
}
SAID = {
    "pure silence": "the recording holds only silence",
    "pure noise": "no speech was found in the recording",
    "clipped": "too loud and distorted",
    "8 kHz": "8000 samples a second",
    "only not a number": "the recording holds only silence",
}
"""Case → what is said of the harmonics-to-noise ratio."""


@pytest.mark.parametrize("name", CASES)
def test_no_value_is_made_up_and_no_error_comes_through(name, tmp_path, planted):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # NumPy's warnings: a division by 0, the mean of nothing
        sound = sdc.load_sound(CASES[name](tmp_path / "a.wav", planted))
        found = sdc.analyze(read_chat(TALK, source="made-up.cha"), sound).speakers["CHI"].measures
    for measure in (found[id] for id in ACOUSTIC):
        assert (measure.value is None) == bool(measure.reason)
        assert measure.value is None or isfinite(measure.value)
    assert SAID.get(name, "") in (found["hnr_db"].reason or "")
    assert sdc.load_sound(tmp_path / "a.wav").quality == sound.quality  # and the same again


@pytest.mark.parametrize(
    ("rate", "channels", "words"),
    [
        (1, 1, "1 samples a second"),  # would fill hours
        (2**31 - 1, 1, "samples a second"),
        (RATE, 64, "64 channels"),  # would end the process
        (RATE, 300, "channels"),
    ],
)
def test_a_header_that_cannot_be_true_is_refused_before_decoding(tmp_path, monkeypatch, rate, channels, words):
    path = write_wav(tmp_path / "a.wav", sixteen(noise(9600)), rate, channels=channels)
    monkeypatch.setattr(SoundLine, "add", lambda *_: pytest.fail("decoded"))
    for door in (load_recording, probe):
        with pytest.raises(MediaError) as caught:
            door(path)
        assert caught.value.code == "media.unreadable"
        assert words in caught.value.message


def test_three_hours_are_refused_without_decoding(tmp_path, monkeypatch):
    path, size = tmp_path / "long.wav", 3 * 3600 * 8000
    write_wav(path, b"", 8000, bits=8, promised=size)
    with path.open("r+b") as file:
        file.truncate(44 + size)  # a hole: takes no room on the disk
    monkeypatch.setattr(SoundLine, "add", lambda *_: pytest.fail("decoded"))
    with pytest.raises(MediaError) as caught:
        sdc.load_sound(path)
    assert caught.value.code == "media.too-long"
    assert "60 minutes" in caught.value.message


class Endless:
    """A container whose packets never end."""

    start_time = None

    def __init__(self, decode):
        self.n, self.decode = 0, decode

    def demux(self, stream):
        for self.n in itertools.count(1):
            yield self


def test_sound_without_an_end_stops_at_the_limit():
    import av

    from sdc.audio.decoding import TooLongError

    def decode():
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = RATE
        return [frame]

    endless = Endless(decode)
    with pytest.raises(TooLongError):
        decode_sound(endless, None, limit_s=10.0)
    assert endless.n <= 10.0 * RATE / 1024 + 2


def test_damage_without_an_end_is_given_up():
    import av

    def decode():
        raise av.error.InvalidDataError(1, "damaged")

    endless = Endless(decode)
    assert decode_sound(endless, None, limit_s=10.0).samples.size == 0
    assert endless.n == MAX_DAMAGE + 1


def test_channels_that_appear_later_are_damage_not_the_end():
    import av

    frames = []
    for layout, channels in (("mono", 1), ("hexadecagonal", 16), ("mono", 1)):
        frame = av.AudioFrame.from_ndarray(np.full((1, 1024 * channels), 0.1, np.float32), format="flt", layout=layout)
        frame.sample_rate = RATE
        frames.append([frame])
    packets = iter([*frames, []])

    class Changing(Endless):
        def demux(self, stream):
            yield from (Endless(lambda f=f: f) for f in packets)

    found = decode_sound(Changing(None), None)
    assert found.samples.size == 2048
    assert len(found.damaged_at_s) == 1


def test_a_silent_film_is_told(tmp_path, write):
    with pytest.raises(MediaError) as caught:
        sdc.load_sound(write(tmp_path / "a.mp4", None, picture_s=1.0))
    assert (caught.value.code, caught.value.message) == ("media.no-audio", "The video has no sound track.")


def test_an_empty_file_is_told(tmp_path):
    (tmp_path / "a.mp3").touch()
    with pytest.raises(MediaError) as caught:
        sdc.load_sound(tmp_path / "a.mp3")
    assert caught.value.code == "media.empty"
