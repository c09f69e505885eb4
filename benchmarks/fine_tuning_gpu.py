"""Training on a GPU: SDC beside a plain SFTTrainer script on the same work, and the planner's prediction beside both.

    python benchmarks/fine_tuning_gpu.py --out FOLDER [--model NAME …] [--method lora|qlora …] [--steps N]

Needs the extra `finetune` and a CUDA device; without one it says "not run" and ends with status 0. The models have the
sizes of the presets and random weights: speed and memory do not depend on what the weights are. The pairs are made-up
words, all about equally long. Each run is a process of its own, the two trainers one after the other. Written:
FOLDER/figures.json, with date and device; the first three steps do not count for tokens a second.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import torch

from sdc.finetune.planning.amount import Amount
from sdc.finetune.planning.architectures import architecture
from sdc.finetune.planning.duration import START_HOURS, duration
from sdc.finetune.planning.gpus import gpus
from sdc.finetune.planning.memory import estimate
from sdc.finetune.planning.setup import METHODS, Setup
from sdc.finetune.presets import preset
from sdc.finetune.training.options import TrainOptions
from sdc.finetune.training.run_card import versions

BATCH = 4
WORDS = 1000
"""Of a pair; each is one token."""
WARM = 3
OPTIONS = TrainOptions(batch_size=BATCH, accumulation=1, max_length=2048, patience=0)


def make_pairs(folder: Path, count: int) -> None:
    """Write a data set of made-up words."""
    chosen = random.Random(0)  # noqa: S311 - no secret
    folder.mkdir(parents=True)
    for split, rows in (("train", count), ("validation", 1), ("test", 1)):
        lines = []
        for row in range(rows):
            words = [f"w{chosen.randrange(1000)}" for _ in range(WORDS)]
            child = {"child": f"{split}-{row}", "source": "transcript"}
            pair = {"prompt": " ".join(words[: WORDS // 2]), "output": " ".join(words[WORDS // 2 :]), "metadata": child}
            lines.append(json.dumps(pair) + "\n")
        (folder / f"{split}.jsonl").write_text("".join(lines), encoding="utf-8")


def make_model(name: str, folder: Path) -> None:
    """Write a model of a preset's sizes with random weights, and a tokenizer that knows the made-up words."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

    known = preset(name)
    words = ["<unk>", "<s>", "</s>", *(f"w{number}" for number in range(1000))]
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="<unk>"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    special = {"unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>"}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)
    fast.chat_template = known.template
    fast.save_pretrained(folder)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    with torch.device(device):
        model = AutoModelForCausalLM.from_config(_config(name), dtype=torch.bfloat16)
    model.save_pretrained(folder)


def _config(name: str) -> Any:
    import transformers

    known = preset(name)
    kind = getattr(transformers, known.architecture.removesuffix("ForCausalLM") + "Config")
    return kind(**known.shape, bos_token_id=1, eos_token_id=2, pad_token_id=None)


@dataclass(frozen=True, slots=True)
class Work:
    """One training: folders of the model, the pairs and the run, how, and how many steps."""

    model: Path
    data: Path
    run: Path
    method: Literal["lora", "qlora"]
    steps: int


class Clock:
    """When steps ended, on a device that has come to an end with them."""

    def __init__(self) -> None:
        self.warm = self.last = 0.0

    def step(self, number: int, total: int) -> None:
        """Note the end of a step; only the ones that count are waited for."""
        if number in (WARM, total):
            if torch.cuda.is_available():
                torch.cuda.synchronize()
            now = time.perf_counter()
            self.warm, self.last = (now, self.last) if number == WARM else (self.warm, now)


def train_sdc(work: Work, clock: Clock) -> None:
    """Train as `sdc finetune train` does."""
    from sdc.finetune.training.train import Task, train

    def told(text: str, done: float) -> None:
        if text.startswith("step "):
            clock.step(round(done * work.steps), work.steps)

    options = replace(OPTIONS, method=work.method, max_steps=work.steps)
    train(Task(str(work.model), work.data, work.run, options, work.model.name), update=told)


def train_plain(work: Work, clock: Clock) -> None:
    """Train as the shortest script with trl does, with the same options and none of SDC's checks."""
    from datasets import load_dataset
    from peft import LoraConfig
    from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig, TrainerCallback
    from trl import SFTConfig, SFTTrainer

    class Steps(TrainerCallback):  # type: ignore[misc]
        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            clock.step(state.global_step, work.steps)

    four_bits = BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )  # fmt: skip
    gpu = torch.cuda.is_available()
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(
            work.model, dtype=torch.bfloat16 if gpu else torch.float32, device_map={"": 0} if gpu else None,
            quantization_config=four_bits if work.method == "qlora" else None,
        ),
        args=SFTConfig(
            output_dir=str(work.run), per_device_train_batch_size=BATCH, gradient_checkpointing=True, max_length=2048,
            gradient_checkpointing_kwargs={"use_reentrant": False}, bf16=gpu, use_cpu=not gpu, max_steps=work.steps,
            learning_rate=OPTIONS.learning_rate, lr_scheduler_type="cosine", report_to="none", disable_tqdm=True,
        ),
        train_dataset=load_dataset("json", data_files=str(work.data / "train.jsonl"), split="train").map(
            _as_chat, remove_columns=["output", "metadata"]
        ),
        processing_class=AutoTokenizer.from_pretrained(work.model),
        peft_config=LoraConfig(
            r=OPTIONS.rank, lora_alpha=OPTIONS.alpha, lora_dropout=OPTIONS.dropout, target_modules="all-linear",
            task_type="CAUSAL_LM",
        ),
        callbacks=[Steps()],
    )  # fmt: skip
    trainer.train()


