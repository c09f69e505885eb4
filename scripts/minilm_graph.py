"""The weights of all-MiniLM-L6-v2 as an ONNX model: BERT's encoder, token ids in, token vectors out.

BERT (Devlin et al. 2019, NAACL, 4171) with 6 layers of 384 numbers and 12 heads (Wang et al. 2020,
"MiniLM"): embeddings of word, place and segment, then in each layer attention and two dense layers,
each added to what came in and normalised. Written with onnx alone, so that no torch is needed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HIDDEN, HEADS, LAYERS, LONGEST = 384, 12, 6, 512
EPSILON = 1e-12
OPSET = 17  # the first with LayerNormalization

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def read_weights(path: Path) -> dict[str, Any]:
    """Return the arrays of a safetensors file: a length, a table as JSON, then the numbers."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    table = json.loads(data[8:start])
    kinds = {"F32": np.float32, "I64": np.int64}
    found = {}
    for name, entry in table.items():
        if name != "__metadata__":
            begin, end = (start + offset for offset in entry["data_offsets"])
            found[name] = np.frombuffer(data[begin:end], kinds[entry["dtype"]]).reshape(entry["shape"])
    return found


class Graph:
    """An ONNX graph being written, node by node."""

    def __init__(self, weights: dict[str, Any]) -> None:
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node; return the name of what it gives."""
        name = f"v{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, name: str, value: Any) -> str:
        """Add an array under a name; return the name."""
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def weight(self, name: str, *, turned: bool = False) -> str:
        """Add an array of the model; ``turned`` where torch keeps it as outputs × inputs."""
        return self.constant(name, self._weights[name].T if turned else self._weights[name])

    def dense(self, x: str, name: str) -> str:
        """Add a dense layer."""
        return self.node(
            "Add", self.node("MatMul", x, self.weight(f"{name}.weight", turned=True)), self.weight(f"{name}.bias")
        )

    def normal(self, x: str, name: str) -> str:
        """Add a layer normalisation."""
        return self.node(
            "LayerNormalization", x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), epsilon=EPSILON
        )

    def model(self, output: str) -> Any:
        """Return the whole as a checked model."""
        self._nodes.append(helper.make_node("Identity", [output], ["last_hidden_state"]))
        given = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in INPUTS]
        gives = [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", HIDDEN])]
        graph = helper.make_graph(self._nodes, "minilm", given, gives, list(self._constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
        onnx.checker.check_model(model)
        return model


def encoder(weights: dict[str, Any]) -> Any:
    """Return the encoder as an ONNX model."""
    g = Graph(weights)
    length = g.node("Shape", "input_ids", start=1, end=2)
    first = g.constant("first", np.array([0]))
    place = g.node("Slice", g.weight("embeddings.position_embeddings.weight"), first, length, first)
    word, segment = (
        g.node("Gather", g.weight(f"embeddings.{kind}_embeddings.weight"), ids)
        for kind, ids in (("word", "input_ids"), ("token_type", "token_type_ids"))
    )
    x = g.normal(g.node("Add", g.node("Add", word, segment), place), "embeddings.LayerNorm")
    seen = g.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = g.node("Mul", g.node("Sub", g.constant("all", np.float32(1)), seen), g.constant("far", np.float32(-1e9)))
    mask = g.node("Unsqueeze", hidden, g.constant("axes", np.array([1, 2])))
    for layer in range(LAYERS):
        x = _layer(g, x, mask, f"encoder.layer.{layer}")
    return g.model(x)


def _layer(g: Graph, x: str, mask: str, name: str) -> str:
    split = g.constant("split", np.array([0, 0, HEADS, HIDDEN // HEADS]))
    query, key, value = (
        g.node("Reshape", g.dense(x, f"{name}.attention.self.{part}"), split) for part in ("query", "key", "value")
    )
    query, value = (g.node("Transpose", part, perm=[0, 2, 1, 3]) for part in (query, value))
    key = g.node("Transpose", key, perm=[0, 2, 3, 1])
    root = g.constant("root", np.float32((HIDDEN // HEADS) ** 0.5))
    scores = g.node("Add", g.node("Div", g.node("MatMul", query, key), root), mask)
    heads = g.node("Transpose", g.node("MatMul", g.node("Softmax", scores, axis=-1), value), perm=[0, 2, 1, 3])
    joined = g.node("Reshape", heads, g.constant("join", np.array([0, 0, HIDDEN])))
    attended = g.node("Add", g.dense(joined, f"{name}.attention.output.dense"), x)
    x = g.normal(attended, f"{name}.attention.output.LayerNorm")
    inner = _gelu(g, g.dense(x, f"{name}.intermediate.dense"))
    return g.normal(g.node("Add", g.dense(inner, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")


def _gelu(g: Graph, x: str) -> str:
    """Add x · (1 + erf(x / √2)) / 2 (Hendrycks & Gimpel 2016)."""
    erf = g.node("Erf", g.node("Div", x, g.constant("sqrt2", np.float32(2**0.5))))
    return g.node("Mul", g.node("Mul", x, g.node("Add", erf, "all")), g.constant("half", np.float32(0.5)))
