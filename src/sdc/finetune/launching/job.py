"""The job file, one for every provider: what is trained, on what, and who agreed that the texts leave the house."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sdc.errors import InputError, SettingsError
from sdc.finetune.planning.gpus import gpu
from sdc.finetune.presets import preset

KEY_NAME = "SDC_DATA_KEY"
"""Environment variable that holds the key of the sealed files, here and on the rented machine."""
TOKEN_NAME = "HF_TOKEN"  # noqa: S105  the name of a variable, not a token
"""Environment variable with a token of the Hugging Face Hub, for models that ask who fetches them."""
PACKAGE = "speech-development-companion[finetune]"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agreed that the de-identified texts are sent to a rented machine.

    Attributes
    ----------
    statement : str
        What the families agreed to, in words.
    by : str
        Who answers for it.
    date : str
        ISO day.
    """

    statement: str
    by: str
    date: str


@dataclass(frozen=True, slots=True)
class Job:
    """A training run.

    Attributes
    ----------
    name : str
        Letters a to z, digits and hyphens, 3 to 40.
    model : str
        A preset.
    method : {"lora", "qlora"}
    data : Path
        A data set folder of ``sdc dataset build``; a relative path starts at the job file.
    gpu : str
        A card of ``gpus.toml``.
    agreement : Agreement
    hours : float
        The machine is stopped after so many hours.
    disk_gb : int
    package : str
        What pip installs on the machine.
    options : dict
        Of ``sdc finetune train --config``.
    places : dict[str, dict]
        What a provider needs to know, under its name: accounts, buckets, computes. No secrets.
    """

    name: str
    model: str
    method: str
    data: Path
    gpu: str
    agreement: Agreement
    hours: float = 6.0
    disk_gb: int = 100
    package: str = PACKAGE
    options: dict[str, Any] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)

    def card_at(self, provider: str) -> str:
        """Return what a provider calls the card; ``SettingsError`` ``launch.card`` where it has none of it."""
        known = cards()[provider]
        if self.gpu not in known:
            raise SettingsError(
                f"The card {self.gpu} cannot be had at {provider}.",
                code="launch.card",
                hint=f"Say gpu: {', '.join(known)} in the job file.",
            )
        return known[self.gpu]

    def place(self, provider: str, name: str) -> str:
        """Return what a provider needs to know; ``SettingsError`` ``launch.place`` where the job does not tell."""
        found = self.places.get(provider, {}).get(name)
        if not found:
            raise SettingsError(
                f"The job does not tell {name} for {provider}.",
                code="launch.place",
                hint=f"Write it under `{provider}:` in the job file; see docs/launching.md.",
            )
        return str(found)


@cache
def cards() -> dict[str, dict[str, str]]:
    """Return what each provider calls each card."""
    return tomllib.loads(files("sdc.finetune.launching").joinpath("cards.toml").read_text(encoding="utf-8"))


PROVIDERS = ("sagemaker", "azure", "huggingface")
"""Providers that must be told more than the job."""


def read_job(path: Path) -> Job:
    """Read a job file.

    Raises
    ------
    InputError
        ``launch.job``: the file cannot be read, or something in it is missing or cannot be.
    SettingsError
        No such preset or card.
    """
    import yaml

    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise _bad("The job file cannot be read", path) from error
    if not isinstance(rows, dict):
        raise _bad("The job file is no list of names with values", path)
    return _checked(rows, path)


def _checked(rows: dict[str, Any], path: Path) -> Job:
    own = {f.name for f in fields(Job)} - {"agreement", "places"}
    unknown = set(rows) - own - {"consent", *PROVIDERS}
    if unknown:
        raise _bad(f"The job file holds {', '.join(sorted(unknown))}, which is not known", path)
    lacking = {"name", "model", "method", "data", "gpu"} - set(rows)
    if lacking:
        raise _bad(f"The job file lacks {', '.join(sorted(lacking))}", path)
    told = {name: value for name, value in rows.items() if name in own}
    told["data"] = path.parent / str(rows["data"])
    places = {name: dict(rows[name]) for name in PROVIDERS if isinstance(rows.get(name), dict)}
    job = Job(**told, agreement=_agreement(rows.get("consent"), path), places=places)
    _check_values(job, path)
    return job


def _agreement(rows: Any, path: Path) -> Agreement:
    parts = {n: str(rows.get(n) or "").strip() for n in ("statement", "by", "date")} if isinstance(rows, dict) else {}
    if not parts or not all(parts.values()):
        raise _bad(
            "The job file does not tell who agreed that the texts leave this house",
            path,
            "Write consent: with statement, by and date, after the families agreed.",
        )
    try:
        date.fromisoformat(parts["date"])
    except ValueError as error:
        raise _bad(f"consent: date cannot be {parts['date']}", path, "Write it as 2026-01-31.") from error
    return Agreement(**parts)


def _check_values(job: Job, path: Path) -> None:
    preset(job.model)
    gpu(job.gpu)
    if not _NAME.fullmatch(str(job.name)):
        raise _bad("name must be letters a to z, digits and hyphens, 3 to 40", path)
    if job.method not in ("lora", "qlora"):
        raise _bad(f"method cannot be {job.method}", path, "Say lora or qlora.")
    if not isinstance(job.hours, int | float) or not 0 < job.hours <= 120:
        raise _bad(f"hours cannot be {job.hours}", path, "Give a number up to 120.")
    if not isinstance(job.disk_gb, int) or job.disk_gb < 30:
        raise _bad(f"disk_gb cannot be {job.disk_gb}", path, "Give a whole number from 30.")
    if any(mark in job.package for mark in "'\"\n;&|`$ "):
        raise _bad(f"package cannot be {job.package}", path, "Give one requirement for pip, without spaces.")
    if not isinstance(job.options, dict):
        raise _bad("options must be names with values", path, "See docs/fine-tuning.md.")


def _bad(what: str, path: Path, hint: str = "docs/launching.md shows a whole one.") -> InputError:
    return InputError(f"{what}.", code="launch.job", hint=hint, source=str(path))
