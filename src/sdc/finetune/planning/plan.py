"""The plan: each model × method × card × provider with memory, hours and cost, or the reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sdc.finetune.planning.amount import Amount
from sdc.finetune.planning.architectures import Architecture, architecture
from sdc.finetune.planning.duration import duration
from sdc.finetune.planning.gpus import Gpu
from sdc.finetune.planning.memory import Memory, estimate
from sdc.finetune.planning.prices import Price
from sdc.finetune.planning.setup import Method, Setup

SCHEMA = "sdc.finetune-plan/1"
MARGIN = 0.20
"""How far the formula may be off; a run that only fits within it is called tight."""
MAX_LENGTH = 2048
BATCHES = (4, 2, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One way to train, with what it needs.

    Attributes
    ----------
    model, method, gpu : str
    provider : str or None
        None: no price of this card is known.
    batch_size, sequence_length : int
    memory : Memory
    verdict : {"fits", "tight", "no"}
        ``tight``: it fits if the formula is right, but not if it is 20 % off.
    hours : tuple[float, float] or None
        Least and most; None: it does not fit.
    usd : tuple[float, float] or None
    reason : str or None
        Why there are no hours or no price.
    price : Price or None
    """

    model: str
    method: Method
    gpu: Gpu
    provider: str | None
    batch_size: int
    sequence_length: int
    memory: Memory
    verdict: str
    hours: tuple[float, float] | None
    usd: tuple[float, float] | None
    reason: str | None
    price: Price | None

    def to_dict(self) -> dict[str, Any]:
        """Return the row as JSON: gigabytes (10^9), hours, US dollars; what is not known is null with a reason."""
        m = self.memory
        parts = {
            n: round(getattr(m, n) / 1e9, 2) for n in ("weights", "quantisation", "trained", "activations", "logits")
        }
        return {
            "model": self.model,
            "method": self.method,
            "gpu": self.gpu.name,
            "provider": self.provider,
            "precision": "bfloat16" if self.gpu.bf16 else "float16",
            "batch_size": self.batch_size,
            "sequence_length": self.sequence_length,
            "verdict": self.verdict,
            "memory_gb": {"peak": round(m.peak / 1e9, 2), "device": round(m.device / 1e9, 2), **parts},
            "available_gb": round(self.gpu.memory_bytes / 1e9, 2),
            "hours": _pair(self.hours),
            "usd": _pair(self.usd),
            "reason": self.reason,
            "price": None
            if self.price is None
            else {"usd_per_hour": self.price.usd_per_hour, "date": self.price.date, "source": self.price.source},
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be planned.

    Attributes
    ----------
    models : Sequence[str]
    methods : Sequence[Method]
    gpus : Sequence[Gpu]
    amount : Amount
    epochs : float
    prices : Sequence[Price]
    """

    models: Sequence[str]
    methods: Sequence[Method]
    gpus: Sequence[Gpu]
    amount: Amount
    epochs: float
    prices: Sequence[Price]


def plan(wanted: Wanted) -> tuple[Row, ...]:
    """Return all rows, in the order of models, methods and cards; of one card the cheapest provider first."""
    return tuple(
        row for name in wanted.models for m in wanted.methods for g in wanted.gpus for row in _rows(name, m, g, wanted)
    )


def fitting_setup(sizes: Architecture, method: Method, card: Gpu, longest: int) -> tuple[Setup, Memory, str]:
    """Return the largest batch that fits a card, else a batch of one, with its memory and verdict."""
    length = min(max(longest, 1), MAX_LENGTH)
    for batch in BATCHES:
        setup = _setup(method, batch, length)
        memory = estimate(sizes, setup)
        verdict = verdict_of(memory, card)
        if verdict == "fits" or batch == BATCHES[-1]:
            return setup, memory, verdict
    raise AssertionError("the last batch returns")


def setup_of(row: Row) -> Setup:
    """Return the setup that a row is about."""
    return _setup(row.method, row.batch_size, row.sequence_length)


def _setup(method: Method, batch: int, length: int) -> Setup:
    return Setup(method, batch_size=batch, sequence_length=length, dropout=0.0 if method == "full" else 0.05)


def verdict_of(memory: Memory, card: Gpu) -> str:
    """Say ``fits``, ``tight`` (within the error of the formula) or ``no``."""
    if memory.device * (1 + MARGIN) <= card.memory_bytes:
        return "fits"
    return "tight" if memory.device <= card.memory_bytes else "no"


def _rows(name: str, method: Method, card: Gpu, wanted: Wanted) -> Iterator[Row]:
    sizes = architecture(name)
    setup, memory, verdict = fitting_setup(sizes, method, card, wanted.amount.longest)
    sized = setup.batch_size, setup.sequence_length
    row = Row(name, method, card, None, *sized, memory, verdict, None, None, None, None)
    if verdict == "no":
        lacking = (memory.device - card.memory_bytes) / 1e9
        yield replace(row, reason=f"{lacking:.1f} GB too little memory")
        return
    spent = duration(sizes, setup, card, wanted.amount, wanted.epochs)
    row = replace(row, hours=(spent.least, spent.most))
    prices = sorted((p for p in wanted.prices if p.gpu == card.name), key=lambda p: p.usd_per_hour)
    if not prices:
        yield replace(row, reason="no price of this card in the price file")
    for price in prices:
        usd = (spent.least * price.usd_per_hour, spent.most * price.usd_per_hour)
        yield replace(row, provider=price.provider, usd=usd, price=price)


def _pair(values: tuple[float, float] | None) -> dict[str, float] | None:
    return None if values is None else {"least": round(values[0], 2), "most": round(values[1], 2)}


def document(wanted: Wanted, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the plan as JSON, with what it rests on."""
    a = wanted.amount
    return {
        "schema": SCHEMA,
        "amount": {"pairs": a.pairs, "tokens": a.tokens, "longest": a.longest, "counted_by": a.counted_by},
        "epochs": wanted.epochs,
        "error": "memory by formula, within 20 % of published peaks; hours between least and most use of the card",
        "rows": [row.to_dict() for row in rows],
    }
