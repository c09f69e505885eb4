"""GGUF for llama.cpp and Ollama, by llama.cpp's own converter where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from sdc.errors import EngineError, ExtraMissingError

SCRIPT = "convert_hf_to_gguf.py"
TYPES = ("f16", "bf16", "f32", "q8_0")


def find_converter(llama_cpp: Path | None) -> Path:
    """Return llama.cpp's converter: in the folder that is named, or on the path.

    Raises
    ------
    ExtraMissingError
        ``export.no-converter``.
    """
    found = llama_cpp / SCRIPT if llama_cpp else Path(shutil.which(SCRIPT) or SCRIPT)
    if not found.is_file():
        raise ExtraMissingError(
            "llama.cpp's converter is not here.",
            code="export.no-converter",
            hint=f"Get llama.cpp and its requirements, and name the folder with {SCRIPT}: --llama-cpp FOLDER.",
        )
    return found


def to_gguf(merged: Path, out: Path, converter: Path, kind: str = "q8_0") -> Path:
    """Convert merged weights.

    Parameters
    ----------
    merged, out : Path
        Folder; file that is made, whole or not at all.
    converter : Path
    kind : str
        One of ``TYPES``.

    Raises
    ------
    EngineError
        ``export.gguf``: the converter failed, and its last line is told; or it would have written a tokenizer that
        cuts words otherwise than the one of the training.
    """
    _check_scores(merged)
    new = out.with_name(out.name + ".new")
    command = [sys.executable, str(converter), str(merged), "--outfile", str(new), "--outtype", kind]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a program that was named
    if run.returncode or not new.is_file():
        new.unlink(missing_ok=True)
        why = next((line for line in reversed(run.stderr.splitlines()) if line.strip()), "it wrote no file")
        raise _failed(
            f"llama.cpp's converter failed: {why.strip()}",
            "Its tokenizer must be a SentencePiece or a BPE that llama.cpp knows; see its requirements.",
            merged,
        )
    new.replace(out)
    return out


def _check_scores(merged: Path) -> None:
    """Refuse a SentencePiece tokenizer of which only ``tokenizer.json`` is here.

    The converter takes it, and gives each piece the same score: llama.cpp then cuts words at other places.
    """
    try:
        model = json.loads((merged / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    except (OSError, ValueError, KeyError):
        return  # no such file: the converter tells what it wants
    if model.get("byte_fallback") and not (merged / "tokenizer.model").is_file():
        raise _failed(
            "The base has no tokenizer.model, without which llama.cpp would cut words otherwise than in training.",
            "Put the base's tokenizer.model into its folder and export anew, or serve the merged weights with vLLM.",
            merged,
        )


def _failed(what: str, hint: str, merged: Path) -> EngineError:
    return EngineError(what, code="export.gguf", hint=hint, source=str(merged))
