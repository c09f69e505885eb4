"""Options: defaults, YAML over them, the command line over both."""

from pathlib import Path

import pytest

from sdc.errors import SettingsError
from sdc.finetune.training.options import TrainOptions, read_options

RECIPES = Path(__file__).parents[3] / "recipes"


def test_what_is_told_comes_over_the_file_and_that_over_the_defaults(tmp_path):
    (tmp_path / "o.yaml").write_text("rank: 4\nepochs: 2\n")
    assert read_options(tmp_path / "o.yaml", {"epochs": 5.0}) == TrainOptions(rank=4, epochs=5.0)
    assert read_options(None, {}) == TrainOptions()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rang: 4", "There is no option rang"),
        ("rank: 0", "rank cannot be 0"),
        ("rank: true", "rank cannot be True"),
        ("learning_rate: 2e-4", "learning_rate cannot be 2e-4"),  # YAML 1.1 reads a text
        ("dropout: 1.0", "dropout cannot be 1.0"),
        ("packing: 1", "packing cannot be 1"),
        ("method: full", "method cannot be full"),
        ("- rank", "no list of options"),
        ("a: [", "no YAML file"),
    ],
)
def test_what_cannot_be(tmp_path, text, told):
    (tmp_path / "o.yaml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_options(tmp_path / "o.yaml", {})
    assert caught.value.code == "finetune.option" and told in caught.value.message and caught.value.hint


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*lora.yaml")), ids=lambda p: p.name)
def test_the_recipes_are_in_order(path):
    assert read_options(path, {}).method == path.stem


def test_there_are_recipes():
    assert {p.name for p in RECIPES.glob("*lora.yaml")} == {"lora.yaml", "qlora.yaml"}
