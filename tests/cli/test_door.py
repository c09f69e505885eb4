"""What a first hour brings: wrong words, missing parts, full disks, no network. One sentence each, no traceback."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sdc.cli import door
from sdc.cli.contents import CONTENTS, OTHER_WORDS
from sdc.errors import SDCError
from wav import write_wav

SDC = [sys.executable, "-m", "sdc.cli"]
DEAD = "http://127.0.0.1:9"  # nobody listens on the port of "discard"


def run(home: Path, *words: object, to: Path | None = None, **more: object) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "SDC_HOME": str(home / "home"), **more.pop("env", {})}
    with (to or Path(os.devnull)).open("w") as out:
        return subprocess.run(
            [*SDC, *map(str, words)],
            env=env,
            stdout=out if to else subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
            **more,
        )


def one_sentence(said: str, code: str) -> None:
    assert "Traceback" not in said, said
    lines = [line for line in said.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1, said
    assert lines[0].endswith(f"[{code}]"), said


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["anlyze", "a.cha"], "analyze"),
        (["finetune", "trian"], "train"),
        (["measures"], "analyze FILE"),
        (["delete", "Mia"], "erase CHILD"),
        (["serve", "--prot", "1"], "--port"),
        (["goals", "add", "Mia"], "The child comes first: `sdc goals Mia add`."),
    ],
)
def test_a_wrong_word_is_answered_with_the_right_one(sdc, words, meant):
    result = sdc(*words)
    assert result.exit_code == 2, result.output
    assert meant in result.stderr


def test_words_for_a_command_name_none_and_lead_to_one():
    commands = {name for lines in CONTENTS.values() for name in lines}
    assert not commands & OTHER_WORDS.keys()
    assert {meant.split()[0] for meant in OTHER_WORDS.values()} <= commands | {"--version", "--help"}


@pytest.mark.parametrize("words", [["analyze"], ["convert"], ["check"], ["transcribe"], ["add", "--child", "Mia"]])
def test_a_wrong_path_is_named(sdc, tmp_path, words):
    result = sdc(words[0], tmp_path / "nowhere.cha", *words[1:])
    assert result.exit_code == 1
    one_sentence(result.stderr, "input.missing")
    assert "nowhere.cha" in result.stderr


def test_a_measure_that_is_none_brings_the_near_ones(sdc, cha):
    sdc("add", cha(), "--child", "Mia")
    result = sdc("progress", "Mia", "--measure", "mlu")
    assert result.exit_code == 1
    assert "Did you mean mlu_words or" in result.stderr


@pytest.mark.parametrize(
    ("setting", "module", "extra"),
    [
        (("SDC_EMBEDDER", "fastembed"), "fastembed", "fastembed"),
        (("SDC_EMBEDDER", "sentence-transformers"), "sentence_transformers", "sentence-transformers"),
        (("SDC_VECTORS", "faiss"), "faiss", "faiss"),
    ],
)
def test_a_missing_extra_is_a_command_that_installs_it(sdc, cha, monkeypatch, setting, module, extra):
    sdc("add", cha(), "--child", "Mia")
    monkeypatch.setitem(sys.modules, module, None)  # what an import finds where it is not installed
    monkeypatch.setenv(*setting)
    result = sdc("search", "Mia", "dog")
    assert result.exit_code == 1
    one_sentence(result.stderr, "engine.extra-missing")
    assert f"pip install 'speech-development-companion[{extra}]'" in result.stderr


def test_no_network_and_no_model_say_how_to_get_one(tmp_path, hissing_wav):
    env = {"HTTPS_PROXY": DEAD, "HTTP_PROXY": DEAD, "HF_HOME": str(tmp_path / "hub"), "NO_PROXY": "", "no_proxy": ""}
    result = run(tmp_path, "transcribe", hissing_wav, env=env)
    assert result.returncode == 1
    one_sentence(result.stderr, "engine.model-missing")
    assert "Connect to the internet once, or set SDC_WHISPER_MODEL" in result.stderr


@pytest.fixture
def hissing_wav(tmp_path: Path) -> Path:
    return write_wav(tmp_path / "hiss.wav", np.random.default_rng(0).normal(0, 0.09, 16_000))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["--help"], ["doctor"], ["analyze", "FILE", "--format", "json"]])
def test_a_full_disk_below_the_output_is_told(tmp_path, cha, words):
    result = run(tmp_path, *(cha() if w == "FILE" else w for w in words), to=Path("/dev/full"))
    assert result.returncode == 1
    one_sentence(result.stderr, "machine.full")
    assert "Exception ignored" not in result.stderr


@pytest.mark.embedded  # its file is what grows too large
def test_a_store_without_room_is_told(tmp_path, cha):
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    result = run(tmp_path, "add", cha(), "--child", "Mia", preexec_fn=little_room)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("error: ")
    assert not run(tmp_path, "add", cha(), "--child", "Mia").returncode  # and goes on when there is room


def test_a_refusal_of_the_machine_names_the_place():
    told = door.of_the_machine(PermissionError(13, "Permission denied", "/a/b"))
    assert str(told).startswith("/a/b: The machine refused (Permission denied). ")
    assert door.of_the_machine(OSError("odd")).message == "The machine refused (odd)."


def test_a_fault_of_our_own_is_one_sentence_without_what_was_processed(sdc, monkeypatch):
    def broken(*_: object) -> None:
        raise KeyError("Mia's secret")

    monkeypatch.setattr("sdc.pipeline.doctor.examine", broken)
    result = sdc("doctor")
    assert result.exit_code == 1
    one_sentence(result.stderr, "sdc.fault")
    assert "KeyError at doctor.py:" in result.stderr
    assert "secret" not in result.stderr
    assert isinstance(door.of_our_own(KeyError("x")), SDCError)
