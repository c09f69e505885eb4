"""Several processes that train one adapter, one a GPU: which of them writes, and where they wait for each other.

``accelerate launch``, ``torchrun`` and ``sdc finetune train --processes`` tell each process its place in the
environment; a process that was started alone is the first of one.
"""

from __future__ import annotations

import os


def rank() -> int:
    """Return the place of this process, from 0; the first one writes."""
    return int(os.environ.get("RANK", "0"))


def n_processes() -> int:
    """Return how many processes train together."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def sharded() -> bool:
    """Tell whether the launcher wants the weights shared out over the processes (FSDP), not copied to each (DDP)."""
    return os.environ.get("ACCELERATE_USE_FSDP", "false").lower() == "true"


def join() -> None:
    """Meet the other processes: nccl on GPUs, gloo on CPUs; nothing where there is only one.

    Raises
    ------
    EngineError
        ``finetune.processes``: FSDP on CPUs, which accelerate would turn into copies without a word.
    """
    if n_processes() == 1:
        return
    import torch
    from accelerate import PartialState

    from sdc.errors import EngineError

    if sharded() and not torch.cuda.is_available():
        raise EngineError(
            "The weights cannot be shared out (FSDP) on CPUs.",
            code="finetune.processes",
            hint="Launch with recipes/accelerate/ddp.yaml, or on GPUs.",
        )
    PartialState(cpu=not torch.cuda.is_available())


def wait() -> None:
    """Wait until every process is here."""
    from torch import distributed

    if distributed.is_available() and distributed.is_initialized():
        distributed.barrier()


def any_of(flag: bool) -> bool:
    """Return whether the flag is set in any process; each of them must ask."""
    import torch
    from torch import distributed

    if not (distributed.is_available() and distributed.is_initialized()):
        return flag
    device = torch.device("cuda", torch.cuda.current_device()) if torch.cuda.is_available() else torch.device("cpu")
    told = torch.tensor(int(flag), device=device)
    distributed.all_reduce(told, op=distributed.ReduceOp.MAX)
    return bool(told.item())
