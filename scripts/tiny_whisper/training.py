"""Training: the next token, the word in each frame, and where a word is heard."""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from tiny_whisper.hearing import TRAINING, Part
from tiny_whisper.lesson import NOTHING, Batch, Teacher, vocabulary
from tiny_whisper.network import FRAMES, TinyWhisper, sinusoids
from tiny_whisper.sentences import WORDS
from tiny_whisper.speech import Said

WIDTH, HEADS, LAYERS = 96, 2, 2
BATCH = 2
SPOTTING, LISTENING = 0.5, 0.2  # weights of the two lessons that help
NEARBY = 10  # frames; without this start, half an hour is not enough to find out that sound is local
STAMP_SPREAD = 3.0  # a time stamp that is 60 ms off is nearly right


@dataclass(frozen=True)
class Phase:
    """A stretch of training: what is heard, how many steps, and the cycle of the learning rate."""

    parts: tuple[Part, ...]
    steps: int
    cycle: int  # steps in which the rate rises to its peak and falls to nothing; may be left early
    peak_rate: float
    seed: int


PHASES = (
    Phase(TRAINING[:1], steps=1850, cycle=2500, peak_rate=1.5e-3, seed=1),
    Phase(TRAINING, steps=850, cycle=850, peak_rate=6e-4, seed=2),
    Phase(TRAINING, steps=850, cycle=850, peak_rate=6e-4, seed=3),
)


def new_network(seed: int) -> TinyWhisper:
    """Return the network untrained: time stamps look like the moments that they name, the encoder listens nearby."""
    torch.manual_seed(seed)
    known = vocabulary()
    network = TinyWhisper(len(known.ids), len(WORDS), WIDTH, HEADS, LAYERS)
    with torch.no_grad():
        network.embedding.weight[known.stamp(0.0) :] = 0.1 * sinusoids(FRAMES + 1, WIDTH)
        for layer in network.encoder:
            layer.attention.look_nearby((-NEARBY, NEARBY))
    return network


def train(network: TinyWhisper, stock: list[Said], phase: Phase) -> None:
    """Train the network on windows made of the stock, and print how it goes: seconds and the three losses."""
    teacher = Teacher(stock, phase.seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=phase.peak_rate, weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, phase.peak_rate, total_steps=phase.cycle, pct_start=0.08)
    begun = time.monotonic()
    for step, batch in zip(range(1, phase.steps + 1), teacher.batches(BATCH), strict=False):
        losses = lesson_losses(network, batch, teacher.vocabulary.stamp(0.0))
        optimiser.zero_grad()
        (losses[0] + SPOTTING * losses[1] + LISTENING * losses[2]).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 20 == 0 or step == phase.steps:
            told = " ".join(f"{loss.item():.3f}" for loss in losses)
            print(f"{step}/{phase.steps} {time.monotonic() - begun:.0f} s: {told}", flush=True)


def lesson_losses(network: TinyWhisper, batch: Batch, first_stamp: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return the losses of telling, of spotting words, and of listening at the right place."""
    sound = network.listen(batch.mel)
    logits, weights = network.tell(batch.tokens, sound)
    return (
        _telling(logits, batch.targets, first_stamp),
        _spotting(network.spotting(sound), batch.words),
        _listening(weights, batch.heard),
    )


def _telling(logits: Tensor, targets: Tensor, first_stamp: int) -> Tensor:
    taught = targets != NOTHING
    logits, targets = logits[taught], targets[taught]
    stamps = targets >= first_stamp
    said = functional.cross_entropy(logits[~stamps], targets[~stamps], reduction="sum")
    away = torch.arange(logits.shape[1] - first_stamp) - (targets[stamps] - first_stamp)[:, None]
    near = torch.softmax(-0.5 * (away / STAMP_SPREAD) ** 2, -1)
    whole = logits[stamps].log_softmax(-1)
    return (said - (near * whole[:, first_stamp:]).sum()) / taught.sum()


def _spotting(logits: Tensor, words: Tensor) -> Tensor:
    return functional.cross_entropy(logits.flatten(0, 1), words.flatten())


def _listening(weights: Tensor, heard: Tensor) -> Tensor:
    frames = torch.arange(FRAMES)
    inside = (frames >= heard[..., :1]) & (frames <= heard[..., 1:])
    asked = inside.any(-1)
    return -weights.masked_fill(~inside, -1e4)[asked].logsumexp(-1).mean()
