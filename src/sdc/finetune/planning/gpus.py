"""The cards that are planned for: memory, speed, and how busy training keeps them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sdc.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Gpu:
    """A card.

    Attributes
    ----------
    name, title : str
    memory_gib : float
        What PyTorch can use.
    tflops : float
        Peak of dense 16-bit matrix products, in 10^12 operations a second.
    bf16 : bool
        Whether it has bfloat16; else training is in fp16.
    busy : tuple[float, float]
        Least and most share of the peak that training reaches, 0 to 1.
    peak_source, busy_source : str
    """

    name: str
    title: str
    memory_gib: float
    tflops: float
    bf16: bool
    busy: tuple[float, float]
    peak_source: str
    busy_source: str

    @property
    def memory_bytes(self) -> float:
        """What PyTorch can use, in bytes."""
        return self.memory_gib * 2**30


@cache
def gpus() -> dict[str, Gpu]:
    """Return all cards by name."""
    rows = tomllib.loads(files("sdc.finetune.planning").joinpath("gpus.toml").read_text(encoding="utf-8"))
    return {name: Gpu(name=name, **{**row, "busy": tuple(row["busy"])}) for name, row in rows.items()}


def gpu(name: str) -> Gpu:
    """Return a card by its name, in any case; ``SettingsError`` ``plan.gpu`` where there is none."""
    for found in gpus().values():
        if found.name.lower() == name.lower():
            return found
    raise SettingsError(f"There is no card {name}.", code="plan.gpu", hint=f"Say one of: {', '.join(gpus())}.")
