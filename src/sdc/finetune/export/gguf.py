"""GGUF for llama.cpp and Ollama, by llama.cpp's own converter where it is installed."""

from __future__ import annotations

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
        ``export.gguf``: the converter failed; its last line is told.
    """
    new = out.with_name(out.name + ".new")
    command = [sys.executable, str(converter), str(merged), "--outfile", str(new), "--outtype", kind]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a program that was named
    if run.returncode or not new.is_file():
        new.unlink(missing_ok=True)
        why = next((line for line in reversed(run.stderr.splitlines()) if line.strip()), "it wrote no file")
        raise EngineError(
            f"llama.cpp's converter failed: {why.strip()}",
            code="export.gguf",
            hint="Its tokenizer must be a SentencePiece or a BPE that llama.cpp knows; see its requirements.",
            source=str(merged),
        )
    new.replace(out)
    return out
