"""The trained network as a model of CTranslate2's, int8: what faster-whisper loads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from make_tiny_whisper import Vocabulary, write_tokenizer
from torch import Tensor, nn

from tiny_whisper.network import Attention, Layer, TinyWhisper


def export(network: TinyWhisper, vocabulary: Vocabulary, folder: Path) -> Path:
    """Write the model into a folder; return the folder.

    Parameters
    ----------
    network : TinyWhisper
    vocabulary : Vocabulary
        That it was trained with.
    folder : Path
        Made if needed.
    """
    from ctranslate2.specs.whisper_spec import WhisperSpec

    folder.mkdir(parents=True, exist_ok=True)
    heads, layers = network.encoder[0].attention.heads, len(network.encoder)
    spec: Any = WhisperSpec(layers, heads, layers, heads)
    _fill_encoder(spec.encoder, network)
    _fill_decoder(spec.decoder, network)
    spec.register_vocabulary(list(vocabulary.ids))
    spec.config.lang_ids = list(range(vocabulary.ids["<|startoftranscript|>"] + 1, vocabulary.ids["<|translate|>"]))
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [vocabulary.ids["Ġ"], vocabulary.ids["<|endoftext|>"]]
    spec.config.alignment_heads = [(layers - 1, 0)]  # the head that was taught where to listen
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    write_tokenizer(vocabulary, folder / "tokenizer.json")
    _shorten(folder / "tokenizer.json")
    return folder


def _shorten(path: Path) -> None:
    """Write JSON without white space: the tokenizer is half of it."""
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _numbers(tensor: Tensor) -> Any:
    return np.ascontiguousarray(tensor.detach().numpy())


def _fill_linear(spec: Any, *parts: nn.Linear) -> None:
    spec.weight = np.concatenate([_numbers(part.weight) for part in parts])
    spec.bias = np.concatenate([_numbers(part.bias) for part in parts])


def _fill_norm(spec: Any, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _numbers(norm.weight), _numbers(norm.bias)


def _fill_attention(spec: Any, attention: Attention, *, listens: bool = False) -> None:
    _fill_norm(spec.layer_norm, attention.norm)
    if listens:
        _fill_linear(spec.linear[0], attention.query)
        _fill_linear(spec.linear[1], attention.key_value)
    else:
        _fill_linear(spec.linear[0], attention.query, attention.key_value)
    _fill_linear(spec.linear[-1], attention.out)


def _fill_layer(spec: Any, layer: Layer) -> None:
    _fill_attention(spec.self_attention, layer.attention)
    if layer.listening is not None:
        _fill_attention(spec.attention, layer.listening, listens=True)
    _fill_norm(spec.ffn.layer_norm, layer.norm)
    _fill_linear(spec.ffn.linear_0, layer.wide)
    _fill_linear(spec.ffn.linear_1, layer.narrow)


def _fill_encoder(spec: Any, network: TinyWhisper) -> None:
    for conv, learned in ((spec.conv1, network.conv1), (spec.conv2, network.conv2)):
        conv.weight, conv.bias = _numbers(learned.weight), _numbers(learned.bias)
    spec.position_encodings.encodings = _numbers(network.moments)
    _fill_norm(spec.layer_norm, network.encoder_norm)
    for layer_spec, layer in zip(spec.layer, network.encoder, strict=True):
        _fill_layer(layer_spec, layer)


def _fill_decoder(spec: Any, network: TinyWhisper) -> None:
    spec.embeddings.weight = spec.projection.weight = _numbers(network.embedding.weight)
    spec.position_encodings.encodings = _numbers(network.positions)
    _fill_norm(spec.layer_norm, network.decoder_norm)
    for layer_spec, layer in zip(spec.layer, network.decoder, strict=True):
        _fill_layer(layer_spec, layer)
