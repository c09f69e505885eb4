"""Files that somebody made to break the program that reads them: one clear error each, in bounded memory."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import av
import numpy as np
import pytest

from sdc.audio import load_recording
from sdc.errors import InputError, MediaError, SDCError
from sdc.formats import read_path
from sdc.store.incoming import MAX_FILE_BYTES

HEAD = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child\n@ID:\teng|x|CHI|||||Target_Child|||\n"
DEEP = 10_000
GIB = 2**30


def cha(*lines: str) -> str:
    return HEAD + "\n".join(lines) + "\n@End\n"


REFUSED = {
    "deep session.json": (
        '{"schema": "sdc.session/1", "utterances": ' + "[" * DEEP + "]" * DEEP + "}",
        "json.not-json",
    ),
    "deep whisper.json": ('{"text": "a", "segments": ' + "[" * DEEP + "]" * DEEP + "}", "json.not-json"),
    "objects.json": ('{"segments": ' * DEEP + "1" + "}" * DEEP, "json.not-json"),
    "digits.json": ('{"segments": [{"start": ' + "9" * 5000 + "}]}", "json.not-json"),
    "twice.json": ('{"segments": [{"start": 0, "end": 1, "text": " No."}], "segments": []}', "json.not-json"),
    "twice session.json": ('{"schema": "sdc.session/1", "source": "a", "source": "b"}', "json.not-json"),
    "participants.cha": (
        HEAD.replace("CHI Target_Child", ", ".join(f"C{i:05d} Child" for i in range(80_000))),
        "chat.line-too-long",
    ),
    "one line.cha": (cha("*CHI:\t" + "ba " * 400_000 + "."), "chat.line-too-long"),
}
ONE_LINE = '<TIER TIER_ID="CHI"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a"/></ANNOTATION></TIER>'
TIERS = 60_000
SLOW = {
    "voices.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\n" + "<v." * 100_000,
    "hanging.eaf": "".join(f'<TIER TIER_ID="x{i + 1}" PARENT_REF="x{i}"/>' for i in range(TIERS)),
    "nested.eaf": "".join(f'<TIER TIER_ID="x{i}">' for i in range(TIERS)) + "</TIER>" * TIERS,
    "points.TextGrid": '"ooTextFile"\n"TextGrid"\n0 1 <exists>\n100000\n'
    + "".join(f'"TextTier" "p{i}" 0 1 0\n' for i in range(100_000)),
}
"""Annotations whose reading took minutes while it grew with the square of their size."""
BINARY = cha("*CHI:\ta\x00b .")
READ = {
    "brackets.cha": cha("*CHI:\t" + "<" * 20_000 + " a " + ">" * 20_000 + " [/] ."),
    "open.cha": cha("*CHI:\t" + "[" * 50_000 + " ."),
    "long.cha": cha(*["*CHI:\t" + "ba " * 10_000 + "."] * 3),
    "escape.cha": cha("*CHI:\ta \x1b[2Jc ."),
}


def run(*arguments: object, memory: int) -> subprocess.CompletedProcess[str]:
    """Run `sdc` with no more than so much memory."""
    limited = f'ulimit -v {memory // 1024}; exec "$@"'
    command = ["bash", "-c", limited, "bash", sys.executable, "-m", "sdc.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env={**os.environ})


@pytest.mark.parametrize("name", REFUSED)
def test_transcripts_that_are_refused(tmp_path: Path, name: str) -> None:
    text, code = REFUSED[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_path(tmp_path / name)
    assert (caught.value.code, caught.value.source) == (code, name)
    assert caught.value.hint


def test_a_key_given_twice_is_named(tmp_path: Path) -> None:
    (tmp_path / "twice.json").write_text(REFUSED["twice.json"][0])
    with pytest.raises(InputError, match="'segments' stands twice"):
        read_path(tmp_path / "twice.json")


def test_the_rest_goes_on_in_bounded_memory(tmp_path: Path) -> None:
    for name, text in READ.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("deep session.json", "one line.cha"):
        (tmp_path / name).write_text(REFUSED[name][0], encoding="utf-8")
    (tmp_path / "binary.cha").write_text(BINARY, encoding="utf-8")
    with (tmp_path / "film.cha").open("wb") as file:  # 10,000 lines of 100 kB
        file.truncate(GIB)
    with (tmp_path / "film.json").open("wb") as file:
        file.truncate(GIB)
    (tmp_path / "fine.cha").write_text(cha("*CHI:\tno ."), encoding="utf-8")
    done = run("analyze", tmp_path, "--format", "json", memory=3 * GIB // 2)
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert {session["source"] for session in told["sessions"]} == {*READ, "fine.cha"}
    assert {failure["source"]: failure["code"] for failure in told["failures"]} == {
        "binary.cha": "chat.binary",
        "film.cha": "input.too-large",
        "one line.cha": "chat.line-too-long",
    }
    assert "\x1b" not in done.stderr


def test_annotations_take_time_by_their_size_and_not_by_its_square(tmp_path: Path) -> None:
    for name, text in SLOW.items():
        whole = f"<ANNOTATION_DOCUMENT>{ONE_LINE}{text}</ANNOTATION_DOCUMENT>" if name.endswith(".eaf") else text
        (tmp_path / name).write_text(whole, encoding="utf-8")
    told = json.loads(run("analyze", tmp_path, "--format", "json", memory=3 * GIB // 2).stdout)  # ended after 120 s
    assert {failure["source"]: failure["code"] for failure in told["failures"]} == {
        "hanging.eaf": "annotation.no-lines",
        "nested.eaf": "annotation.no-lines",
        "points.TextGrid": "annotation.no-lines",
        "voices.vtt": "annotation.too-much",
    }


def write_wav(path: Path, seconds: float, promised_bytes: int, rate: int = 16_000) -> Path:
    data = bytes(2 * round(seconds * rate))
    form = struct.pack("<IHHIIHH", 16, 1, 1, rate, 2 * rate, 2, 16)
    head = b"RIFF" + struct.pack("<I", 36 + promised_bytes) + b"WAVEfmt " + form + b"data"
    path.write_bytes(head + struct.pack("<I", promised_bytes) + data)
    return path


def write_flac(path: Path, hours: float) -> Path:
    """Write silence, less than a megabyte for an hour, into a file that does not tell its length."""
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=8000)
        stream.layout = "mono"
        block = np.zeros((1, 8000 * 60), np.int16)
        for number in range(round(hours * 60)):
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = 8000, number * block.size
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    data = bytearray(path.read_bytes())
    data[21] &= 0xF0  # STREAMINFO: 36 bits of the number of samples
    data[22:26] = bytes(4)
    path.write_bytes(data)
    return path


def write_video(path: Path, side: int) -> Path:
    """Write a second of sound beside PNG pictures that say they are ``side`` pixels wide and high."""
    with av.open(str(path), "w", format="mov") as container:
        video, sound = container.add_stream("png", rate=5), container.add_stream("pcm_s16le", rate=16_000)
        video.width = video.height = 64
        video.pix_fmt, sound.layout = "rgb24", "mono"
        for number in range(5):
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            picture.pts = number
            container.mux(video.encode(picture))
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 16_000), np.int16), format="s16", layout="mono")
        frame.sample_rate, frame.pts = 16_000, 0
        container.mux([*video.encode(None), *sound.encode(frame), *sound.encode(None)])
    data = bytearray(path.read_bytes())
    at = data.find(b"IHDR")
    while at >= 0:
        data[at + 4 : at + 12] = struct.pack(">II", side, side)
        data[at + 17 : at + 21] = struct.pack(">I", zlib.crc32(data[at : at + 17]))
        at = data.find(b"IHDR", at + 4)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a day.wav", lambda path: write_wav(path, 1, 24 * 3600 * 32_000)),
        ("a billion samples.wav", lambda path: write_wav(path, 1, 2 * 10**9)),
        ("longer than told.flac", lambda path: write_flac(path, 1.1)),
    ],
)
def test_recordings_that_are_too_long(tmp_path: Path, name: str, make) -> None:
    path = make(tmp_path / name)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(MediaError) as caught:
        load_recording(path, limit_s=3600)
    assert (caught.value.code, caught.value.source) == ("media.too-long", name)


def test_pictures_of_gigabytes_are_not_drawn(tmp_path: Path) -> None:
    """Without the limit of pixels, opening this file of 20 kB takes 800 MB."""
    path = write_video(tmp_path / "huge.mov", 16_000)
    code = "import re, sys\nfrom pathlib import Path\nfrom sdc.audio import load_recording\n"
    code += "print(len(load_recording(Path(sys.argv[1])).samples))\n"
    code += "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    samples, peak_kib = map(int, done.stdout.split())
    assert samples == 16_000
    assert peak_kib < 300_000


@pytest.mark.parametrize("name", ["a.cha", "a.json", "a.CHA"])
def test_a_transcript_as_large_as_a_film_is_not_taken_in(tmp_path: Path, name: str) -> None:
    from sdc.app import build_app
    from sdc.settings import Settings

    with build_app(Settings(home=tmp_path / "home")) as app:
        child = app.repository.add_child("Mia")
        with pytest.raises(SDCError) as caught:
            app.incoming.begin(child.id, name, MAX_FILE_BYTES + 1)
        assert caught.value.code == "upload.too-large"
        begun = app.incoming.begin(child.id, name)
        with pytest.raises(SDCError) as caught, app.incoming.append(begun.id, 0) as receiver:
            for _ in range(11):
                receiver.write(bytes(10**6))
        assert caught.value.code == "upload.too-large"
        assert app.incoming.begin(child.id, "a.mp4", MAX_FILE_BYTES + 1).size == MAX_FILE_BYTES + 1
