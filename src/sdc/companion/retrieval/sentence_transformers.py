"""The engine sentence-transformers: models by name from the Hugging Face Hub, or a folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from sdc.companion.retrieval.embedder import BATCH, UNRELATED, Vectors
from sdc.errors import ModelMissingError

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"


class SentenceTransformersEmbedder:
    """An encoder in torch.

    Parameters
    ----------
    model : str
        A name or a folder; empty: all-MiniLM-L6-v2.
    """

    floor = UNRELATED

    def __init__(self, model: str = "") -> None:
        self._model = model or DEFAULT_MODEL

    @property
    def id(self) -> str:
        """The name of engine and model."""
        return f"sentence-transformers.v1.{self._model}"

    @cached_property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        return int(self.embed(["a"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of unit length; see ``Embedder``."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        vectors = self._encoder.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, np.float32)

    @cached_property
    def _encoder(self) -> Any:
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self._model, device="cpu")
        except (OSError, ValueError) as error:
            raise ModelMissingError(
                f"sentence-transformers cannot have the model {self._model}.",
                hint="Name a folder or a model of the Hugging Face Hub with SDC_EMBEDDER_MODEL.",
            ) from error
