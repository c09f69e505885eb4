"""What would go wrong quietly is said before training begins; with real models and tokenizers."""

import json
import shutil

import pytest
from safetensors import SafetensorError

from sdc.companion.engines.adapter import need_same_base
from sdc.errors import SDCError
from sdc.finetune.presets import preset
from sdc.finetune.training import train as module
from sdc.finetune.training.checks import disk, memory
from sdc.finetune.training.options import TrainOptions
from sdc.finetune.training.train import Task, prepare, train

TINYLLAMA = preset("tinyllama-1.1b")
NO_STOP = "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}{% endfor %}"
NO_STOP += "{% if add_generation_prompt %}<assistant>{% endif %}"
SWALLOWS = "{% for m in messages %}{% if m['role'] == 'user' %}{{ m['content'] }}"
SWALLOWS += "{% else %}{{ eos_token }}{% endif %}{% endfor %}"
OTHERWISE = "{{ messages|length }}{% for m in messages %}{{ m['content'] }}{{ eos_token }}{% endfor %}"


@pytest.fixture(scope="module")
def folder(make_model):
    return make_model(TINYLLAMA, num_hidden_layers=1, max_position_embeddings=256)


@pytest.fixture
def copy(folder, tmp_path):
    """The model's folder, to spoil."""
    return shutil.copytree(folder, tmp_path / "model")


@pytest.fixture
def refused(line_data, tmp_path):
    """Try to train, and return the error; nothing may be written."""

    def attempt(model, data=line_data, **options) -> SDCError:
        run = tmp_path / "run"
        with pytest.raises(SDCError) as caught:
            train(Task(str(model), data, run, TrainOptions(**options), "tinyllama-1.1b"))
        assert not run.exists() and caught.value.hint
        return caught.value

    return attempt


def test_nothing_is_wrong_to_begin_with(folder, line_data, tmp_path):
    ready = prepare(Task(str(folder), line_data, tmp_path / "run", TrainOptions(), "tinyllama-1.1b"))
    assert len(ready.train) == 16 and ready.max_length == 256
    row = ready.train[0].row()
    answer = [i for i, learned in zip(row["input_ids"], row["completion_mask"], strict=True) if learned]
    text = ready.tokenizer.decode(answer)
    assert text == "The line is marked with “laughs”.</s>"


def test_a_pair_that_is_too_long(folder, refused):
    error = refused(folder, max_length=40)
    assert error.code == "finetune.too-long" and error.message.startswith("16 of 16 pairs are longer than 40 tokens")
    assert error.source.endswith("train.jsonl")
    assert refused(folder, max_length=257).code == "finetune.option"


def with_template(copy, template: str):
    (copy / "chat_template.jinja").write_text(template)
    return copy


def test_a_template_without_its_stop_token(copy, refused):
    assert refused(with_template(copy, NO_STOP)).code == "finetune.no-stop"


def test_labels_that_are_all_masked(copy, refused):
    error = refused(with_template(copy, SWALLOWS))
    assert error.code == "finetune.nothing-to-learn" and "16 of 16 pairs" in error.message


def test_a_template_that_depends_on_the_answer(copy, refused):
    assert refused(with_template(copy, OTHERWISE)).code == "finetune.template"


def test_no_template_and_no_preset(folder, line_data, tmp_path):
    with pytest.raises(SDCError) as caught:
        train(Task(str(folder), line_data, tmp_path / "run", TrainOptions()))
    assert caught.value.code == "engine.model-unusable" and "--preset" in caught.value.hint


def test_the_tokenizer_of_another_model(copy, refused):
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps(config | {"vocab_size": 500}))
    assert "the model knows 500" in refused(copy).message
    (copy / "config.json").write_text(json.dumps(config | {"eos_token_id": 5}))
    generation = json.loads((copy / "generation_config.json").read_text())
    (copy / "generation_config.json").write_text(json.dumps(generation | {"eos_token_id": 5}))
    error = refused(copy)
    assert error.code == "finetune.tokenizer" and "ends an answer with token 2, the model with 5" in error.message


