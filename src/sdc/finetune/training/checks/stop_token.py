"""A template without its stop token trains a model that never stops."""

from __future__ import annotations

from collections.abc import Sequence

from sdc.errors import EngineError
from sdc.finetune.training.encoding import Encoded


def check_stops(encoded: Sequence[Encoded], stops: frozenset[int]) -> None:
    """Raise ``EngineError`` ``finetune.no-stop`` where an answer does not end with a token that ends it."""
    if any(e.ids[-1] not in stops for e in encoded):
        raise EngineError(
            "The chat template of this model does not end an answer with its stop token; it would learn never to stop.",
            code="finetune.no-stop",
            hint="Write {{ eos_token }} behind the assistant's turn in the template, or set the right eos_token.",
        )
