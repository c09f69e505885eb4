"""How many tokens a text has: by a model's tokenizer, else a bound that no tokenizer in use exceeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sdc.errors import ExtraMissingError, InputError

TEMPLATE_TOKENS = 32
"""Kept free for the marks that a chat template puts around the two messages."""

CountTokens = Callable[[str], int]


def token_bound(text: str) -> int:
    """Return a number of tokens that is too high rather than too low: one for each two bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass")) // 2 + 1


def read_tokenizer(path: Path) -> CountTokens:
    """Return what counts tokens as a model does.

    Parameters
    ----------
    path : Path
        The model's folder, or its ``tokenizer.json``.

    Raises
    ------
    InputError
        ``dataset.tokenizer``: there is none, or it cannot be read.
    ExtraMissingError
        The package tokenizers is not installed.
    """
    file = path / "tokenizer.json" if path.is_dir() else path
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ExtraMissingError(
            "Tokens are counted by the package tokenizers, which is not installed.",
            hint="Run `pip install 'speech-development-companion[finetune]'`.",
        ) from error
    if not file.is_file():
        raise _unreadable(path, "There is no tokenizer.json")
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # the package raises it, and no subclass, for a file that it cannot read
        raise _unreadable(path, "The tokenizer cannot be read") from error
    tokenizer.no_truncation()
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def _unreadable(path: Path, what: str) -> InputError:
    return InputError(
        f"{what}.",
        code="dataset.tokenizer",
        hint="Name the folder of a model for transformers, or its tokenizer.json, with --tokenizer.",
        source=str(path),
    )
