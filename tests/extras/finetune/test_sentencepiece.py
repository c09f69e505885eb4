"""A model with a SentencePiece tokenizer keeps the file that llama.cpp's converter reads."""

import json

import pytest
import sentencepiece
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

from sdc.finetune.export.merge import merge
from sdc.finetune.presets import preset
from sdc.finetune.training.options import TrainOptions
from sdc.finetune.training.train import Task, train

TINYLLAMA = preset("tinyllama-1.1b")


@pytest.fixture
def folder(tmp_path, line_data):
    """A tiny Llama with a SentencePiece tokenizer that was trained here."""
    folder = tmp_path / "model"
    folder.mkdir()
    sentencepiece.SentencePieceTrainer.train(
        input=str(line_data / "train.jsonl"), model_prefix=str(folder / "tokenizer"), vocab_size=320,
        model_type="bpe", byte_fallback=True, normalization_rule_name="identity", minloglevel=2,
    )  # fmt: skip
    (folder / "tokenizer.vocab").unlink()
    told = {"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(told | {"chat_template": TINYLLAMA.template}))
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    LlamaForCausalLM(LlamaConfig(vocab_size=320, max_position_embeddings=512, **sizes)).save_pretrained(folder)
    return folder


def test_the_merged_folder_has_the_scores_of_the_pieces(folder, line_data, tmp_path):
    train(Task(str(folder), line_data, tmp_path / "run", TrainOptions(max_steps=1, epochs=1), TINYLLAMA.name))
    merged = merge(tmp_path / "run", tmp_path / "out/merged").folder
    assert (merged / "tokenizer.model").read_bytes() == (folder / "tokenizer.model").read_bytes()
    text = "<|user|>\nCHI: the dog is gone .</s>"
    ours, theirs = AutoTokenizer.from_pretrained(merged), AutoTokenizer.from_pretrained(folder)
    assert ours(text)["input_ids"] == theirs(text)["input_ids"]
