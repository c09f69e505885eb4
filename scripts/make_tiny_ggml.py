"""Make a tiny Whisper model in whisper.cpp's ggml format, for tests: 7 MB, in a second, always the same.

Like make_tiny_whisper.py it has Whisper's real shape and has learned nothing: each token of the
same script calls for the next one. Whatever it hears, it says the script once in every window::

    python scripts/make_tiny_ggml.py ggml-tiny.bin
    SDC_TRANSCRIBER=whisper.cpp SDC_WHISPER_MODEL=ggml-tiny.bin sdc transcribe recording.wav

whisper.cpp counts on the ids of the multilingual models, and on one table of tokens for going in
and coming out. So a token's row is a direction of its own, and one layer turns it into the next one's.
"""

from __future__ import annotations

import argparse
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

SENTENCES: tuple[tuple[float, float, tuple[str, ...]], ...] = (
    (0.0, 2.6, (" The", " little", " dog", " found", " um", " a", " red", " ball", ".")),
    (3.0, 5.4, (" Can", " you", " throw", " it", " to", " me", "?")),
)
"""What it says: start and end in seconds, tokens. No token twice."""

MAGIC = 0x67676D6C
WIDTH, HEADS, LAYERS, MELS, FRAMES, CONTEXT, N_FFT = 64, 2, 1, 80, 1500, 448, 400
N_TOKENS = 51865
EOT, SOT, ENGLISH, TRANSCRIBE, FIRST_STAMP = 50257, 50258, 50259, 50359, 50364
STEP_S = 0.02
F32, F16 = 0, 1

Array = NDArray[Any]


def make_tokens() -> list[bytes]:
    """Return the text of the tokens by id: all bytes, then the words of the script."""
    words = [word.encode() for _, _, sentence in SENTENCES for word in sentence if len(word) > 1]
    return [bytes([value]) for value in range(256)] + words


def _script(tokens: list[bytes]) -> Iterator[tuple[int, int]]:
    """Yield (token, next token)."""
    chain = [TRANSCRIBE]
    for start, end, words in SENTENCES:
        chain += [FIRST_STAMP + round(start / STEP_S), *(tokens.index(word.encode()) for word in words)]
        chain.append(FIRST_STAMP + round(end / STEP_S))
    yield SOT, ENGLISH  # whatever it hears is English
    yield from zip(chain, [*chain[1:], EOT], strict=True)


def make_decoder(tokens: list[bytes]) -> dict[str, Array]:
    """Return the weights that carry meaning; see the module."""
    pairs = list(_script(tokens))
    used = list(dict.fromkeys(token for pair in pairs for token in pair))
    basis = np.random.default_rng(7).normal(size=(WIDTH, WIDTH))
    basis[:, 0] = 1.0  # layer norm removes the mean: directions orthogonal to (1, 1, …) survive it
    names = dict(zip(used, np.linalg.qr(basis)[0].T[1:], strict=False))
    table = np.zeros((N_TOKENS, WIDTH))
    for token, name in names.items():
        table[token] = name
    opening, closing = np.zeros((4 * WIDTH, WIDTH)), np.zeros((WIDTH, 4 * WIDTH))
    for unit, (token, following) in enumerate(pairs):
        opening[unit] = 2 * names[token]  # 16 for its own token, 0 for any other
        closing[:, unit] = names[following] - names[token] / 8  # 8 of the next one, none of its own
    return {
        "decoder.token_embedding.weight": table,
        "decoder.blocks.0.mlp.0.weight": opening,
        "decoder.blocks.0.mlp.0.bias": np.full(4 * WIDTH, -8.0),
        "decoder.blocks.0.mlp.2.weight": closing,
        "decoder.ln.weight": np.full(WIDTH, 3.0),  # sure of the next one: 24 against 0
    }


def _shapes() -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield name and shape of all tensors, in Whisper's names."""
    yield "encoder.positional_embedding", (FRAMES, WIDTH)
    for number, n_in in ((1, MELS), (2, WIDTH)):
        yield f"encoder.conv{number}.weight", (WIDTH, n_in, 3)
        yield f"encoder.conv{number}.bias", (WIDTH, 1)
    yield "decoder.positional_embedding", (CONTEXT, WIDTH)
    yield "decoder.token_embedding.weight", (N_TOKENS, WIDTH)
    for half, attentions in (("encoder", ("attn",)), ("decoder", ("attn", "cross_attn"))):
        yield from _norm(f"{half}.ln_post" if half == "encoder" else "decoder.ln")
        for layer in range(LAYERS):
            block = f"{half}.blocks.{layer}"
            for attention in attentions:
                yield from _attention(f"{block}.{attention}")
            yield from _norm(f"{block}.mlp_ln")
            yield f"{block}.mlp.0.weight", (4 * WIDTH, WIDTH)
            yield f"{block}.mlp.0.bias", (4 * WIDTH,)
            yield f"{block}.mlp.2.weight", (WIDTH, 4 * WIDTH)
            yield f"{block}.mlp.2.bias", (WIDTH,)


def _norm(name: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield f"{name}.weight", (WIDTH,)
    yield f"{name}.bias", (WIDTH,)


def _attention(name: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield from _norm(f"{name}_ln")
    for part in ("query", "key", "value", "out"):
        yield f"{name}.{part}.weight", (WIDTH, WIDTH)
        if part != "key":
            yield f"{name}.{part}.bias", (WIDTH,)


def _mel_filters() -> Array:
    """Return triangles over the spectrum, shape [MELS, N_FFT / 2 + 1]."""
    centres = np.linspace(0, N_FFT / 2, MELS + 2)
    bins = np.arange(N_FFT // 2 + 1)
    return np.array([np.interp(bins, centres[n : n + 3], (0, 1, 0)) for n in range(MELS)])


def _write_tensor(file: BinaryIO, name: str, values: Array, *, half: bool) -> None:
    kind = F16 if half else F32
    file.write(struct.pack("<iii", values.ndim, len(name), kind))
    file.write(struct.pack(f"<{values.ndim}i", *reversed(values.shape)))
    file.write(name.encode())
    file.write(values.astype("<f2" if half else "<f4").tobytes())


def make_tiny_ggml(path: Path) -> Path:
    """Write the model.

    Parameters
    ----------
    path : Path
        The file; its folder must be there.

    Returns
    -------
    Path
        The file, ready for ``pywhispercpp.model.Model``.
    """
    tokens = make_tokens()
    meaning = make_decoder(tokens)
    random = np.random.default_rng(7)
    with path.open("wb") as file:
        file.write(struct.pack("<I", MAGIC))
        sizes = (N_TOKENS, FRAMES, WIDTH, HEADS, LAYERS, CONTEXT, WIDTH, HEADS, LAYERS, MELS, F16)
        file.write(struct.pack("<11i", *sizes))
        file.write(struct.pack("<2i", MELS, N_FFT // 2 + 1))
        file.write(_mel_filters().astype("<f4").tobytes())
        file.write(struct.pack("<i", len(tokens)))
        for token in tokens:
            file.write(struct.pack("<i", len(token)) + token)
        for name, shape in _shapes():
            values = meaning.get(name)
            if values is None:
                is_gain = name.endswith(("ln.weight", "ln_post.weight"))
                is_silent = name.startswith("decoder.") or name.endswith("bias")
                values = np.full(shape, float(is_gain)) if is_gain or is_silent else random.normal(0, 0.01, shape)
            half = len(shape) > 1 and not name.endswith(("positional_embedding", "bias"))
            _write_tensor(file, name, values, half=half)
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("file", type=Path)
    print(make_tiny_ggml(parser.parse_args().file))
