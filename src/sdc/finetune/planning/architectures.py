"""How many parameters a model has, and where: from the sizes in its ``config.json`` alone."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sdc.errors import SettingsError
from sdc.finetune.presets import presets

PHI = "PhiForCausalLM"
LLAMA_LIKE = ("LlamaForCausalLM", "MistralForCausalLM")


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear layer of a decoder layer.

    Attributes
    ----------
    name : str
        As transformers calls it.
    inputs, outputs : int
    bias : bool
    """

    name: str
    inputs: int
    outputs: int
    bias: bool = False

    @property
    def weights(self) -> int:
        """Number of weights, without the bias."""
        return self.inputs * self.outputs


@dataclass(frozen=True, slots=True)
class Architecture:
    """Sizes of a decoder-only transformer (Vaswani et al. 2017; Touvron et al. 2023; Gunasekar et al. 2023).

    Attributes
    ----------
    name : str
        As ``sdc finetune plan --model`` takes it.
    hub : str
        Name on the Hugging Face Hub.
    architecture : str
        Class of transformers.
    hidden, intermediate, layers, heads, kv_heads, vocab : int
    tied : bool
        Whether the embedding is the head, too.
    """

    name: str
    hub: str
    architecture: str
    hidden: int
    intermediate: int
    layers: int
    heads: int
    kv_heads: int
    vocab: int
    tied: bool = False

    @property
    def is_phi(self) -> bool:
        """Whether a layer is of Phi's kind: one norm, two matrices in the feed-forward part, biases."""
        return self.architecture == PHI

    @property
    def kv_size(self) -> int:
        """Numbers in the keys of a token: fewer than ``hidden`` with grouped queries (Ainslie et al. 2023)."""
        return self.hidden // self.heads * self.kv_heads

    @property
    def linears(self) -> tuple[Linear, ...]:
        """The linear layers of one decoder layer: what ``all-linear`` adapts and QLoRA quantises."""
        h, f, kv, bias = self.hidden, self.intermediate, self.kv_size, self.is_phi
        attention = (Linear("q_proj", h, h, bias), Linear("k_proj", h, kv, bias), Linear("v_proj", h, kv, bias))
        if self.is_phi:
            return (*attention, Linear("dense", h, h, True), Linear("fc1", h, f, True), Linear("fc2", f, h, True))
        feed = (Linear("gate_proj", h, f), Linear("up_proj", h, f), Linear("down_proj", f, h))
        return (*attention, Linear("o_proj", h, h), *feed)

    @property
    def linear_weights(self) -> int:
        """Weights of the linear layers of all decoder layers."""
        return self.layers * sum(linear.weights for linear in self.linears)

    @property
    def other_parameters(self) -> int:
        """Embedding, head, norms and biases."""
        biases = self.layers * sum(linear.outputs for linear in self.linears if linear.bias)
        norms = self.hidden * (2 * self.layers + 2 if self.is_phi else 2 * self.layers + 1)
        head = 0 if self.tied else self.vocab * (self.hidden + (1 if self.is_phi else 0))
        return self.vocab * self.hidden + head + norms + biases

    @property
    def parameters(self) -> int:
        """All parameters."""
        return self.linear_weights + self.other_parameters

    def adapter_parameters(self, rank: int, targets: tuple[str, ...] | None) -> int:
        """Return the parameters of LoRA: ``rank * (inputs + outputs)`` for each adapted layer (Hu et al. 2021)."""
        adapted = [x for x in self.linears if targets is None or x.name in targets]
        return self.layers * sum(rank * (x.inputs + x.outputs) for x in adapted)


@cache
def architectures() -> dict[str, Architecture]:
    """Return all architectures by name: of the presets, then of ``architectures.toml``."""
    found = {p.name: _from_shape(p.name, p.hub, p.architecture, p.shape) for p in presets().values()}
    for name, row in _rows().items():
        found.setdefault(name, _from_shape(name, row["hub"], row["architecture"], row["shape"]))
    return found


def planned() -> tuple[str, ...]:
    """Return the names that are planned by default, in the order of the presets."""
    return (*presets(), *(name for name, row in _rows().items() if row["planned"] and name not in presets()))


def architecture(name: str) -> Architecture:
    """Return an architecture by its name; ``SettingsError`` ``plan.model`` where there is none."""
    found = architectures().get(name)
    if found is None:
        raise SettingsError(
            f"No sizes are known for a model {name}.", code="plan.model", hint=f"Say one of: {', '.join(planned())}."
        )
    return found


@cache
def _rows() -> dict[str, dict]:  # type: ignore[type-arg]
    text = files("sdc.finetune.planning").joinpath("architectures.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _from_shape(name: str, hub: str, architecture: str, shape: dict[str, int]) -> Architecture:
    if architecture not in (*LLAMA_LIKE, PHI):
        raise SettingsError(
            f"The planner does not know the architecture {architecture} of {name}.",
            code="plan.architecture",
            hint="Add how its layers are made to sdc.finetune.planning.architectures.",
        )
    return Architecture(
        name=name,
        hub=hub,
        architecture=architecture,
        hidden=shape["hidden_size"],
        intermediate=shape["intermediate_size"],
        layers=shape["num_hidden_layers"],
        heads=shape["num_attention_heads"],
        kv_heads=shape["num_key_value_heads"],
        vocab=shape["vocab_size"],
        tied=bool(shape.get("tie_word_embeddings", False)),
    )
