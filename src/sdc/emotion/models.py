"""Where a classifier lies: a folder, or a name on the Hugging Face Hub, fetched where it is not here."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from sdc.errors import ModelMissingError

WANTED = ("*.json", "*.safetensors", "README.md")
"""No pickles: they can run code."""
WEIGHTS = "model.safetensors"
NEEDED = ("config.json", "preprocessor_config.json", WEIGHTS)
HINT = "Set SDC_EMOTION_MODEL to a folder with an audio-classification model of transformers, or leave it empty."


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model on this machine: its folder, and what tells it from another."""

    folder: Path
    revision: str


def find_classifier(name: str) -> FoundModel:
    """Return a model by folder or name.

    Raises
    ------
    ModelMissingError
        ``engine.model-incomplete`` for a folder without a usable model, ``engine.model-missing``
        for a name that is not here and cannot be fetched.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return FoundModel(_complete(folder, name), _sum(folder / WEIGHTS))
    folder = _complete(_fetched(name), name)
    return FoundModel(folder, folder.name)  # the hub's cache names folders by commit


def _complete(folder: Path, name: str) -> Path:
    lacking = [file for file in NEEDED if not (folder / file).is_file()]
    if lacking:
        raise ModelMissingError(
            f"The model {name} cannot be used: it lacks {', '.join(lacking)}.",
            code="engine.model-incomplete",
            hint=HINT,
        )
    return folder


def _fetched(name: str) -> Path:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # before the library reads it
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HTTPError  # type: ignore[attr-defined]  # the base of its client's errors

    try:
        return Path(snapshot_download(name, allow_patterns=list(WANTED)))
    except (OSError, ValueError, HTTPError) as error:  # no network, no such model, not a name
        raise ModelMissingError(
            f"The model {name} is neither a folder nor on this machine, and it could not be fetched.", hint=HINT
        ) from error


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
