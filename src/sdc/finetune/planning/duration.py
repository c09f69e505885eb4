"""How long training takes: operations by formula, over what a card really does in a second.

Operations per token of one pass forward are two for each weight that is multiplied with (Kaplan et al. 2020, §2.1),
and four for each layer, hidden unit and token of the context (llm-foundry, scripts/train/benchmarking). The way back
costs as much for the inputs and as much again for the weights: 6·N·T in all. LoRA does not pay for the weights of the
base (4·N·T); checkpointing computes the forward pass twice (+ 2·N·T).
"""

from __future__ import annotations

from dataclasses import dataclass

from sdc.finetune.planning.amount import Amount
from sdc.finetune.planning.architectures import Architecture
from sdc.finetune.planning.gpus import Gpu
from sdc.finetune.planning.setup import Setup

NF4_FACTOR = 1.4
"""QLoRA writes each layer out in 16 bits before it multiplies: 1.08 to 1.44 times as long as LoRA in LitGPT's
config_hub/finetune/README.md (minutes: TinyLLaMA 8.70 to 8.09, Phi-2 4.51 to 3.78, LLaMA-2-7B 45.67 to 32.82, Mistral
44.75 to 31.00)."""
START_HOURS = 0.2
"""Starting the machine, installing, fetching and loading the model: an assumption, 12 minutes."""

LAYER_SECONDS = {"lora": (0.010, 0.016), "qlora": (0.015, 0.023)}
"""Least and most seconds that a decoder layer takes for a batch, however small it is and however fast the card: the
processor starts several hundred small operations, which a fast card finishes sooner than the next comes. TinyLLaMA (22
layers) on an H100 with 16 processor cores took 0.24 to 0.35 s a batch with LoRA and 0.34 to 0.51 s with QLoRA, see
benchmarks/results/fine_tuning_gpu.json. Full fine-tuning has no adapters and was not measured: nothing is added."""


@dataclass(frozen=True, slots=True)
class Duration:
    """Hours of a run, least and most, with the start."""

    least: float
    most: float


def forward_operations(architecture: Architecture, context: int) -> float:
    """Return the operations of one pass forward for one token in a context of so many tokens."""
    multiplied = architecture.linear_weights + architecture.vocab * architecture.hidden
    return 2.0 * multiplied + 4.0 * architecture.layers * architecture.hidden * context


def training_operations(architecture: Architecture, setup: Setup, context: int) -> float:
    """Return the operations of training on one token: 2 to 4 passes forward's worth."""
    passes = 2 + (setup.method == "full") + setup.checkpointing
    return passes * forward_operations(architecture, context)


def duration(architecture: Architecture, setup: Setup, gpu: Gpu, amount: Amount, epochs: float) -> Duration:
    """Return how long training takes on one card.

    Parameters
    ----------
    architecture : Architecture
    setup : Setup
    gpu : Gpu
    amount : Amount
    epochs : float

    Returns
    -------
    Duration
        In hours; the range is that of ``Gpu.busy``, or of ``LAYER_SECONDS`` where that is longer.
    """
    context = max(1, amount.tokens // amount.pairs)
    operations = training_operations(architecture, setup, context) * amount.tokens * epochs
    slower = NF4_FACTOR if setup.method == "qlora" else 1.0
    batches = amount.pairs / setup.batch_size * epochs
    floors = (s * architecture.layers * batches for s in LAYER_SECONDS.get(setup.method, (0.0, 0.0)))
    busies = (gpu.busy[1], gpu.busy[0])
    seconds = [
        max(floor, operations * slower / (gpu.tflops * 1e12 * busy)) for floor, busy in zip(floors, busies, strict=True)
    ]
    return Duration(START_HOURS + seconds[0] / 3600, START_HOURS + seconds[1] / 3600)
