"""A data set's files: whole or not at all; each fault with its line; how much is enough."""

import json

import pytest

from sdc.errors import InputError, MissingInputError
from sdc.finetune.dataset import folder as files
from sdc.finetune.dataset.folder import read_dataset, write_folder
from sdc.finetune.dataset.stats import dataset_stats, length_chart
from sdc.finetune.dataset.tokens import read_tokenizer, token_bound


def line(child="c1", **changed):
    return json.dumps({"prompt": "p", "output": "o", "metadata": {"child": child, "kind": "lines"}} | changed) + "\n"


def dataset(tmp_path, train="", validation="", test="", **card):
    place = tmp_path / "set"
    card_text = json.dumps({"schema": files.SCHEMA, **card})
    names = {"train.jsonl": train, "validation.jsonl": validation, "test.jsonl": test, "card.json": card_text}
    write_folder(place, names)
    return place


def test_a_pair_of_either_form(tmp_path):
    talk = [{"role": "user", "content": "p"}, {"role": "assistant", "content": "o"}]
    chat = json.dumps({"messages": talk, "metadata": {"child": "c1"}}) + "\n"
    found = read_dataset(dataset(tmp_path, line() + chat)).splits["train"]
    assert [(p.prompt, p.output, p.child) for p in found] == [("p", "o", "c1")] * 2


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (line(output=""), "dataset.output"),
        (line(output=None), "dataset.output"),
        (line(prompt="  "), "dataset.prompt"),
        (line(messages=[{"role": "user", "content": "p"}]), "dataset.output"),
        (line(metadata={}), "dataset.child"),
        (line(metadata=1), "dataset.line"),
        ("[1]\n", "dataset.line"),
        ("{oops\n", "dataset.line"),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path, bad, code):
    with pytest.raises(InputError) as caught:
        read_dataset(dataset(tmp_path, line() + bad))
    assert (caught.value.code, caught.value.line) == (code, 2)
    assert caught.value.source.endswith("train.jsonl")


def test_a_child_in_two_splits(tmp_path):
    with pytest.raises(InputError, match="c1 is in train and in test"):
        read_dataset(dataset(tmp_path, line("c1"), "", line("c1")))


def test_nothing_to_train_on(tmp_path):
    with pytest.raises(InputError) as caught:
        read_dataset(dataset(tmp_path, "", line()))
    assert caught.value.code == "dataset.empty-split"


def test_no_data_set(tmp_path):
    with pytest.raises(MissingInputError):
        read_dataset(tmp_path)


def test_something_else_is_not_written_over(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="something else"):
        write_folder(tmp_path, {"card.json": "{}"})
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_cut_off_leaves_what_was_there(tmp_path, monkeypatch, stop):
    place = dataset(tmp_path, line("before"))
    written, write = [], files._write

    def cut_off(path, text):
        written.append(path)
        if len(written) == 2:
            raise stop
        write(path, text)

    monkeypatch.setattr(files, "_write", cut_off)
    with pytest.raises(KeyboardInterrupt if stop is KeyboardInterrupt else InputError):
        dataset(tmp_path, line("after"))
    assert [p.name for p in tmp_path.iterdir()] == ["set"]
    assert read_dataset(place).splits["train"][0].child == "before"


def test_a_data_set_is_replaced_by_the_next(tmp_path):
    dataset(tmp_path, line("before"))
    place = dataset(tmp_path, line("after"))
    assert read_dataset(place).splits["train"][0].child == "after"
    assert [p.name for p in tmp_path.iterdir()] == ["set"]


def test_is_it_enough(tmp_path):
    few = dataset_stats(read_dataset(dataset(tmp_path, line() * 3, amounts={"sessions": 2})))
    assert {s.use: s.enough for s in few.supports} == {
        "few_shot": "worth trying",
        "retrieval": "worth trying",
        "lora": "no",
        "children": "no",
        "test": "no",
    }
    train = "".join(line(f"c{i % 30}") for i in range(1200))
    test = "".join(line(f"t{i % 5}") for i in range(100))
    many = {s.use: s for s in dataset_stats(read_dataset(dataset(tmp_path, train, "", test))).supports}
    assert many["lora"].enough == "worth trying"  # pairs and children would do, the test is small
    assert "100 pairs of 5 children" in many["lora"].but
    assert "plus or minus 10 points" in many["lora"].but
    assert many["retrieval"].enough == "no"
    assert all(s.why and s.source for s in many.values())


def test_lengths_as_a_picture():
    assert length_chart([10, 20, 20, 400], "bound", "png").startswith(b"\x89PNG")
    svg = length_chart([10, 20, 20, 400], "bound", "svg")
    assert svg == length_chart([10, 20, 20, 400], "bound", "svg")
    assert b"tokens of a pair" in svg


@pytest.fixture
def tokenizer(tmp_path):
    """A tokenizer that was trained here, in a model's folder."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(
        ["the dog sees the cat"] * 3, trainers.BpeTrainer(vocab_size=280, initial_alphabet=alphabet)
    )
    made.enable_truncation(4)
    folder = tmp_path / "tiny-model"
    folder.mkdir()
    made.save(str(folder / "tokenizer.json"))
    return folder


def test_a_models_tokenizer_counts_without_cutting(tokenizer):
    count = read_tokenizer(tokenizer)
    assert count("the dog sees the cat " * 20) > 4 * 20
    assert 0 < count("the dog") <= token_bound("the dog")
    assert read_tokenizer(tokenizer / "tokenizer.json")("the dog") == count("the dog")


def test_a_folder_without_tokenizer(tmp_path):
    with pytest.raises(InputError, match=r"There is no tokenizer\.json"):
        read_tokenizer(tmp_path)
    (tmp_path / "tokenizer.json").write_text('{"model": 1}')
    with pytest.raises(InputError, match="cannot be read"):
        read_tokenizer(tmp_path)
