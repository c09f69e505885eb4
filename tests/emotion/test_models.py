"""Where a classifier lies, and how it comes from the hub."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from fakes.hub import SHA, fake_hub
from sdc.emotion import classifier
from sdc.emotion.models import find_classifier
from sdc.errors import ExtraMissingError, ModelMissingError

REPO = "made-up/tiny-whisper"
FILES = {
    "config.json": b"{}",
    "preprocessor_config.json": b"{}",
    "model.safetensors": b"weights",
    "README.md": b"---\nlicense: mit\n---\n",
    "pytorch_model.bin": b"a pickle",
    "run.py": b"raise SystemExit",
}
FIND = """
import json, sys
from sdc.emotion.models import find_classifier
from sdc.errors import SDCError
try:
    found = find_classifier(sys.argv[1])
    print(json.dumps({"files": sorted(p.name for p in found.folder.iterdir()), "revision": found.revision}))
except SDCError as error:
    print(json.dumps({"error": error.code}))
"""


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return folder


def find(hub, home, name):
    """Find in a process of its own: the hub's library reads its settings once."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "SDC_"))}
    env |= {"HF_ENDPOINT": hub.url, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1", "HF_HUB_DOWNLOAD_TIMEOUT": "5"}
    run = subprocess.run([sys.executable, "-c", FIND, name], env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_folder_is_told_by_the_sum_of_its_weights(model):
    found = find_classifier(str(model))
    assert found.folder == model
    assert found.revision == hashlib.sha256(b"weights").hexdigest()


@pytest.mark.parametrize("name", ["config.json", "preprocessor_config.json", "model.safetensors"])
def test_what_a_folder_lacks_is_told(model, name):
    (model / name).unlink()
    with pytest.raises(ModelMissingError) as caught:
        find_classifier(str(model))
    assert caught.value.code == "engine.model-incomplete"
    assert name in caught.value.message


def test_from_the_hub_with_its_commit_and_without_pickles_or_code(model, tmp_path):
    with fake_hub(model) as hub:
        found = find(hub, tmp_path, REPO)
    assert found == {
        "files": ["README.md", "config.json", "model.safetensors", "preprocessor_config.json"],
        "revision": SHA,
    }


def test_a_name_that_there_is_not(model, tmp_path):
    with fake_hub(model) as hub:
        assert find(hub, tmp_path, "made-up/nothing") == {"error": "engine.model-missing"}


def test_without_the_extra_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(classifier, "NEEDED", ("torch_that_is_not_there",))
    with pytest.raises(ExtraMissingError) as caught:
        classifier.check_extra()
    assert "[emotion]" in caught.value.hint


def test_nothing_is_loaded_where_no_model_is_named():
    heavy = "[m for m in sys.modules if m.partition('.')[0] in ('torch', 'transformers') or 'emotion' in m]"
    code = f"import sys; import sdc.pipeline.analyze, sdc.app; print({heavy})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