def test_no_tokenizer(copy, refused):
    (copy / "tokenizer.json").unlink()
    assert refused(copy).code == "finetune.no-tokenizer"


def test_a_split_without_pairs(folder, line_data, refused, tmp_path):
    data = shutil.copytree(line_data, tmp_path / "data")
    (data / "validation.jsonl").write_text("")
    error = refused(folder, data)
    assert error.code == "dataset.empty-split" and error.source.endswith("validation.jsonl")
    prepare(Task(str(folder), data, tmp_path / "run", TrainOptions(patience=0), "tinyllama-1.1b"))  # not needed then
    (data / "train.jsonl").write_text("")
    assert refused(folder, data, patience=0).source.endswith("train.jsonl")


def test_a_pair_without_output(folder, line_data, refused, tmp_path):
    data = shutil.copytree(line_data, tmp_path / "data")
    with (data / "train.jsonl").open("a") as file:
        file.write('{"prompt": "What?", "output": " "}\n')
    error = refused(folder, data)
    assert (error.code, error.line) == ("dataset.output", 17)


def test_too_little_memory(folder, refused, monkeypatch):
    monkeypatch.setattr(memory, "available_bytes", lambda: 100_000)
    assert refused(folder).code == "finetune.memory"


def test_too_little_disk(folder, refused, monkeypatch):
    monkeypatch.setattr(disk, "free_bytes", lambda _: 10**6)
    assert refused(folder).code == "finetune.disk"


@pytest.mark.parametrize(
    "error",
    [OSError(28, "No space left on device"), SafetensorError("os error 28"), RuntimeError("unexpected pos 576")],
)
def test_a_disk_that_gets_full_while_training(folder, line_data, tmp_path, monkeypatch, error):
    def full(*_: object) -> None:
        monkeypatch.setattr(disk, "free_bytes", lambda _: 4096)
        raise error  # as the system, safetensors and torch say it

    monkeypatch.setattr(module, "keep_adapter", full)
    task = Task(str(folder), line_data, tmp_path / "run", TrainOptions(max_steps=1), "tinyllama-1.1b")
    with pytest.raises(SDCError) as caught:
        train(task)
    assert caught.value.code == "finetune.unwritable" and "no space left" in caught.value.message.lower()
    assert not (tmp_path / "run/adapter").exists()
    monkeypatch.undo()
    assert train(task, resume=True)["state"] == "done"


def test_another_failure_is_not_called_a_full_disk(folder, line_data, tmp_path, monkeypatch):
    def fails(*_: object) -> None:
        raise RuntimeError("shapes differ")

    monkeypatch.setattr(module, "keep_adapter", fails)
    with pytest.raises(RuntimeError, match="shapes differ"):
        train(Task(str(folder), line_data, tmp_path / "run", TrainOptions(max_steps=1), "tinyllama-1.1b"))


def test_weights_that_are_not_whole(copy, line_data, tmp_path):
    (copy / "model.safetensors").write_bytes((copy / "model.safetensors").read_bytes()[:1000])
    with pytest.raises(SDCError) as caught:
        train(Task(str(copy), line_data, tmp_path / "run", TrainOptions(), "tinyllama-1.1b"))
    assert caught.value.code == "engine.model-missing"


def test_an_adapter_of_another_base(folder, make_model, line_data, tmp_path):
    from sdc.companion.engines import ModelOptions, Prompt, make_writer

    train(Task(str(folder), line_data, tmp_path / "run", TrainOptions(max_steps=1), "tinyllama-1.1b"))
    other = make_model(TINYLLAMA, num_hidden_layers=1, max_position_embeddings=256)
    need_same_base(tmp_path / "run/adapter", other)  # the same made-up weights in another folder
    weights = bytearray((other / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (other / "model.safetensors").write_bytes(weights)
    writer = make_writer("local", ModelOptions(model=str(other), adapter=str(tmp_path / "run")))
    with pytest.raises(SDCError) as caught:
        writer.write(Prompt("Say.", "x", "test.1"))
    assert caught.value.code == "engine.adapter-base"
