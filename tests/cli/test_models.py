"""`sdc models`, from a fake of the Hugging Face Hub on loopback."""

import json
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.hub import REPO, FakeHub, fake_hub
from sdc.transcribe.ggml import REPOSITORY
from sdc.transcribe.shelves import SHELVES


class Run:
    """`sdc` in a process of its own: the hub's library reads its settings once."""

    def __init__(self, home: Path, hub: FakeHub | None = None) -> None:
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "SDC_"))}
        self.env |= {"HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1", "SDC_HOME": str(home / "sdc")}
        self.env |= {"HF_ENDPOINT": hub.url} if hub else {"HF_HUB_OFFLINE": "1"}

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sdc.cli", "models", *arguments]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def fetched(tiny_whisper, tmp_path_factory):
    """A machine with one model that was fetched, and what was said on the way."""
    home = tmp_path_factory.mktemp("home")
    with fake_hub(tiny_whisper) as hub:
        said = Run(home, hub)("fetch", REPO)
    return home, said


def test_a_model_is_fetched_with_a_note(fetched):
    _, said = fetched
    assert said.returncode == 0, said.stderr
    assert f"fetching {REPO}" in said.stderr
    assert REPO in said.stdout
    assert " MB" in said.stdout


def test_it_is_listed_with_size_and_place(fetched, tiny_whisper):
    home, _ = fetched
    listed = Run(home)("--format", "json")
    (model,) = json.loads(listed.stdout)["models"]
    assert (model["name"], model["engine"]) == (REPO, "faster-whisper")
    assert model["size_bytes"] == sum(f.stat().st_size for f in tiny_whisper.iterdir())
    assert Path(model["place"]).is_relative_to(home)
    assert (Path(model["place"]) / "model.bin").is_file()
    table = Run(home)()
    assert REPO in table.stdout
    assert "sdc models fetch NAME" in table.stderr


def test_a_model_that_is_here_is_not_fetched_again(fetched):
    home, _ = fetched
    said = Run(home)("fetch", REPO, "--format", "json")
    assert "is here already" in said.stderr
    assert [m["name"] for m in json.loads(said.stdout)["models"]] == [REPO]


def test_a_download_that_broke_off_is_no_model(fetched, tmp_path):
    """The small files have come, the weights have not."""
    home = shutil.copytree(fetched[0], tmp_path / "home", symlinks=True)
    for weights in home.rglob("model.bin"):
        weights.unlink()
    assert json.loads(Run(home)("--format", "json").stdout) == {"models": []}


@pytest.fixture(scope="module")
def ggml_folder(tmp_path_factory):
    """A folder of the hub with one file; what it holds is not looked at when it is fetched."""
    folder = tmp_path_factory.mktemp("ggml")
    (folder / "ggml-tiny.bin").write_bytes(b"lmgg" + bytes(500_000))
    return folder


def test_a_model_of_whisper_cpp(ggml_folder, tmp_path):
    with fake_hub(ggml_folder, repo=REPOSITORY) as hub:
        said = Run(tmp_path, hub)("fetch", "tiny", "--engine", "whisper.cpp", "--format", "json")
        assert said.returncode == 0, said.stderr
        hub.asked.clear()
        assert "is here already" in Run(tmp_path, hub)("fetch", "tiny", "--engine", "whisper.cpp").stderr
        assert hub.asked == []
    listed = json.loads(Run(tmp_path)("--format", "json").stdout)
    assert listed == json.loads(said.stdout)
    (model,) = listed["models"]
    assert (model["name"], model["engine"], model["size_bytes"]) == ("tiny", "whisper.cpp", 500_004)
    assert Path(model["place"]).name == "ggml-tiny.bin"


def test_a_model_that_the_repository_does_not_hold(ggml_folder, tmp_path):
    with fake_hub(ggml_folder, repo=REPOSITORY) as hub:
        said = Run(tmp_path, hub)("fetch", "base", "--engine", "whisper.cpp")
    assert said.returncode == 1
    assert "engine.model-missing" in said.stderr


@pytest.mark.parametrize("name", ["enormous", "owner/model"])
def test_a_name_that_whisper_cpp_does_not_know(sdc, name):
    result = sdc("models", "fetch", name, "--engine", "whisper.cpp")
    assert result.exit_code == 1
    assert "engine.model-unknown" in result.stderr
    assert "large-v3-turbo" in result.stderr


def test_a_service_has_no_models_here(sdc):
    result = sdc("models", "fetch", "auto", "--engine", "openai")
    assert result.exit_code == 2
    assert "settings.engine" in result.stderr


def test_nothing_on_disk(sdc, monkeypatch):
    shelf = replace(SHELVES["faster-whisper"], on_disk=lambda: ())
    monkeypatch.setattr("sdc.transcribe.shelves.SHELVES", {"faster-whisper": shelf})
    assert sdc("models").stdout == "There is no model on this machine.\n"


def test_a_name_that_there_is_not(sdc):
    result = sdc("models", "fetch", "enormous")
    assert result.exit_code == 1
    assert "engine.model-unknown" in result.stderr
    assert "large-v3-turbo" in result.stderr


@pytest.mark.parametrize(("name", "engine"), [("tiny", "whisper.cpp"), ("tiny", "faster-whisper")])
def test_without_a_network_it_is_said_at_once(tmp_path, name, engine):
    with socket.socket() as nobody:  # bound and not listening: refuses, as a machine without a network does
        nobody.bind(("127.0.0.1", 0))
        machine = Run(tmp_path)
        machine.env |= {"HF_ENDPOINT": f"http://127.0.0.1:{nobody.getsockname()[1]}", "HF_HUB_OFFLINE": "0"}
        said = machine("fetch", name, "--engine", engine)
    assert said.returncode == 1
    assert "[engine.model-missing]" in said.stderr
    assert "Retry" not in said.stderr  # the hub's library waits longer and longer, for 23 s
