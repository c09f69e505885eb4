"""Text → vectors: what an engine must do, and the engines by name.

Each engine is one file, imported when it is asked for. A vector's direction is what a text means;
its length is 1, so that the inner product of two vectors is the cosine between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sdc.errors import ExtraMissingError, SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
else:
    Vectors = Any

AUTO = "auto"
BATCH = 32
"""Texts that an encoder is handed at once."""

UNRELATED = 0.1
"""What all-MiniLM-L6-v2 gives to two texts of which neither has to do with the other; kinship begins above it."""

MODELS = ("models", "embedder")
"""Folder under SDC_HOME where ``auto`` looks for a sentence encoder."""


def unit_length(vectors: Vectors) -> Vectors:
    """Return vectors of unit length, one a row; one without direction stays 0."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def id(self) -> str:
        """Name of engine and model with their version: vectors of two ids are never compared."""

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""

    @property
    def floor(self) -> float:
        """Cosine below which two texts of this embedder have nothing to do with each other."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of unit length.

        Parameters
        ----------
        texts : Sequence[str]

        Returns
        -------
        ndarray of float32, shape (len(texts), dimensions)
            A text in which the engine finds nothing has a vector of zeros.
        """


@dataclass(frozen=True, slots=True)
class EmbedderKind:
    """One row: how an engine is made from a model and the folder of models, the module and extra that it needs."""

    make: Callable[[str], Embedder]
    module: str
    extra: str | None = None


def _lexical(model: str) -> Embedder:
    from sdc.companion.retrieval.lexical import LexicalEmbedder

    return LexicalEmbedder()


def _onnx(model: str) -> Embedder:
    from sdc.companion.retrieval.onnx import OnnxEmbedder

    return OnnxEmbedder(Path(model))


def _fastembed(model: str) -> Embedder:
    from sdc.companion.retrieval.fastembed import FastembedEmbedder

    return FastembedEmbedder(model)


def _sentence_transformers(model: str) -> Embedder:
    from sdc.companion.retrieval.sentence_transformers import SentenceTransformersEmbedder

    return SentenceTransformersEmbedder(model)


LEXICAL, ONNX = "lexical", "onnx"

EMBEDDERS: dict[str, EmbedderKind] = {
    LEXICAL: EmbedderKind(_lexical, "numpy"),
    ONNX: EmbedderKind(_onnx, "onnxruntime"),
    "fastembed": EmbedderKind(_fastembed, "fastembed", "fastembed"),
    "sentence-transformers": EmbedderKind(_sentence_transformers, "sentence_transformers", "sentence-transformers"),
}


def make_embedder(name: str, model: str, home: Path) -> Embedder:
    """Return an engine; its model is loaded when it is first needed.

    Parameters
    ----------
    name : str
        Of ``EMBEDDERS``, or ``auto``: ``onnx`` where a model lies under ``home``, else ``lexical``.
    model : str
        What the engine calls its model: for ``onnx`` a folder, else a name; empty: the engine's own choice.
    home : Path
        SDC_HOME.

    Raises
    ------
    SettingsError
        There is no such engine.
    ExtraMissingError
        It is not installed.
    ModelMissingError
        The folder holds no model.
    """
    shelf = home.joinpath(*MODELS)
    if name == AUTO:
        name = ONNX if model or (shelf / "model.onnx").is_file() else LEXICAL
    kind = EMBEDDERS.get(name)
    if kind is None:
        raise SettingsError(
            f"There is no embedder {name}.",
            code="settings.embedder",
            hint=f"Set SDC_EMBEDDER to one of: {', '.join([AUTO, *EMBEDDERS])}.",
        )
    if find_spec(kind.module) is None:
        raise ExtraMissingError(
            f"The embedder {name} is not installed.",
            hint=f"Run `pip install 'speech-development-companion[{kind.extra}]'`." if kind.extra else None,
        )
    return kind.make(model or (str(shelf) if name == ONNX else ""))
