"""How a model is trained: defaults, a YAML file over them, and what the command line says over both."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from sdc.errors import SettingsError

Method = Literal["lora", "qlora"]


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """How a model is trained.

    Attributes
    ----------
    method : {"lora", "qlora"}
        ``qlora``: the base in 4 bits (nf4, double quantisation; Dettmers et al. 2023).
    rank, alpha : int
        Of LoRA (Hu et al. 2021): size of the update, and what it is scaled by (``alpha / rank``).
    dropout : float
        0 to 1, in the update.
    train_head : bool
        Train ``lm_head`` whole, too: for a model that was trained on no such text.
    learning_rate : float
        2e-4 is usual for LoRA; full fine-tuning takes less.
    epochs : float
    max_steps : int
        0: as many as the epochs have.
    batch_size, accumulation : int
        Pairs at once on a device, and batches to a step.
    max_length : int
        Tokens of a prompt with its answer; 0: the preset's, or what the model can read.
    packing : bool
        Several short pairs in one row (best fit decreasing).
    checkpointing : bool
        Keep fewer activations and compute them twice: less memory, about a third more time.
    warmup_ratio : float
        0 to 1, of the steps.
    eval_steps : int
        Validate, save and decide whether to stop after so many steps; 0: after each epoch.
    patience : int
        Stop after so many validations without a lower loss; 0: never.
    seed : int
    """

    method: Method = "lora"
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05
    train_head: bool = False
    learning_rate: float = 2e-4
    epochs: float = 3.0
    max_steps: int = 0
    batch_size: int = 4
    accumulation: int = 4
    max_length: int = 0
    packing: bool = False
    checkpointing: bool = True
    warmup_ratio: float = 0.03
    eval_steps: int = 0
    patience: int = 3
    seed: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the options as a run card keeps them."""
        return asdict(self)


_AT_LEAST = {"rank": 1, "alpha": 1, "max_steps": 0, "batch_size": 1, "accumulation": 1, "max_length": 0}
_AT_LEAST |= {"eval_steps": 0, "patience": 0, "seed": 0}
_SHARES = ("dropout", "warmup_ratio")
_POSITIVE = ("learning_rate", "epochs")


def read_options(config: Path | None, told: dict[str, Any]) -> TrainOptions:
    """Return the options of a YAML file, and over them what was told.

    Raises
    ------
    SettingsError
        ``finetune.option``: the file cannot be read, or holds an option that there is not or a value that cannot be.
    """
    return options_of((_read_yaml(config) if config is not None else {}) | told, config)


def options_of(rows: dict[str, Any], config: Path | None = None) -> TrainOptions:
    """Return the options of a table, defaults for the others; errors as ``read_options``."""
    known = {f.name for f in fields(TrainOptions)}
    for name in rows:
        if name not in known:
            raise _bad(config, f"There is no option {name}", f"Options: {', '.join(sorted(known))}.")
    return checked(replace(TrainOptions(), **rows), config)


def _read_yaml(config: Path) -> dict[str, Any]:
    import yaml

    try:
        rows = yaml.safe_load(config.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise _bad(config, "This is no YAML file that can be read", "See recipes/lora.yaml for one.") from error
    if rows is not None and not isinstance(rows, dict):
        raise _bad(config, "This is no list of options", "Write one option a line, such as `rank: 16`.")
    return rows or {}


def checked(options: TrainOptions, config: Path | None = None) -> TrainOptions:
    """Return options whose values can be; ``SettingsError`` ``finetune.option`` for one that cannot."""
    if options.method not in ("lora", "qlora"):
        raise _bad(config, f"method cannot be {options.method}", "Say lora or qlora.")
    for name, value in options.to_dict().items():
        if name in _AT_LEAST:
            good, wanted = _is_whole(value) and value >= _AT_LEAST[name], f"a whole number from {_AT_LEAST[name]}"
        elif name in _SHARES:
            good, wanted = _is_number(value) and 0 <= value < 1, "a number from 0 to below 1"
        elif name in _POSITIVE:
            good, wanted = _is_number(value) and value > 0, "a number above 0 (2.0e-4, with the point, in YAML)"
        else:
            good, wanted = name == "method" or isinstance(value, bool), "true or false"
        if not good:
            raise _bad(config, f"{name} cannot be {value}", f"Give {wanted}.")
    return options


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _bad(config: Path | None, what: str, hint: str) -> SettingsError:
    return SettingsError(f"{what}.", code="finetune.option", hint=hint, source=str(config) if config else None)