def _as_chat(row: dict[str, Any]) -> dict[str, Any]:
    asked, answered = row["prompt"], row["output"]
    return {
        "prompt": [{"role": "user", "content": asked}],
        "completion": [{"role": "assistant", "content": answered}],
    }


TRAINERS: dict[str, Callable[[Work, Clock], None]] = {"sdc": train_sdc, "plain": train_plain}


def run_one(trainer: str, work: Work) -> dict[str, Any]:
    """Train once and return what was measured."""
    clock = Clock()
    TRAINERS[trainer](work, clock)
    found: dict[str, Any] = {"seconds": clock.last - clock.warm, "steps": work.steps - WARM}
    if torch.cuda.is_available():
        found |= {
            "peak_bytes": torch.cuda.max_memory_allocated(),
            "reserved_bytes": torch.cuda.max_memory_reserved(),
        }
    return found


def tokens_of(model: Path, data: Path) -> list[int]:
    """Return the length of each pair in tokens, as SDC encodes it."""
    from sdc.finetune.training.encoding import encode
    from sdc.finetune.training.models import load_tokenizer
    from sdc.finetune.training.pairs import read_dataset

    tokenizer = load_tokenizer(model, preset(model.name))
    return [len(encode(tokenizer, pair, frozenset({2})).ids) for pair in read_dataset(data).train]


def predicted(name: str, method: str, longest: int, card: str) -> dict[str, Any]:
    """Return what the planner says of the same work: bytes, and tokens a second from least to most."""
    sizes, kind = architecture(name), next(m for m in METHODS if m == method)
    setup = Setup(kind, batch_size=BATCH, sequence_length=longest)
    memory = estimate(sizes, setup)
    found: dict[str, Any] = {"peak_bytes": memory.peak}
    gpu = next((g for key, g in gpus().items() if key in card), None)
    if gpu:
        amount = Amount(1000 * BATCH, 1000 * BATCH * longest, longest, "benchmark")
        spent = duration(sizes, setup, gpu, amount, 1.0)
        hours = (spent.most - START_HOURS, spent.least - START_HOURS)
        found["tokens_per_second"] = [round(amount.tokens / (h * 3600)) for h in hours]
    return found


def compare(told: argparse.Namespace, name: str, method: str, lengths: list[int]) -> dict[str, Any]:
    """Run both trainers and put their figures beside the planner's."""
    row: dict[str, Any] = {"model": name, "method": method, "batch": BATCH, "longest": max(lengths)}
    for trainer in TRAINERS:
        run = told.out / f"{name}-{method}-{trainer}"
        command = [sys.executable, __file__, "--out", str(told.out), "--steps", str(told.steps)]
        done = subprocess.run(  # noqa: S603 - our own command
            [*command, "--one", trainer, name, method, str(run)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            row[trainer] = {"failed": done.stderr.strip().splitlines()[-8:]}
            continue
        found = json.loads(done.stdout.splitlines()[-1])
        tokens = sum(lengths) / len(lengths) * BATCH * found["steps"]
        row[trainer] = found | {"tokens_per_second": round(tokens / found["seconds"], 1)}
    row["planner"] = predicted(name, method, max(lengths), told.card)
    return row


def main() -> None:
    """Make models and pairs, run, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", action="append")
    parser.add_argument("--method", action="append", choices=["lora", "qlora"])
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        trainer, name, method, run = told.one
        work = Work(told.out / name, told.out / "pairs", Path(run), method, told.steps)
        print(json.dumps(run_one(trainer, work)))
        return
    if not torch.cuda.is_available():
        print("not run: there is no CUDA device here")
        return
    told.card = torch.cuda.get_device_name()
    make_pairs(told.out / "pairs", BATCH * told.steps)
    rows: list[dict[str, Any]] = []
    for name in told.model or ["tinyllama-1.1b", "mistral-7b"]:
        make_model(name, told.out / name)
        lengths = tokens_of(told.out / name, told.out / "pairs")
        for method in told.method or ["lora", "qlora"]:
            rows.append(compare(told, name, method, lengths))
            print(json.dumps(rows[-1]), flush=True)
            figures = {"date": datetime.now(UTC).date().isoformat(), "device": told.card, "rows": rows}
            text = json.dumps(figures | {"versions": versions()}, indent=2) + "\n"
            (told.out / "figures.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
