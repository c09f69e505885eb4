"""A Modelfile for Ollama: the very template and stop tokens that the adapter was trained with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sdc.errors import EngineError
from sdc.finetune.training.encoding import makes_room

PROMPT, SYSTEM = "sdc-prompt-goes-here", "sdc-system-goes-here"


def write_modelfile(weights: Path, folder: Path) -> Path:
    """Write ``Modelfile`` for merged weights or a GGUF file.

    Parameters
    ----------
    weights : Path
        Folder of merged weights (beside the file that is written), or a GGUF file.
    folder : Path
        Of the merged weights, with tokenizer and template.
    """
    from transformers import AutoConfig, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    path = folder.parent / "Modelfile"
    text = modelfile(tokenizer, f"./{weights.name}", getattr(config, "max_position_embeddings", 2048))
    path.write_text(text, encoding="utf-8")
    return path


def modelfile(tokenizer: Any, source: str, n_positions: int) -> str:
    """Return the text of a Modelfile.

    Parameters
    ----------
    tokenizer : transformers tokenizer
    source : str
        Of the weights, relative to the file.
    n_positions : int
        Tokens that the model reads.
    """
    lines = [
        "# ollama create sdc -f Modelfile",
        f"FROM {source}",
        f'TEMPLATE """{go_template(tokenizer)}"""',
        f'PARAMETER stop "{tokenizer.eos_token}"',
        "PARAMETER temperature 0",
        f"PARAMETER num_ctx {n_positions}",
    ]
    return "\n".join(lines) + "\n"


def go_template(tokenizer: Any) -> str:
    """Return a chat template in Ollama's language: one question, with or without instructions.

    Raises
    ------
    EngineError
        ``export.template``: it cannot be told in Ollama's language.
    """
    asked = {"role": "user", "content": PROMPT}
    plain = _rendered(tokenizer, [asked])
    if makes_room(tokenizer):
        full = _rendered(tokenizer, [{"role": "system", "content": SYSTEM}, asked])
    else:
        full = plain.replace(PROMPT, f"{SYSTEM}\n\n{PROMPT}")
    if plain.count(PROMPT) != 1 or full.count(PROMPT) != 1 or full.count(SYSTEM) != 1 or "{{" in full or '"""' in full:
        raise EngineError(
            "The chat template cannot be told in a Modelfile.",
            code="export.template",
            hint="Serve the merged weights with vLLM, which reads the template itself.",
        )
    with_system = full.replace(SYSTEM, "{{ .System }}").replace(PROMPT, "{{ .Prompt }}")
    without = plain.replace(PROMPT, "{{ .Prompt }}")
    return f"{{{{ if .System }}}}{with_system}{{{{ else }}}}{without}{{{{ end }}}}"


def _rendered(tokenizer: Any, turns: list[dict[str, str]]) -> str:
    """Return turns without the token of the beginning, which Ollama adds itself."""
    text: str = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
    return text.removeprefix(tokenizer.bos_token) if tokenizer.bos_token else text
