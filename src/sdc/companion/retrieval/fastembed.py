"""The engine fastembed: models by name, fetched by it from the Hugging Face Hub at first use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from sdc.companion.retrieval.embedder import BATCH, UNRELATED, Vectors, unit_length
from sdc.errors import ModelMissingError

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"


class FastembedEmbedder:
    """An encoder of fastembed's list.

    Parameters
    ----------
    model : str
        A name of that list; empty: all-MiniLM-L6-v2.
    """

    floor = UNRELATED

    def __init__(self, model: str = "") -> None:
        self._model = model or DEFAULT_MODEL

    @property
    def id(self) -> str:
        """The name of engine and model."""
        return f"fastembed.v1.{self._model}"

    @cached_property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return int(self.embed(["a"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of unit length; see ``Embedder``."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return unit_length(np.array(list(self._encoder.embed(list(texts), batch_size=BATCH)), np.float32))

    @cached_property
    def _encoder(self) -> Any:
        from fastembed import TextEmbedding

        try:
            return TextEmbedding(self._model)
        except (OSError, ValueError) as error:
            raise ModelMissingError(
                f"fastembed cannot have the model {self._model}.",
                hint="Name one of its list with SDC_EMBEDDER_MODEL; it is fetched at first use, which needs a network.",
            ) from error
