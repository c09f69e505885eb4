"""Peak memory of a training step by simulation: the real model and the real step, with tensors that have no numbers.

``FakeTensorMode`` of PyTorch runs each operation on shapes alone, and a dispatch mode adds up the storages that are
alive. No weights are fetched and no GPU is needed; a 7B model takes some seconds. Needs the extra ``finetune``.

What it does not see: the CUDA context, the workspaces of cuBLAS, and gaps between blocks of the allocator. The loss is
not trl's own function, which on a CPU takes more than on a GPU, but one that allocates what that does on a GPU.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sdc.errors import ExtraMissingError
from sdc.finetune.planning.architectures import Architecture
from sdc.finetune.planning.setup import TRL, Setup

NF4_BLOCK = 64
NF4_SECOND_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a simulated training step needed.

    Attributes
    ----------
    peak_bytes : int
        Most bytes alive at one moment.
    model_bytes : int
        Bytes of the model with its adapters, before the first step.
    parameters, trainable : int
    """

    peak_bytes: int
    model_bytes: int
    parameters: int
    trainable: int


def simulate(architecture: Architecture, setup: Setup) -> Simulation:
    """Run two training steps of a model without numbers and return the peak.

    Parameters
    ----------
    architecture : Architecture
    setup : Setup
        ``trainer`` is not read: what is simulated is transformers and peft, as SDC trains.

    Raises
    ------
    ExtraMissingError
        The extra ``finetune`` is not installed.
    """
    try:
        import peft  # noqa: F401
        import torch
        import transformers  # noqa: F401
        from torch._subclasses.fake_tensor import FakeTensorMode
    except ImportError as error:
        raise ExtraMissingError(
            "The simulation needs torch, transformers and peft.",
            hint="Install them with `pip install 'speech-development-companion[finetune]'`, or plan by formula.",
        ) from error
    with torch.device("meta"):
        model = _model(architecture, setup)
    with FakeTensorMode(allow_non_fake_inputs=True), _tracking() as alive:
        _materialise(model)
        named = (
            sum(p.numel() for p in model.parameters()),
            sum(p.numel() for p in model.parameters() if p.requires_grad),
        )
        model_bytes = alive.now
        _steps(model, architecture, setup)
    return Simulation(alive.peak, model_bytes, *named)


@dataclass
class _Alive:
    """Bytes of storages that are alive now, and the most there were."""

    now: int = 0
    peak: int = 0

    def add(self, size: int) -> None:
        self.now += size
        self.peak = max(self.peak, self.now)

    def drop(self, size: int) -> None:
        self.now -= size


@contextmanager
def _tracking() -> Iterator[_Alive]:
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode
    from torch.utils._pytree import tree_leaves
    from torch.utils.weak import WeakIdKeyDictionary

    alive, seen = _Alive(), WeakIdKeyDictionary()

    class Tracker(TorchDispatchMode):  # type: ignore[misc]
        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            result = func(*args, **(kwargs or {}))
            for leaf in tree_leaves(result):
                if isinstance(leaf, torch.Tensor):
                    storage = leaf.untyped_storage()
                    if storage not in seen:
                        size = storage.nbytes()
                        seen[storage] = size
                        alive.add(size)
                        weakref.finalize(storage, alive.drop, size)
            return result

    with Tracker():
        yield alive


def _model(architecture: Architecture, setup: Setup) -> Any:
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    dtype = torch.float32 if setup.method == "full" else torch.bfloat16
    model = AutoModelForCausalLM.from_config(_config(architecture), dtype=dtype, attn_implementation=setup.attention)
    if setup.method == "qlora":
        _quantise(model)
    if setup.has_adapters:
        targets = "all-linear" if setup.targets is None else list(setup.targets)
        lora = LoraConfig(r=setup.rank, lora_dropout=setup.dropout, target_modules=targets, task_type="CAUSAL_LM")
        model = get_peft_model(model, lora)
        model.enable_input_require_grads()
        _fuse_dropout(model)
        for parameter in model.parameters():  # as SDC trains
            if parameter.requires_grad:
                parameter.data = parameter.data.float()
    if setup.checkpointing:
        model.gradient_checkpointing_enable({"use_reentrant": False})
    return model.train()


def _fuse_dropout(model: Any) -> None:
    """Let dropout keep a mask of one byte each, as it does on a GPU, and not the mask that it keeps on a CPU."""
    import torch

    class FusedDropout(torch.nn.Dropout):  # type: ignore[misc]
        def forward(self, x: Any) -> Any:
            return torch.native_dropout(x, self.p, self.training)[0]

    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if type(child) is torch.nn.Dropout and child.p > 0:
                setattr(module, name, FusedDropout(child.p))


