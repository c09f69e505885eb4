"""A command file for vLLM: merged weights, or the adapter beside its base; on this machine only."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

RANKS = (8, 16, 32, 64, 128, 256, 320, 512)
"""What ``--max-lora-rank`` takes."""
NAME = "sdc"


def write_command(folder: Path, arguments: list[str]) -> Path:
    """Write ``serve-vllm.sh`` into a folder."""
    path = folder / "serve-vllm.sh"
    path.write_text(command_file(arguments), encoding="utf-8")
    path.chmod(0o755)
    return path


def merged_arguments(merged: str, n_positions: int) -> list[str]:
    """Return what serves merged weights, named relative to the file."""
    return [merged, "--max-model-len", str(n_positions)]


def adapter_arguments(base: str, adapter: str, card: dict[str, Any], n_positions: int) -> list[str]:
    """Return what serves an adapter beside its base."""
    rank = next(r for r in (*RANKS, card["options"]["rank"]) if r >= card["options"]["rank"])
    lora = ["--enable-lora", "--lora-modules", f"{NAME}={adapter}", "--max-lora-rank", str(rank)]
    template = ["--chat-template", f"{adapter}/chat_template.jinja"]
    return [base, *lora, *template, "--max-model-len", str(n_positions)]


def command_file(arguments: list[str]) -> str:
    """Return the text of the command file."""
    model, *options = arguments
    name = [] if "--enable-lora" in options else ["--served-model-name", NAME]
    command = shlex.join(["vllm", "serve", model, *name, *options, "--host", "127.0.0.1", "--port", "8000"])
    return (
        "#!/bin/sh\n"
        "# Then: SDC_ENGINE=compatible SDC_LLM_URL=http://127.0.0.1:8000/v1 SDC_LLM_MODEL=sdc\n"
        "# Neither prompts nor figures of use leave this machine.\n"
        'cd "$(dirname "$0")" || exit 1\n'
        f"VLLM_NO_USAGE_STATS=1 exec {command}\n"
    )
