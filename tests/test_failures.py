"""Bad input, all in one place: each gives one clear error about itself, the rest is done, exit status 1."""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import av
import numpy as np
import pytest

SDC = [sys.executable, "-m", "sdc.cli"]
GOOD = (
    "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child, MOT Mother\n"
    "@ID:\teng|made-up|CHI|3;06.00|female|||Target_Child|||\n@ID:\teng|made-up|MOT|||||Mother|||\n"
    "*MOT:\twhat is that ?\n*CHI:\ta big train .\n@End\n"
)


def sdc(*arguments: object, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SDC, *map(str, arguments)],
        env={**os.environ, "SDC_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def silent_video(path: Path) -> None:
    """A video without a sound track."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for _ in range(10):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def empty_wav(path: Path) -> None:
    """A sound file without a single sample."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)


def make(folder: Path, name: str) -> Path:
    path = folder / name
    match name:
        case "empty.cha":
            path.write_bytes(b"")
        case "binary.cha":
            path.write_bytes(bytes(range(256)) * 40)
        case "no-begin.cha":
            path.write_text("*CHI:\thello .\n*MOT:\thi .\n")
        case "truncated.cha":
            path.write_text(GOOD[: GOOD.index("train") + 2])
        case "latin1.cha":
            path.write_bytes(GOOD.replace("a big train", "a big garçon").encode("latin-1"))
        case "long-line.cha":
            path.write_text(GOOD.replace("a big train .", "a big " * 400_000 + "train ."))
        case "text.mp3":
            path.write_text("This is not a sound.\n" * 20)
        case "silent.mp4":
            silent_video(path)
        case "no-samples.wav":
            empty_wav(path)
        case "shopping.json":
            path.write_text('{"milk": 2}')
        case "broken.json":
            path.write_text('{"segments": [')
        case "empty-folder":
            path.mkdir()
            (path / "notes.txt").write_text("nothing here")
        case "not-there.cha":
            pass
    return path


BAD = {
    "empty.cha": "chat.empty",
    "binary.cha": "chat.binary",
    "no-begin.cha": "chat.no-begin",
    "truncated.cha": "chat.truncated",
    "latin1.cha": "chat.invalid-utf8",
    "long-line.cha": "chat.line-too-long",
    "text.mp3": "media.unreadable",
    "silent.mp4": "media.no-audio",
    "no-samples.wav": "media.empty",
    "shopping.json": "json.unknown-shape",
    "broken.json": "json.not-json",
    "empty-folder": "input.empty-folder",
    "not-there.cha": "input.missing",
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.cha"
    path.write_text(GOOD)
    return path


@pytest.mark.parametrize("name", BAD)
def test_analyze_says_what_is_wrong_and_does_the_rest(name: str, good: Path, tmp_path: Path):
    bad = make(tmp_path, name)
    run = sdc("analyze", bad, good, "--format", "json", home=tmp_path / "home")
    assert run.returncode == 1, run.stderr
    document = json.loads(run.stdout)
    assert [s["source"] for s in document["sessions"]] == ["good.cha"]
    (failure,) = document["failures"]
    assert failure["code"] == BAD[name]
    assert Path(failure["source"]).name == name
    assert len(failure["message"]) < 300
    lines = [line for line in run.stderr.splitlines() if line.startswith("error:")]
    assert len(lines) == 1
    assert name in lines[0]
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("name", BAD)
def test_add_says_what_is_wrong_and_does_the_rest(name: str, good: Path, tmp_path: Path):
    bad = make(tmp_path, name)
    home = tmp_path / "home"
    run = sdc("add", bad, good, "--child", "Ada", home=home)
    assert run.returncode == 1, run.stdout + run.stderr
    lines = [line for line in run.stderr.splitlines() if line.startswith("error:")]
    assert len(lines) == 1, run.stderr
    assert name in lines[0]
    assert BAD[name] in lines[0]
    assert "Traceback" not in run.stderr
    kept = json.loads(sdc("sessions", "Ada", "--format", "json", home=home).stdout)
    assert [s["source"] for s in kept["sessions"]] == ["good.cha"]


def test_wrong_usage_is_status_2(tmp_path: Path):
    for arguments in (["analyze"], ["analyze", "x", "--format", "xml"], ["add", "x.cha"], ["nothing"]):
        run = sdc(*arguments, home=tmp_path / "home")
        assert run.returncode == 2, (arguments, run.stderr)
        assert "Traceback" not in run.stderr


def test_wrong_setting_is_status_2(tmp_path: Path):
    run = subprocess.run(
        [*SDC, "children"], env={**os.environ, "SDC_PORT": "x"}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert "SDC_PORT" in run.stderr


def test_unknown_child_is_an_error(tmp_path: Path):
    run = sdc("sessions", "Nobody", home=tmp_path / "home")
    assert run.returncode == 1
    assert "Nobody" in run.stderr
