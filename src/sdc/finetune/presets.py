"""The models that SDC knows how to fine-tune, by name: ``presets.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from sdc.errors import SettingsError

SystemRole = Literal["own", "merged"]


@dataclass(frozen=True, slots=True)
class Preset:
    """What is known about a model.

    Attributes
    ----------
    name : str
        As ``sdc finetune --model`` takes it.
    hub : str
        Name on the Hugging Face Hub.
    title : str
    licence : str
    commercial : bool
        Whether the licence allows commercial use.
    architecture : str
        Class of transformers.
    target_modules : str
        Which layers LoRA adapts; ``all-linear``: every linear layer but the head.
    precision : str
        Of the weights while training with LoRA, where the device has it.
    stop : str
        The token that ends an answer.
    system : {"own", "merged"}
        Whether instructions have a place of their own in the template.
    max_length : int
        Tokens of a prompt with its answer, by default.
    source : str
        Where these facts were compared, and when; what was not.
    template : str
        Jinja; used where the tokenizer brings none.
    shape : dict[str, int]
        Sizes of the architecture, named as in its ``config.json``.
    """

    name: str
    hub: str
    title: str
    licence: str
    commercial: bool
    architecture: str
    target_modules: str
    precision: str
    stop: str
    system: SystemRole
    max_length: int
    source: str
    template: str
    shape: dict[str, int]


@cache
def presets() -> dict[str, Preset]:
    """Return all presets by name."""
    rows = tomllib.loads(files("sdc.finetune").joinpath("presets.toml").read_text(encoding="utf-8"))
    return {name: Preset(name=name, **row) for name, row in rows.items()}


def preset(name: str) -> Preset:
    """Return a preset by its name; ``SettingsError`` ``settings.preset`` where there is none."""
    found = presets().get(name)
    if found is None:
        raise SettingsError(
            f"There is no preset {name}.", code="settings.preset", hint=f"Presets: {', '.join(presets())}."
        )
    return found


def preset_of(model: str) -> Preset | None:
    """Return the preset of a name, a name on the Hub, or the folder of a download of it; None where it is unknown."""
    wanted = model.rstrip("/").lower()
    for row in presets().values():
        if wanted in (row.name, row.hub.lower()) or wanted.endswith("/" + row.hub.partition("/")[2].lower()):
            return row
    return None
