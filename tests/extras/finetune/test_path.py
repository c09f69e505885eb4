"""Each preset's architecture, tiny: train (LoRA, QLoRA) → evaluate → merge → generate → companion."""

import json

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from sdc.companion.engines import ModelOptions, make_writer
from sdc.companion.engines.local import load_model
from sdc.companion.phrasing import phrase
from sdc.companion.prompting import NO_DISGUISE
from sdc.demo import CHILD
from sdc.errors import EngineError
from sdc.finetune.evaluation.evaluate import evaluate
from sdc.finetune.export.bundle import export
from sdc.finetune.training.encoding import prompt_ids
from sdc.finetune.training.options import TrainOptions
from sdc.finetune.training.pairs import read_dataset
from sdc.finetune.training.train import Task, train

QUICK = TrainOptions(learning_rate=1e-2, epochs=2, batch_size=4, accumulation=1, rank=8, alpha=16)


def silent(text: str, done: float) -> None:
    """Nobody watches."""


@pytest.mark.parametrize("method", ["lora", "qlora"])
def test_from_pairs_to_an_answer(tiny, line_data, demo_answer_, tmp_path, method):
    preset, folder = tiny
    told = []
    task = Task(str(folder), line_data, tmp_path / "run", QUICK_OF[method], preset.name)
    card = train(task, update=lambda text, done: told.append((text, done)))
    losses = [loss for _, loss in card["validation_loss"]]
    assert card["state"] == "done" and card["steps"] == 8 and losses[-1] < losses[0] < 7.2
    assert told[-1][0].startswith("step 8 of 8, loss") and told[-1][1] == 1
    assert card["licence"] == preset.licence and card["n_trainable"] < card["n_parameters"] / 3

    found = evaluate(tmp_path / "run", line_data, update=silent)
    by_name = {s.system: s.values for s in found.scores}
    assert by_name["adapter"]["loss"] < by_name["base"]["loss"]
    assert by_name["rules"]["agreement"] == 1 and by_name["rules"]["inventing_outputs"] == 0
    assert found.verdict.may_be_used != "yes"  # of four outputs nobody can tell

    made = export(tmp_path / "run", tmp_path / "out")
    assert made.merged.max_difference < 1e-3 and made.merged.same_next == 1
    assert says(made.merged.folder, line_data) == says_with_adapter(folder, tmp_path / "run/adapter", line_data)

    writer = make_writer("local", ModelOptions(adapter=str(tmp_path / "run"), refused_adapter=True))
    assert writer.folder == str(folder)
    with pytest.raises(EngineError) as caught:  # it has learned another thing; the rules answer then
        phrase(demo_answer_, writer, NO_DISGUISE, child=CHILD)
    assert caught.value.code == "engine.answer"


QUICK_OF = {"lora": QUICK, "qlora": TrainOptions(**(QUICK.to_dict() | {"method": "qlora"}))}


def says(folder, data) -> list[list[int]]:
    """What merged weights say to the test split, token by token."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    return _generated(AutoModelForCausalLM.from_pretrained(folder), tokenizer, data)


def says_with_adapter(folder, adapter, data) -> list[list[int]]:
    load_model.cache_clear()
    tokenizer, model = load_model(str(folder), str(adapter))
    found = _generated(model, tokenizer, data)
    load_model.cache_clear()
    return found


def _generated(model, tokenizer, data) -> list[list[int]]:
    found = []
    for pair in read_dataset(data).test[:2]:
        ids = torch.tensor([prompt_ids(tokenizer, pair)])
        out = model.generate(
            ids, attention_mask=torch.ones_like(ids), max_new_tokens=12, do_sample=False, pad_token_id=0
        )
        found.append(out[0, ids.shape[1] :].tolist())
    return found


def test_nothing_of_this_machine_is_in_the_adapter(make_model, line_data, tmp_path):
    from sdc.finetune.presets import preset

    folder = make_model(preset("tinyllama-1.1b"))
    train(Task(str(folder), line_data, tmp_path / "run", QUICK, "tinyllama-1.1b"))
    for path in (tmp_path / "run/adapter").iterdir():
        assert str(folder.parent).encode() not in path.read_bytes(), path.name
    config = json.loads((tmp_path / "run/adapter/adapter_config.json").read_text())
    assert config["base_model_name_or_path"] == "TinyLlama/TinyLlama-1.1B-Chat-v1.0"
    assert not list((tmp_path / "run").glob("*.new"))
