"""A LoRA adapter on disk: where it lies, on which base it was trained, and whether its evaluation lets it be used.

A run of ``sdc finetune train`` is a folder with ``adapter/`` (weights, tokenizer, ``adapter.json``) and, once it was
evaluated, ``evaluation.json``. The folder of the run and that of the adapter itself both name it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from sdc.errors import EngineError, ModelMissingError

WEIGHTS = "adapter_model.safetensors"
CONFIG = "adapter_config.json"
CARD = "adapter.json"
RUN = "run.json"
EVALUATION = "evaluation.json"
SAMPLE_BYTES = 1 << 20
"""So much of the beginning, the middle and the end of a file of weights tells models apart."""


def adapter_folder(path: str | Path) -> Path:
    """Return the folder that holds the adapter of a run, or the folder itself.

    Raises
    ------
    ModelMissingError
        ``engine.adapter-missing``: neither holds an adapter.
    """
    for folder in (Path(path) / "adapter", Path(path)):
        if (folder / CONFIG).is_file() and (folder / WEIGHTS).is_file():
            return folder
    raise ModelMissingError(
        "There is no LoRA adapter in this folder.",
        code="engine.adapter-missing",
        hint="Name the folder that `sdc finetune train -o FOLDER` wrote.",
        source=str(path),
    )


def base_of(path: str | Path) -> str:
    """Return the folder of the base that a run was trained on; empty where it is not told or not here."""
    folder = _read_json(adapter_folder(path).parent / RUN).get("base_folder", "")
    return folder if isinstance(folder, str) and folder and Path(folder).is_dir() else ""


def read_card(folder: Path) -> dict[str, Any]:
    """Return what the training wrote about an adapter; empty for one that was trained elsewhere."""
    return _read_json(folder / CARD)


def weights_digest(folder: Path) -> str:
    """Return the SHA-256 of an adapter's weights."""
    with (folder / WEIGHTS).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(folder: Path) -> str:
    """Return what tells the weights of a model from others, without reading gigabytes: sizes and samples.

    Parameters
    ----------
    folder : Path
        Of a model with ``*.safetensors``.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        size = path.stat().st_size
        digest.update(str(size).encode())
        with path.open("rb") as file:
            for start in (0, size // 2, max(0, size - SAMPLE_BYTES)):
                file.seek(start)
                digest.update(file.read(SAMPLE_BYTES))
    return digest.hexdigest()


def need_same_base(adapter: Path, base: Path) -> None:
    """Raise ``EngineError`` ``engine.adapter-base`` where an adapter was trained on other weights than these."""
    card = read_card(adapter)
    trained_on = card.get("base_fingerprint")
    if trained_on and base.is_dir() and trained_on != fingerprint(base):
        raise EngineError(
            f"This adapter was trained on another base ({card.get('base', 'unknown')}) than {base}.",
            code="engine.adapter-base",
            hint="Name the model that it was trained on.",
            source=str(adapter),
        )


def read_evaluation(adapter: Path) -> dict[str, Any] | None:
    """Return the evaluation of an adapter; None where there is none, or it is of other weights."""
    for folder in (adapter, adapter.parent):
        found = _read_json(folder / EVALUATION)
        if found and found.get("adapter_digest") == weights_digest(adapter):
            return found
    return None


def need_not_refused(adapter: Path) -> None:
    """Raise ``EngineError`` ``engine.adapter-refused`` where its evaluation says that it may not be used."""
    found = read_evaluation(adapter)
    verdict = (found or {}).get("verdict", {})
    if verdict.get("may_be_used") == "no":
        raise EngineError(
            f"The evaluation of this adapter says that it may not be used: {' '.join(verdict.get('reasons', []))}",
            code="engine.adapter-refused",
            hint="Train it on more or better pairs; SDC_LLM_REFUSED_ADAPTER=yes uses it all the same.",
            source=str(adapter),
        )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
