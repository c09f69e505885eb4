"""Data set folders: pairs and chats are read, faults are told with their line."""

import json

import pytest

from sdc.errors import InputError, MissingInputError
from sdc.finetune.training.pairs import Pair, read_dataset


def folder_of(tmp_path, **splits: str):
    for split in ("train", "validation", "test"):
        (tmp_path / f"{split}.jsonl").write_text(splits.get(split, ""), encoding="utf-8")
    return tmp_path


def test_pairs_and_chats_are_the_same_to_training(tmp_path):
    turns = [("system", "Be brief."), ("user", "Who?"), ("assistant", "A child.")]
    chat = {"messages": [{"role": r, "content": c} for r, c in turns], "metadata": {"child": "c1"}}
    pair = {"prompt": "Who?", "output": "A\u2028child.", "metadata": {"child": "c2"}}
    data = read_dataset(folder_of(tmp_path, train=json.dumps(chat) + "\n\n" + json.dumps(pair, ensure_ascii=False)))
    assert data.train == (
        Pair("Who?", "A child.", "Be brief.", {"child": "c1"}),
        Pair("Who?", "A\u2028child.", "", {"child": "c2"}),
    )
    assert data.validation == data.test == ()


def test_the_digest_is_of_what_is_in_the_files(tmp_path):
    line = json.dumps({"prompt": "a", "output": "b"})
    first = read_dataset(folder_of(tmp_path, train=line)).digest
    assert read_dataset(folder_of(tmp_path, train=line)).digest == first
    assert read_dataset(folder_of(tmp_path, validation=line)).digest != first


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("no json", "dataset.line"),
        ("[]", "dataset.line"),
        ('{"prompt": "a", "output": "b", "metadata": [1]}', "dataset.line"),
        ('{"prompt": "a"}', "dataset.output"),
        ('{"prompt": "a", "output": "  "}', "dataset.output"),
        ('{"prompt": 1, "output": "b"}', "dataset.prompt"),
        ('{"messages": [{"role": "user", "content": "a"}]}', "dataset.output"),
        ('{"messages": ["x"]}', "dataset.prompt"),
        ('{"messages": 1}', "dataset.prompt"),
        (json.dumps({"messages": [{"role": r, "content": "a"} for r in ("user", "assistant") * 2]}), "dataset.prompt"),
    ],
)
def test_a_line_that_is_no_pair(tmp_path, line, code):
    good = json.dumps({"prompt": "a", "output": "b"})
    with pytest.raises(InputError) as caught:
        read_dataset(folder_of(tmp_path, test=f"{good}\n{line}\n"))
    assert (caught.value.code, caught.value.line) == (code, 2)
    assert caught.value.source.endswith("test.jsonl")


def test_no_data_set(tmp_path):
    with pytest.raises(MissingInputError) as caught:
        read_dataset(tmp_path)
    assert caught.value.code == "dataset.missing" and "sdc dataset build" in caught.value.hint


def test_a_child_on_both_sides_is_not_trained_on(tmp_path):
    line = json.dumps({"prompt": "a", "output": "b", "metadata": {"child": "c1"}})
    with pytest.raises(InputError, match="The child c1 is in train and in test"):
        read_dataset(folder_of(tmp_path, train=line, test=line))


def test_a_file_that_is_no_text(tmp_path):
    folder_of(tmp_path)
    (tmp_path / "test.jsonl").write_bytes(b'{"prompt": "a", "output": "b"}\n\xff\n')
    with pytest.raises(InputError) as caught:
        read_dataset(tmp_path)
    assert (caught.value.code, caught.value.line) == ("dataset.line", 2)
