"""Whisper models: which names there are, what is on this machine, and how one is fetched.

A model is a folder in CTranslate2's format. It is told by its name (``small``), by the name of
a repository on the Hugging Face Hub (``owner/model``), or by the folder itself. ``auto`` stands for
the model that suits the device.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sdc.errors import ModelMissingError

AUTO = "auto"

SUITED = {"cpu": "small", "cuda": "large-v3-turbo"}
"""What ``auto`` stands for: small hears a child about as fast as it speaks on one CPU core."""

NEEDED = ("model.bin", "tokenizer.json")
"""Without ``tokenizer.json`` faster-whisper would ask the hub for one."""

FOLDER_HINT = "Set SDC_WHISPER_MODEL to a folder with a Whisper model in CTranslate2's format."


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model on this machine: the name to ask for it by, its size, its folder or file."""

    name: str
    engine: str
    size_bytes: int
    place: Path


def device_of(device: str) -> str:
    """Return ``cpu`` or ``cuda``; ``auto`` is cuda where there is one."""
    if device != AUTO:
        return device
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def model_for(name: str, device: str) -> str:
    """Return the name of a model; ``auto`` is the one that suits the device."""
    return SUITED.get(device_of(device), SUITED["cpu"]) if name == AUTO else name


def models_on_disk() -> tuple[StoredModel, ...]:
    """Return the models that were fetched and are whole, by name."""
    return tuple(sorted(_stored(), key=lambda model: model.name))


def stored_model(name: str, folder: Path) -> StoredModel:
    """Return what there is to tell of a model's folder."""
    size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    return StoredModel(name, "faster-whisper", size, folder)


def _stored() -> Iterator[StoredModel]:
    names = {repo: name for name, repo in reversed(_repositories().items())}  # the first of several names
    for repo in cached_repositories():
        name = names.get(repo, repo)
        folder = find_model(name)
        if folder is not None:
            yield stored_model(name, folder)


def cached_repositories() -> tuple[str, ...]:
    """Return the names of the repositories that the Hugging Face Hub's cache holds on this machine."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        return tuple(repo.repo_id for repo in scan_cache_dir().repos if repo.repo_type == "model")
    except CacheNotFound:  # nothing was ever fetched
        return ()


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
            hint=f"Connect to the internet once, or {FOLDER_HINT[0].lower()}{FOLDER_HINT[1:]}",
        ) from error


def model_names() -> tuple[str, ...]:
    """Return the names that can be fetched."""
    from faster_whisper import available_models

    return tuple(available_models())


def _repositories() -> dict[str, str]:
    """Return name → repository."""
    from faster_whisper.utils import _MODELS

    return dict(_MODELS)


def model_revision(folder: Path) -> str:
    """Return what tells this model from another: the SHA-256 of its weights."""
    return sha256_of(folder / "model.bin")


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _is_complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in NEEDED)


def _hub_folder(name: str, *, fetch: bool) -> Path:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # before the library reads it
    from faster_whisper import download_model

    return Path(download_model(name, local_files_only=not fetch))
