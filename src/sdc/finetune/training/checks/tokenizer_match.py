"""The tokenizer of another model: ids that the model has no row for, or ends where it does not end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sdc.errors import EngineError
from sdc.finetune.training.encoding import Encoded

HINT = "Put the tokenizer that belongs to the model into its folder."


def check_vocabulary(tokenizer: Any, vocab_size: int, ends: frozenset[int]) -> None:
    """Raise ``EngineError`` ``finetune.tokenizer`` where tokenizer and model do not belong together.

    Parameters
    ----------
    tokenizer : transformers tokenizer
    vocab_size : int
        Rows of the model's embeddings.
    ends : frozenset[int]
        What the model's configuration says ends an answer; empty: nothing.
    """
    if len(tokenizer) > vocab_size:
        raise _other(f"The tokenizer has {len(tokenizer)} tokens, and the model knows {vocab_size}.")
    if ends and tokenizer.eos_token_id not in ends:
        shown = ", ".join(map(str, sorted(ends)))
        raise _other(f"The tokenizer ends an answer with token {tokenizer.eos_token_id}, the model with {shown}.")


def check_ids(encoded: Sequence[Encoded], vocab_size: int) -> None:
    """Raise ``EngineError`` ``finetune.tokenizer`` where a pair holds an id that the model has no row for."""
    highest = max((max(e.ids) for e in encoded), default=0)
    if highest >= vocab_size:
        raise _other(f"The tokenizer writes token {highest}, and the model knows {vocab_size}.")


def _other(what: str) -> EngineError:
    return EngineError(f"{what} It is the tokenizer of another model.", code="finetune.tokenizer", hint=HINT)