def _config(architecture: Architecture) -> Any:
    import transformers

    kind = getattr(transformers, architecture.architecture.replace("ForCausalLM", "Config"))
    return kind(
        hidden_size=architecture.hidden,
        intermediate_size=architecture.intermediate,
        num_hidden_layers=architecture.layers,
        num_attention_heads=architecture.heads,
        num_key_value_heads=architecture.kv_heads,
        vocab_size=architecture.vocab,
        tie_word_embeddings=architecture.tied,
        use_cache=False,
    )


def _quantise(model: Any) -> None:
    """Put layers that hold 4 bits a weight in the place of the decoder's linear layers, as bitsandbytes does."""
    import torch

    packed = _packed_linear()
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    for layer in model.model.layers:
        for module in list(layer.modules()):
            for name, child in list(module.named_children()):
                if type(child) is torch.nn.Linear:
                    setattr(module, name, packed(child))


def _packed_linear() -> type:
    import torch

    class Packed(torch.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(ctx: Any, x: Any, shape: tuple[int, int]) -> Any:
            ctx.shape = shape
            return torch.nn.functional.linear(x, torch.empty(shape, dtype=x.dtype, device=x.device))

        @staticmethod
        def backward(ctx: Any, grad: Any) -> Any:
            return grad @ torch.empty(ctx.shape, dtype=grad.dtype, device=grad.device), None

    class PackedLinear(torch.nn.Linear):  # type: ignore[misc]
        def __init__(self, plain: torch.nn.Linear) -> None:
            torch.nn.Module.__init__(self)
            self.in_features, self.out_features = plain.in_features, plain.out_features
            n = plain.weight.numel()
            blocks = -(-n // NF4_BLOCK)
            self.weight = torch.nn.Parameter(torch.empty(n // 2, 1, dtype=torch.uint8), requires_grad=False)
            self.bias = plain.bias
            self.register_buffer("absmax", torch.empty(blocks, dtype=torch.uint8))
            self.register_buffer("absmax2", torch.empty(-(-blocks // NF4_SECOND_BLOCK)))

        def forward(self, x: Any) -> Any:
            out = Packed.apply(x.to(torch.bfloat16), (self.out_features, self.in_features))
            return out if self.bias is None else out + self.bias.to(out.dtype)

    return PackedLinear


def _materialise(model: Any) -> None:
    """Give each parameter and buffer of a model on the device ``meta`` a storage that is counted."""
    import torch

    made: dict[int, Any] = {}  # tied weights stay tied
    for module in model.modules():
        for name, p in list(module.named_parameters(recurse=False)):
            if id(p) not in made:
                made[id(p)] = torch.nn.Parameter(torch.empty(p.shape, dtype=p.dtype), requires_grad=p.requires_grad)
            setattr(module, name, made[id(p)])
        for name, b in list(module.named_buffers(recurse=False)):
            setattr(module, name, torch.empty(b.shape, dtype=b.dtype))


def _steps(model: Any, architecture: Architecture, setup: Setup) -> None:
    """Do a step, then two batches to one more: moments exist from the second on, gradients from its second batch."""
    import torch

    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], foreach=False)
    tiled_loss = _tiled_loss()
    tokens = torch.zeros((setup.batch_size, setup.sequence_length), dtype=torch.long)
    for ends_step in (True, False, True):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            whole = model.get_base_model() if setup.has_adapters else model
            hidden = whole.model(input_ids=tokens).last_hidden_state
            loss = tiled_loss.apply(hidden.flatten(0, 1), whole.lm_head.weight)
        del hidden  # the loss keeps it as long as it needs it
        loss.backward()
        del loss
        if ends_step:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)


def _tiled_loss() -> Any:
    """Return a loss that needs what trl's needs on a GPU: a tile of the logits, and gradients in 32 bits."""
    import torch

    assert TRL.tile is not None
    rows, width = TRL.tile

    def tile(hidden: Any) -> Any:
        return torch.empty((min(len(hidden), rows), width), dtype=torch.bfloat16)

    class TiledLoss(torch.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(ctx: Any, hidden: Any, weight: Any) -> Any:
            ctx.save_for_backward(hidden, weight)
            return tile(hidden)[0, 0].float()

        @staticmethod
        def backward(ctx: Any, grad: Any) -> Any:
            hidden, weight = ctx.saved_tensors
            held = tile(hidden)
            of_hidden = torch.empty(hidden.shape, dtype=torch.float32)
            of_weight = torch.empty(weight.shape, dtype=torch.float32) if ctx.needs_input_grad[1] else None
            del held
            return of_hidden.to(hidden.dtype), None if of_weight is None else of_weight.to(weight.dtype)

    return TiledLoss
