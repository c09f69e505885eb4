"""Whisper models for whisper.cpp: one file each, ``ggml-small.bin``.

A model is told by its name (``small``, ``small-q5_1``), which is looked for in the Hugging Face
Hub's cache and fetched from the project's own repository there, or by the file itself.
"""

from __future__ import annotations

import os
from pathlib import Path

from sdc.errors import ModelMissingError
from sdc.transcribe.models import StoredModel

REPOSITORY = "ggerganov/whisper.cpp"

GGML_NAMES = (
    *("tiny", "tiny.en", "tiny-q5_1", "base", "base.en", "base-q5_1", "small", "small.en", "small-q5_1"),
    *("medium", "medium.en", "medium-q5_0", "large-v2", "large-v3", "large-v3-q5_0"),
    *("large-v3-turbo", "large-v3-turbo-q5_0"),
)
"""Names that can be fetched; ``q5`` are smaller and a little less sure."""


def find_ggml(name: str) -> Path | None:
    """Return the file of a model that is on this machine; None when it is not."""
    if Path(name).is_file():
        return Path(name)
    if name not in GGML_NAMES:
        return None
    try:
        return _hub_file(name, fetch=False)
    except (OSError, ValueError):
        return None


def fetch_ggml(name: str) -> Path:
    """Return the file of a model, fetched from the Hugging Face Hub where it is not on this machine.

    Raises
    ------
    ModelMissingError
        ``engine.model-unknown`` for a name that there is not, ``engine.model-missing`` when it
        cannot be fetched.
    """
    found = find_ggml(name)
    if found is not None:
        return found
    if name not in GGML_NAMES:
        raise ModelMissingError(
            f"There is no whisper.cpp model named {name}, and no such file.",
            code="engine.model-unknown",
            hint=f"Names: {', '.join(GGML_NAMES)}; or a file.",
        )
    from huggingface_hub.errors import HTTPError  # type: ignore[attr-defined]  # the base of its client's errors

    try:
        return _hub_file(name, fetch=True)
    except (OSError, ValueError, HTTPError) as error:
        raise ModelMissingError(
            f"The whisper.cpp model {name} is not on this machine and could not be fetched.",
            hint="Connect to the internet once, or set SDC_WHISPER_MODEL to a file in ggml format.",
        ) from error


def ggml_on_disk() -> tuple[StoredModel, ...]:
    """Return the models that were fetched, by name."""
    found = ((name, find_ggml(name)) for name in sorted(GGML_NAMES) if not Path(name).is_file())
    return tuple(stored_ggml(name, path) for name, path in found if path is not None)


def stored_ggml(name: str, path: Path) -> StoredModel:
    """Return what there is to tell of a model's file."""
    return StoredModel(name, "whisper.cpp", path.stat().st_size, path)


def _hub_file(name: str, *, fetch: bool) -> Path:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # before the library reads it
    from huggingface_hub import HfApi, hf_hub_download

    if fetch:
        # This is asked once, so that a machine without a network hears it at once; a file would be asked for six
        # times, with pauses of 23 s in all, which are left to networks that answer.
        HfApi().model_info(REPOSITORY, revision="main", timeout=10)
    return Path(hf_hub_download(REPOSITORY, f"ggml-{name}.bin", local_files_only=not fetch))
