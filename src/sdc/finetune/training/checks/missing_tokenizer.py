"""A model folder without its tokenizer: transformers would make one up or look for it elsewhere."""

from __future__ import annotations

from pathlib import Path

from sdc.errors import EngineError

FILES = ("tokenizer.json", "tokenizer.model", "vocab.json")


def check_tokenizer_files(folder: Path) -> None:
    """Raise ``EngineError`` ``finetune.no-tokenizer`` where a model's folder holds no tokenizer."""
    if not any((folder / name).is_file() for name in FILES):
        raise EngineError(
            "This model has no tokenizer in its folder.",
            code="finetune.no-tokenizer",
            hint=f"Put its {' or '.join(FILES[:2])} beside the weights.",
            source=str(folder),
        )
