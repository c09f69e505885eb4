"""Whisper models: which names there are, what is on this machine, and how one is fetched.

A model is a folder in CTranslate2's format. It is told by its name (``small``), by the name of
a repository on the Hugging Face Hub (``owner/model``), or by the folder itself.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from sdc.errors import ModelMissingError

NEEDED = ("model.bin", "tokenizer.json")
"""Without ``tokenizer.json`` faster-whisper would ask the hub for one."""

FOLDER_HINT = "Set SDC_WHISPER_MODEL to a folder with a Whisper model in CTranslate2's format."


def find_model(name: str) -> Path | None:
    """Return the folder of a model that is on this machine; None when it is not.

    Parameters
    ----------
    name : str
        Name or folder; see the module.
    """
    if Path(name).is_dir():
        return Path(name) if _is_complete(Path(name)) else None
    try:
        folder = _hub_folder(name, fetch=False)
    except (OSError, ValueError):
        return None
    return folder if _is_complete(folder) else None


def fetch_model(name: str) -> Path:
    """Return the folder of a model, fetched from the Hugging Face Hub where it is not on this machine.

    Files that arrived whole are not fetched again after a broken download.

    Raises
    ------
    ModelMissingError
        ``engine.model-incomplete`` for a folder without a usable model, ``engine.model-unknown``
        for a name that there is not, ``engine.model-missing`` when it cannot be fetched.
    """
    found = find_model(name)
    if found is not None:
        return found
    if Path(name).is_dir():
        lacking = ", ".join(file for file in NEEDED if not (Path(name) / file).is_file())
        raise ModelMissingError(
            f"The folder {name} holds no usable Whisper model: it lacks {lacking}.",
            code="engine.model-incomplete",
            hint=FOLDER_HINT,
        )
    from huggingface_hub.errors import HTTPError  # type: ignore[attr-defined]  # the base of its client's errors

    try:
        return _hub_folder(name, fetch=True)
    except ValueError as error:
        raise ModelMissingError(
            f"There is no Whisper model named {name}.",
            code="engine.model-unknown",
            hint=f"Names: {', '.join(model_names())}; or a folder.",
        ) from error
    except (OSError, HTTPError) as error:  # no network, no such repository, connection lost, no room on the disk
        raise ModelMissingError(
            f"The Whisper model {name} is not on this machine and could not be fetched.",
            hint=f"Connect to the internet once. {FOLDER_HINT}",
        ) from error


def model_names() -> tuple[str, ...]:
    """Return the names that can be fetched."""
    from faster_whisper import available_models

    return tuple(available_models())


def model_revision(folder: Path) -> str:
    """Return what tells this model from another: the SHA-256 of its weights."""
    with (folder / "model.bin").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in NEEDED)


def _hub_folder(name: str, *, fetch: bool) -> Path:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # before the library reads it
    from faster_whisper import download_model

    return Path(download_model(name, local_files_only=not fetch))
