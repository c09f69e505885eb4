"""The flat recipe makes the very adapter of `sdc finetune train`."""

import json
import runpy

import pytest
import yaml

from sdc.companion.engines.adapter import weights_digest
from sdc.errors import SettingsError
from sdc.finetune.presets import preset
from sdc.finetune.training.options import read_options
from sdc.finetune.training.train import Task, train

QUICK = {"learning_rate": 0.01, "epochs": 1, "rank": 4}


@pytest.fixture(scope="module")
def recipes(request):
    return request.config.rootpath / "recipes"


@pytest.fixture(scope="module")
def main(recipes):
    return runpy.run_path(str(recipes / "finetune.py"))["main"]


def test_the_same_bits_as_the_command(main, recipes, make_model, line_data, tmp_path):
    folder = make_model(preset("tinyllama-1.1b"), num_hidden_layers=1, max_position_embeddings=256)
    told = [f"{k}={v}" for k, v in QUICK.items()]
    told += [f"model={folder}", f"data={line_data}", f"output={tmp_path / 'recipe'}", "preset=tinyllama-1.1b"]
    ours = main(recipes / "finetune.yaml", told)
    options = read_options(recipes / "lora.yaml", QUICK)
    theirs = train(Task(str(folder), line_data, tmp_path / "command", options, "tinyllama-1.1b"))
    assert weights_digest(tmp_path / "recipe/adapter") == weights_digest(tmp_path / "command/adapter")
    same = set(theirs) - {"n_parameters", "n_trainable", "kept_in", "n_tokens", "device", "seconds"}
    assert same <= set(ours) and {k: ours[k] for k in same} == {k: theirs[k] for k in same}
    assert json.loads((tmp_path / "recipe/run.json").read_text()) == ours


def test_the_yaml_names_every_part_of_the_recipe(main, recipes):
    assert set(main.__globals__["OF_THE_RECIPE"]) <= set(yaml.safe_load((recipes / "finetune.yaml").read_text())) | {
        "preset"
    }
    with pytest.raises(SettingsError, match="There is no option learning"):
        main(recipes / "finetune.yaml", ["learning=1"])
