"""The card of a run: what was trained, on what, how, with which versions, and how it went."""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sdc.errors import ConflictError, InputError, MissingInputError
from sdc.finetune.training import ranks

NAME = "run.json"
SCHEMA = "sdc.finetune.run/1"
PACKAGES = (
    "speech-development-companion",
    "torch",
    "transformers",
    "trl",
    "peft",
    "datasets",
    "accelerate",
    "bitsandbytes",
    "tokenizers",
)
SAME = ("base", "base_fingerprint", "data_digest", "options", "max_length", "processes")
"""What a run that goes on must have in common with its beginning."""


def versions() -> dict[str, str | None]:
    """Return the versions of what trains; None for what is not installed."""
    return {"python": platform.python_version()} | {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def write_json(path: Path, document: dict[str, Any]) -> None:
    """Write a document whole or not at all."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def write_run(run: Path, card: dict[str, Any]) -> None:
    """Write the card of a run, and the folder where it is new; of several processes the first one does."""
    if ranks.rank() == 0:
        run.mkdir(parents=True, exist_ok=True)
        write_json(run / NAME, card)
    ranks.wait()


def read_run(run: Path) -> dict[str, Any]:
    """Return the card of a run.

    Raises
    ------
    MissingInputError
        ``finetune.no-run``.
    """
    try:
        card = json.loads((run / NAME).read_text(encoding="utf-8"))
        assert isinstance(card, dict)
    except (OSError, ValueError, AssertionError) as error:
        raise MissingInputError(
            "There is no training in this folder.",
            code="finetune.no-run",
            hint="Name the folder that `sdc finetune train -o FOLDER` wrote.",
            source=str(run),
        ) from error
    return card


def need_new(run: Path) -> None:
    """Raise ``ConflictError`` ``finetune.exists`` where a folder holds something already."""
    if run.exists() and (not run.is_dir() or any(run.iterdir())):
        raise ConflictError(
            "This folder holds something already.",
            code="finetune.exists",
            hint="Go on with --resume, or name another folder with -o.",
            source=str(run),
        )


def need_same(run: Path, card: dict[str, Any]) -> None:
    """Raise ``InputError`` ``finetune.resume`` where a run would go on with something else than it began with."""
    before = {"processes": 1} | read_run(run)
    changed = [name for name in SAME if before.get(name) != card.get(name)]
    if changed:
        raise InputError(
            f"This training began with another {' and another '.join(n.replace('_', ' ') for n in changed)}.",
            code="finetune.resume",
            hint="Resume with the same model, data and options, or begin a new run.",
            source=str(run),
        )
