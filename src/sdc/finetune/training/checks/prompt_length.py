"""Pairs that are longer than ``max_length``: trl cuts them, and drops a pair whose prompt alone is that long."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sdc.errors import InputError, SettingsError
from sdc.finetune.training.encoding import Encoded


def check_lengths(encoded: Sequence[Encoded], max_length: int, path: Path) -> None:
    """Raise ``InputError`` ``finetune.too-long`` where a pair has more tokens than are read.

    Parameters
    ----------
    encoded : Sequence[Encoded]
    max_length : int
        Tokens.
    path : Path
        Of the pairs, for the message.
    """
    long = [e for e in encoded if len(e.ids) > max_length]
    if long:
        prompts = sum(e.n_prompt >= max_length for e in long)
        raise InputError(
            f"{len(long)} of {len(encoded)} pairs are longer than {max_length} tokens (the longest has "
            f"{max(len(e.ids) for e in long)}; in {prompts} the prompt alone leaves no room for an answer).",
            code="finetune.too-long",
            hint="Build the data set with --max-tokens, or train with a larger --max-length.",
            source=str(path),
        )


def check_readable(max_length: int, positions: int | None) -> None:
    """Raise ``SettingsError`` ``finetune.option`` where more tokens are asked for than the model can read."""
    if positions is not None and max_length > positions:
        raise SettingsError(
            f"max_length is {max_length}, and this model reads {positions} tokens at most.",
            code="finetune.option",
            hint=f"Say --max-length {positions} or less.",
        )
