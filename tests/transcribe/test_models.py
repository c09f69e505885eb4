"""Finding and fetching models, from a fake of the Hugging Face Hub on loopback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.hub import REPO, SHA, FakeHub, fake_hub
from sdc.errors import ModelMissingError
from sdc.transcribe.models import fetch_model, find_model, model_names, model_revision

PROGRAM = """
import sys
from sdc.errors import SDCError
from sdc.transcribe.models import fetch_model, find_model
print("before", find_model(sys.argv[1]))
try:
    print("fetched", fetch_model(sys.argv[1]))
except SDCError as error:
    print("error", error.code)
print("after", find_model(sys.argv[1]))
"""


def fetch(hub: FakeHub, home: Path, name: str = REPO) -> dict[str, str]:
    """Fetch in a process of its own: the hub's library reads its settings once."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("HF_")}
    env |= {"HF_ENDPOINT": hub.url, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1", "HF_HUB_DOWNLOAD_TIMEOUT": "5"}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, name], env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr
    return dict(line.split(" ", 1) for line in run.stdout.splitlines())


def test_a_folder_is_a_model_when_it_is_whole(tiny_whisper, tmp_path):
    assert find_model(str(tiny_whisper)) == tiny_whisper
    assert fetch_model(str(tiny_whisper)) == tiny_whisper
    part = shutil.copytree(tiny_whisper, tmp_path / "part")
    (part / "tokenizer.json").unlink()
    assert find_model(str(part)) is None
    with pytest.raises(ModelMissingError) as caught:
        fetch_model(str(part))
    assert caught.value.message.endswith("it lacks tokenizer.json.")


def test_a_name_that_there_is_not():
    assert find_model("enormous") is None
    with pytest.raises(ModelMissingError) as caught:
        fetch_model("enormous")
    assert caught.value.code == "engine.model-unknown"
    assert "large-v3-turbo" in caught.value.hint


def test_names_that_people_use():
    assert {"tiny", "base", "small", "large-v3-turbo"} <= set(model_names())


def test_a_model_is_fetched_once_and_found_without_the_network(tiny_whisper, tmp_path):
    with fake_hub(tiny_whisper) as hub:
        told = fetch(hub, tmp_path)
        assert told["before"] == "None"
        folder = Path(told["fetched"])
        assert told["after"] == str(folder)
        assert folder.name == SHA
        assert model_revision(folder) == model_revision(tiny_whisper)
        assert (folder / "tokenizer.json").read_bytes() == (tiny_whisper / "tokenizer.json").read_bytes()
        hub.asked.clear()
        assert fetch(hub, tmp_path)["before"] == str(folder)
        assert hub.asked == []


def test_a_download_that_breaks_off_is_told_and_taken_up_again(tiny_whisper, tmp_path):
    with fake_hub(tiny_whisper, break_after=300_000) as hub:
        assert fetch(hub, tmp_path) == {"before": "None", "error": "engine.model-missing", "after": "None"}
    with fake_hub(tiny_whisper) as hub:
        assert "fetched" in fetch(hub, tmp_path)
        got = [path.rpartition("/")[2] for command, path, _ in hub.asked if command == "GET" and "resolve" in path]
        assert got == ["model.bin"]  # the small files had arrived


def test_a_repository_that_there_is_not(tiny_whisper, tmp_path):
    with fake_hub(tiny_whisper) as hub:
        assert fetch(hub, tmp_path, "made-up/nothing")["error"] == "engine.model-missing"


def test_no_hub_at_all(tiny_whisper, tmp_path):
    with fake_hub(tiny_whisper) as hub:
        pass
    assert fetch(hub, tmp_path)["error"] == "engine.model-missing"  # the port is closed


def test_the_hub_is_told_nothing_of_this_machine(tiny_whisper, tmp_path):
    with fake_hub(tiny_whisper) as hub:
        fetch(hub, tmp_path)
    assert hub.agents
    assert not [agent for agent in hub.agents if agent is None or "torch" in agent or "tensorflow" in agent]
