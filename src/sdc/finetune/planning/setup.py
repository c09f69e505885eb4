"""What is planned: a method with its sizes, and the trainer whose bytes are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sdc.errors import SettingsError

Method = Literal["lora", "qlora", "full"]
METHODS: tuple[Method, ...] = ("lora", "qlora", "full")


def method_named(name: str) -> Method:
    """Return a method by its name; ``SettingsError`` ``plan.method`` where there is none."""
    for method in METHODS:
        if method == name.lower():
            return method
    raise SettingsError(f"There is no method {name}.", code="plan.method", hint=f"Say one of: {', '.join(METHODS)}.")


@dataclass(frozen=True, slots=True)
class Trainer:
    """How many bytes a trainer spends on what, where trainers differ.

    Attributes
    ----------
    name : str
    trainable_bytes : int
        Per trainable parameter: weight, gradient and the two moments of Adam.
    working_copies : bool
        Whether frozen weights, norms and activations are handled in 32 bits on the way (autocast).
    logits_bytes : int
        Per number in the logits, at the worst moment of the loss.
    tile : tuple[int, int] or None
        Tokens and words of the part of the logits that is worked on at once; None: all of them.
    joint_qkv : bool
        Whether query, key and value share one adapter input.
    unquantised_bytes : int
        Per parameter that QLoRA leaves as it is (embedding, head, norms).
    """

    name: str
    trainable_bytes: int
    working_copies: bool
    logits_bytes: int
    joint_qkv: bool
    unquantised_bytes: int
    tile: tuple[int, int] | None = None


TRL = Trainer("trl", 18, True, 2, False, 2, tile=(4096, 32768))
"""transformers, peft and trl as SDC trains: trainable weights in 32 bits with a 16-bit copy (4 + 2), gradient (4), Adam
(8): 18 bytes, as the documentation of transformers counts mixed precision. trl computes the loss on tiles of the logits
in 16 bits (trl 1.16, kernels/chunked_logprob.py), and what QLoRA leaves as it is stays in 16 bits: measured on an H100,
see ``published.toml``."""

TRL_WHOLE = Trainer("trl-whole", 18, True, 14, False, 4)
"""trl and peft as they were until 2025, which published runs used: all logits at once, in 16 bits, in 32, their softmax
and gradient (14), and what QLoRA leaves as it is in 32 bits (``prepare_model_for_kbit_training`` of peft)."""

BF16_TRUE = Trainer("bf16-true", 8, False, 8, True, 2)
"""LitGPT with ``bf16-true``: everything in 16 bits (2 + 2 + 4); logits, softmax and the gradient of both: 8."""

BF16_WHOLE = Trainer("bf16-whole", 8, False, 12, True, 2)
"""torchtune in bf16 with one loss over all logits: 16 bits, but the softmax in 32."""

TRAINERS = {trainer.name: trainer for trainer in (TRL, TRL_WHOLE, BF16_TRUE, BF16_WHOLE)}


@dataclass(frozen=True, slots=True)
class Setup:
    """One way to train.

    Attributes
    ----------
    method : {"lora", "qlora", "full"}
    batch_size : int
        Sequences at once on the device.
    sequence_length : int
        Tokens of the longest sequence; shorter ones are filled up to it.
    checkpointing : bool
        Keep only the inputs of each layer and compute the rest twice (Chen et al. 2016).
    rank : int
        Of LoRA.
    targets : tuple[str, ...] or None
        Adapted layers; None: every linear layer of the decoder.
    head_adapter : bool
        Whether the head is adapted, too.
    dropout : float
        0 to 1, in the adapters.
    attention : {"sdpa", "eager"}
        ``eager`` keeps the square matrix of attention weights.
    double_quantisation : bool
        Of QLoRA's constants (Dettmers et al. 2023).
    trainer : Trainer
    """

    method: Method
    batch_size: int = 4
    sequence_length: int = 1024
    checkpointing: bool = True
    rank: int = 16
    targets: tuple[str, ...] | None = None
    head_adapter: bool = False
    dropout: float = 0.05
    attention: Literal["sdpa", "eager"] = "sdpa"
    double_quantisation: bool = True
    trainer: Trainer = TRL

    @property
    def tokens(self) -> int:
        """Tokens at once on the device."""
        return self.batch_size * self.sequence_length

    @property
    def has_adapters(self) -> bool:
        """Whether the base stays as it is and adapters are trained."""
        return self.method != "full"

    def adapts(self, name: str) -> bool:
        """Whether a linear layer of a decoder layer has an adapter."""
        return self.has_adapters and (self.targets is None or name in self.targets)
