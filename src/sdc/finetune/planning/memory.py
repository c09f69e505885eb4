"""Peak memory of training by formula, part by part.

All counts are bytes; a part names what it is for. The activations of a decoder layer are what autograd keeps, operation
by operation, of the implementations in transformers (``modeling_llama``, ``modeling_mistral``, ``modeling_phi``).

Sources
-------
Rajbhandari et al. 2020 (ZeRO), §3, for weights, gradients and optimizer states; Korthikanti et al. 2022, §4, for the
way activations are counted; Dettmers et al. 2023 (QLoRA), §3 and appendix G, for nf4 and its constants.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from sdc.finetune.planning.architectures import Architecture
from sdc.finetune.planning.setup import Setup

NF4_BITS = 4.0
CONSTANT_BITS = 32 / 64
"""One 32-bit constant for each block of 64 weights."""
DOUBLE_CONSTANT_BITS = 8 / 64 + 32 / (64 * 256)
"""0.127 bits: 8 bits a block, and one 32-bit constant for 256 blocks (QLoRA, §3)."""
CONTEXT_BYTES = 800_000_000
"""What CUDA, cuBLAS and the kernels take before the first tensor: 0.5 to 0.8 GB by card and driver, so the larger."""
FRAGMENTATION = 1.05
"""Blocks that the allocator cannot use for what is asked for: 5 % of the peak."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a training step needs at its worst moment, in bytes.

    Attributes
    ----------
    weights : float
        Of the base; of all that is trained in full fine-tuning, gradient and moments stand apart.
    quantisation : float
        QLoRA's constants, and the largest layer written out in 16 bits.
    trained : float
        Trainable weights that are not in ``weights``, with gradients and optimizer states.
    activations : float
        Kept for the way back, with what is computed twice.
    logits : float
        Of the loss.
    """

    weights: float
    quantisation: float
    trained: float
    activations: float
    logits: float

    @property
    def peak(self) -> float:
        """What tensors need: what ``torch.cuda.max_memory_allocated`` says after a run."""
        return float(sum(getattr(self, f.name) for f in fields(self)))

    @property
    def device(self) -> float:
        """What the card must have free: the peak with fragmentation, and the CUDA context."""
        return self.peak * FRAGMENTATION + CONTEXT_BYTES


def estimate(architecture: Architecture, setup: Setup) -> Memory:
    """Return what training needs, by formula.

    Parameters
    ----------
    architecture : Architecture
    setup : Setup

    Returns
    -------
    Memory
        Within 20 % of the published peaks in ``published.toml`` and of the simulation; tests hold both.
    """
    kept, logits = _activations(architecture, setup), _logits(architecture, setup)
    again = _computed_again(architecture, setup)
    worst = max(logits, again)  # the loss is over when the first layer is computed again
    return Memory(
        weights=_weights(architecture, setup),
        quantisation=_quantisation(architecture, setup),
        trained=_trained(architecture, setup),
        activations=kept + (worst - logits if worst > logits else 0),
        logits=logits,
    )


def _weights(architecture: Architecture, setup: Setup) -> float:
    if setup.method == "full":
        return 0.0
    if setup.method == "lora":
        return 2.0 * architecture.parameters
    rest = architecture.other_parameters * setup.trainer.unquantised_bytes
    return architecture.linear_weights * NF4_BITS / 8 + rest


def _quantisation(architecture: Architecture, setup: Setup) -> float:
    if setup.method != "qlora":
        return 0.0
    bits = DOUBLE_CONSTANT_BITS if setup.double_quantisation else CONSTANT_BITS
    return architecture.linear_weights * bits / 8 + 2.0 * max(x.weights for x in architecture.linears)


def _trained(architecture: Architecture, setup: Setup) -> float:
    if setup.method == "full":
        return float(architecture.parameters * setup.trainer.trainable_bytes)
    trained = architecture.adapter_parameters(setup.rank, setup.targets)
    if setup.head_adapter:
        trained += setup.rank * (architecture.hidden + architecture.vocab)
    return float(trained * setup.trainer.trainable_bytes)


def _activations(architecture: Architecture, setup: Setup) -> float:
    """Bytes kept until the way back: of every layer, or of the layers' inputs alone; and of the last norm."""
    per_token = 2.0 * architecture.hidden if setup.checkpointing else layer_bytes_per_token(architecture, setup)
    last = (4 if setup.trainer.working_copies else 2) * architecture.hidden + 2 * architecture.hidden
    return setup.tokens * (architecture.layers * per_token + last)


def _logits(architecture: Architecture, setup: Setup) -> float:
    """Bytes of the loss: all logits, or a tile of them and the gradient of what they come from in 32 and 16 bits."""
    each = setup.trainer.logits_bytes
    if setup.trainer.tile is None:
        return float(setup.tokens * architecture.vocab * each)
    rows, width = setup.trainer.tile
    return float(min(setup.tokens, rows) * width * each + 6 * setup.tokens * architecture.hidden)


def _computed_again(architecture: Architecture, setup: Setup) -> float:
    """Bytes of one layer that is computed again, with the gradients on their way through its widest part."""
    if not setup.checkpointing:
        return 0.0
    gradients = 2.0 * (architecture.hidden + 2 * architecture.intermediate)
    return setup.tokens * (layer_bytes_per_token(architecture, setup) + gradients)


def layer_bytes_per_token(architecture: Architecture, setup: Setup) -> float:
    """Return the bytes that autograd keeps of one decoder layer for one token.

    Parameters
    ----------
    architecture : Architecture
    setup : Setup

    Returns
    -------
    float
    """
    h, kv = architecture.hidden, architecture.kv_size
    attention = 2 * h + 2 * kv + 2 * kv + 2 * h + 4 * architecture.heads  # q, k, v, what comes out, log-sum-exp
    if setup.attention == "eager":
        # softmax in 32 bits, its copy in 16; keys and values repeated for each query head
        attention += 6 * architecture.heads * setup.sequence_length + (0 if kv == h else 4 * h)
    return _norms(architecture, setup) + attention + _feed_forward(architecture, setup) + _inputs(architecture, setup)


def _norms(architecture: Architecture, setup: Setup) -> float:
    if architecture.is_phi:
        return (8 if setup.trainer.working_copies else 2) * architecture.hidden
    return 2 * 4 * architecture.hidden  # both RMSNorms work in 32 bits in every trainer


def _feed_forward(architecture: Architecture, setup: Setup) -> float:
    f = architecture.intermediate
    if architecture.is_phi:
        return (6 if setup.trainer.working_copies else 2) * f  # before gelu: in 16 bits, and a copy in 32
    return 3 * 2 * f  # gate, up, silu(gate)


def _inputs(architecture: Architecture, setup: Setup) -> float:
    """Return what linear layers keep of their inputs to train weights or adapters; dropout keeps a copy and a mask."""
    if not setup.has_adapters:
        h, f = architecture.hidden, architecture.intermediate
        return 2 * (h + f) if architecture.is_phi else 2 * (2 * h + f)  # what comes out of attention is kept already
    joint = {"k_proj", "v_proj"} if setup.trainer.joint_qkv else set()
    adapted = [x for x in architecture.linears if setup.adapts(x.name) and x.name not in joint]
    each = 3 if setup.dropout else 2
    return float(sum(each * x.inputs + 2 * setup.rank for x in adapted))
