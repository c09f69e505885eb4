"""A sentence encoder that lies in a folder, by onnxruntime: no torch, no network.

The folder holds ``model.onnx`` and ``tokenizer.json`` as exports of sentence-transformers have them
(all-MiniLM-L6-v2 and its like): token ids in, token vectors out. A text's vector is the mean of its
token vectors, padding left out (Reimers & Gurevych 2019, "Sentence-BERT").
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sdc.companion.retrieval.embedder import BATCH, UNRELATED, Vectors, unit_length
from sdc.errors import EngineError, ModelMissingError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_TOKENS = 256
"""Longer texts are cut, as all-MiniLM-L6-v2's card says."""

FILES = ("model.onnx", "tokenizer.json")


class OnnxEmbedder:
    """An encoder on this machine.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    ModelMissingError
        A file is not there.
    """

    floor = UNRELATED

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelMissingError(
                f"There is no sentence encoder in {folder}: {' and '.join(missing)} cannot be found.",
                hint="Put model.onnx and tokenizer.json there, or name their folder with SDC_EMBEDDER_MODEL.",
            )
        self._folder = folder

    @cached_property
    def id(self) -> str:
        """The name of the engine and the model's SHA-256: another file of the same name is another model."""
        digest = hashlib.sha256()
        for name in FILES:
            with (self._folder / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return f"onnx.v1.{digest.hexdigest()[:16]}"

    @cached_property
    def dimensions(self) -> int:
        """Numbers in a vector, as the model says or, where it leaves that open, gives."""
        told = self._session.get_outputs()[0].shape[-1]
        return told if isinstance(told, int) else int(self._encode(["a"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of unit length; see ``Embedder``."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        # Texts of like length go together: a batch costs as much as its longest.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._encode([texts[i] for i in rows])
        return vectors

    def _encode(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(texts))
        mask = np.array([e.attention_mask for e in encoded], np.int64)
        given = {
            "input_ids": np.array([e.ids for e in encoded], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        wanted = {node.name for node in self._session.get_inputs()}
        (tokens, *_) = self._session.run(None, {name: array for name, array in given.items() if name in wanted})
        counted = mask[..., None].astype(np.float32)
        mean = (tokens * counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
        return unit_length(mean)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime
        from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        path = self._folder / "model.onnx"
        try:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except (Fail, InvalidGraph, InvalidProtobuf) as error:
            raise EngineError(
                "This is no model that onnxruntime can run.",
                code="engine.model-damaged",
                hint="Put the file there again, or set SDC_EMBEDDER=lexical.",
                source=str(path),
            ) from error
