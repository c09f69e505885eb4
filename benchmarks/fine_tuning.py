"""Whether the loop closes: a small model on a CPU, trained on pairs of real transcripts, against its untrained self.

    python benchmarks/fine_tuning.py TRANSCRIPTS… --out FOLDER [--steps N] [--limit N]

Needs the extra `finetune`. A data set is built from the transcripts, split by child; a tokenizer is trained on the
training split alone; a small Llama with made-up weights gets a LoRA adapter and is then held against its base,
few-shot and the rules on children that it has not seen, by `sdc finetune evaluate`. Written: FOLDER/figures.json,
with date and device. The figures say that training teaches what the pairs hold; they say nothing of a real model.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from sdc.finetune.evaluation.evaluate import evaluate
from sdc.finetune.presets import preset
from sdc.finetune.training.options import TrainOptions
from sdc.finetune.training.pairs import read_dataset
from sdc.finetune.training.train import Task, train

PRESET = preset("tinyllama-1.1b")
MAX_TOKENS = 384


def build(paths: list[Path], out: Path, *more: str) -> Path:
    """Build a data set by the command."""
    command = [sys.executable, "-m", "sdc.cli", "dataset", "build", *map(str, paths), "-o", str(out)]
    command += ["--i-have-consent", "--source", "transcript", *more]
    subprocess.run(command, check=True, stdout=sys.stderr)  # noqa: S603 - our own command
    return out


def make_model(data: Path, folder: Path) -> Path:
    """Make a small Llama with made-up weights and a tokenizer that has read the training split only."""
    texts = [text for pair in read_dataset(data).train for text in (pair.prompt, pair.output)]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    special = ["<unk>", "<s>", "</s>"]
    trainer = trainers.BpeTrainer(
        vocab_size=2000, special_tokens=special, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    named = dict(zip(("unk_token", "bos_token", "eos_token"), special, strict=True))
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **named)
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(fast), hidden_size=96, intermediate_size=256, num_hidden_layers=2, num_attention_heads=6,
        num_key_value_heads=2, max_position_embeddings=2048, bos_token_id=1, eos_token_id=2, pad_token_id=0,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def tell(text: str, done: float) -> None:
    """Tell progress on one line."""
    sys.stderr.write(f"\r{100 * done:5.1f} % {text:50}")


def main() -> None:
    """Build, train, evaluate, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--limit", type=int, default=60)
    told = parser.parse_args()
    told.out.mkdir(parents=True)
    model = make_model(build(told.paths, told.out / "pairs"), told.out / "model")
    data = build(
        told.paths, told.out / "data", "--max-tokens", str(MAX_TOKENS - 24), "--tokenizer", str(model)
    )  # 24: the template's own
    options = TrainOptions(
        rank=32, alpha=64, dropout=0.0, train_head=True, learning_rate=3e-3, max_steps=told.steps, batch_size=4,
        accumulation=1, max_length=MAX_TOKENS, checkpointing=False, patience=0, eval_steps=100,
    )  # fmt: skip
    card = train(Task(str(model), data, told.out / "run", options, PRESET.name), update=tell)
    if card["state"] != "done":
        sys.exit("interrupted")
    found = evaluate(told.out / "run", data, limit=told.limit, update=tell)
    figures = {
        "date": datetime.now(UTC).date().isoformat(),
        "device": f"{card['device']}, {torch.get_num_threads()} threads, {platform.machine()}",
        "pairs": card["n_pairs"],
        "parameters": card["n_parameters"],
        "trained_parameters": card["n_trainable"],
        "steps": card["steps"],
        "seconds": card["seconds"],
        "systems": {s.system: s.values for s in found.scores},
        "verdict": found.verdict.to_dict(),
        "versions": card["versions"],
    }
    (told.out / "figures.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
