"""Make a tiny Whisper model in CTranslate2's format, for tests: 1 MB, in half a second, always the same.

It has Whisper's real shape (encoder, decoder, cross-attention, special tokens, time stamps), so
faster-whisper runs it like any other, but it has learned nothing. Its few meaningful weights are
set by hand: each token of a fixed script calls for the next one, and looks at a fixed moment of
the recording. Whatever it hears, it says the script once in every 30 seconds::

    python scripts/make_tiny_whisper.py FOLDER
    SDC_WHISPER_MODEL=FOLDER sdc transcribe recording.wav
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

SENTENCES: tuple[tuple[float, float, tuple[str, ...]], ...] = (
    (0.0, 2.6, (" The", " little", " dog", " found", " um", " a", " red", " ball", ".")),
    (3.0, 5.4, (" Can", " you", " throw", " it", " to", " me", "?")),
)
"""What it says: start and end in seconds, tokens. No token twice: each one calls for the next."""

SCRIPT = tuple(word for _, _, words in SENTENCES for word in words)

WIDTH, HEADS, MELS, FRAMES, CONTEXT = 64, 2, 80, 1500, 448
N_FREQUENCIES = 12
STEP_S = 0.02  # one encoder frame, one time stamp
N_STAMPS = 1501
N_LANGUAGES = 99


@dataclass(frozen=True)
class Vocabulary:
    """Token → id, as faster-whisper expects them: text, specials, time stamps."""

    ids: dict[str, int]
    merges: list[tuple[str, str]]
    specials: list[str]

    def stamp(self, seconds: float) -> int:
        """Return the id of a time stamp token."""
        return self.ids["<|notimestamps|>"] + 1 + round(seconds / STEP_S)

    def text(self, token: str) -> int:
        """Return the id of a token of the script."""
        return self.ids[_spelled(token)]


def _spelled(token: str) -> str:
    return token.replace(" ", "Ġ")  # byte-level BPE writes a space as Ġ


def make_vocabulary(tokens: Iterable[str] = SCRIPT) -> Vocabulary:
    """Return a byte-level vocabulary in which each of the tokens given is one token."""
    from faster_whisper.tokenizer import _LANGUAGE_CODES
    from tokenizers.pre_tokenizers import ByteLevel

    ids = {letter: index for index, letter in enumerate(sorted(ByteLevel.alphabet()))}
    merges: list[tuple[str, str]] = []
    for token in map(_spelled, tokens):
        for end in range(2, len(token) + 1):
            if token[:end] not in ids:
                ids[token[:end]] = len(ids)
                merges.append((token[: end - 1], token[end - 1]))
    ids[""] = len(ids)  # the token by which CTranslate2 tells multilingual models
    names = ["endoftext", "startoftranscript", *_LANGUAGE_CODES[:N_LANGUAGES], "translate", "transcribe"]
    names += ["startoflm", "startofprev", "nospeech", "notimestamps"]
    specials = [f"<|{name}|>" for name in names]
    for special in [*specials, *(f"<|{n * STEP_S:.2f}|>" for n in range(N_STAMPS))]:
        ids[special] = len(ids)
    return Vocabulary(ids, merges, specials)


def write_tokenizer(vocabulary: Vocabulary, path: Path) -> None:
    """Write tokenizer.json."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    n_text = vocabulary.ids["<|endoftext|>"]
    text = {token: number for token, number in vocabulary.ids.items() if number < n_text}
    tokenizer = Tokenizer(models.BPE(vocab=text, merges=vocabulary.merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(vocabulary.specials)
    tokenizer.save(str(path))


def _script(vocabulary: Vocabulary) -> Iterator[tuple[int, int, float]]:
    """Yield (token, next token, moment in seconds that the first one looks at)."""
    sot, none = vocabulary.ids["<|startoftranscript|>"], vocabulary.ids["<|notimestamps|>"]
    first = vocabulary.stamp(SENTENCES[0][0])
    yield sot, vocabulary.ids["<|en|>"], 0.0  # whatever it hears is English
    yield vocabulary.ids["<|transcribe|>"], first, 0.0
    yield none, vocabulary.text(SENTENCES[0][2][0]), 0.0
    for position, (start, end, words) in enumerate(SENTENCES):
        tokens = [vocabulary.stamp(start), *map(vocabulary.text, words), vocabulary.stamp(end)]
        moments = np.linspace(start, end, len(tokens))
        yield from zip(tokens, tokens[1:], moments, strict=False)
        last = position == len(SENTENCES) - 1
        after = vocabulary.ids["<|endoftext|>"] if last else vocabulary.stamp(SENTENCES[position + 1][0])
        yield tokens[-1], after, end
        if not last:  # word times are found without time stamps in between
            yield tokens[-2], vocabulary.text(SENTENCES[position + 1][2][0]), end


class Weights:
    """Random numbers that are always the same, and the directions that carry meaning."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        # Layer norm removes the mean: directions orthogonal to (1, 1, …) survive it.
        basis = self.random.normal(size=(WIDTH, WIDTH))
        basis[:, 0] = 1.0
        directions = np.linalg.qr(basis)[0].T[1:]
        self.clock, self.names = directions[: 2 * N_FREQUENCIES], directions[2 * N_FREQUENCIES :]

    def noise(self, *shape: int, size: float = 0.01) -> Array:
        """Return small random weights."""
        return (size * self.random.normal(size=shape)).astype(np.float32)

    def moment(self, frames: NDArray[Any]) -> NDArray[Any]:
        """Return a code of moments, shape [n, WIDTH]: near moments look alike."""
        angles = np.outer(frames, 2 * np.pi * np.arange(1, N_FREQUENCIES + 1) / FRAMES)
        waves = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
        return np.asarray(waves @ self.clock / np.sqrt(N_FREQUENCIES))


def _fill_norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def _fill_linear(linear: Any, weight: Array) -> None:
    linear.weight, linear.bias = weight, np.zeros(weight.shape[0], np.float32)


def _fill_layer(layer: Any, weights: Weights) -> None:
    _fill_norm(layer.self_attention.layer_norm)
    _fill_linear(layer.self_attention.linear[0], weights.noise(3 * WIDTH, WIDTH))
    _fill_linear(layer.self_attention.linear[1], weights.noise(WIDTH, WIDTH))
    _fill_norm(layer.ffn.layer_norm)
    _fill_linear(layer.ffn.linear_0, weights.noise(2 * WIDTH, WIDTH))
    _fill_linear(layer.ffn.linear_1, weights.noise(WIDTH, 2 * WIDTH))


def _fill_listening(attention: Any, weights: Weights) -> None:
    """Let the first head of the cross-attention look at the moment that a token calls for."""
    looking = weights.noise(WIDTH, WIDTH)
    looking[: 2 * N_FREQUENCIES] = 2 * weights.clock
    _fill_norm(attention.layer_norm)
    _fill_linear(attention.linear[0], looking)
    _fill_linear(attention.linear[1], np.concatenate([looking, weights.noise(WIDTH, WIDTH)]))
    _fill_linear(attention.linear[2], weights.noise(WIDTH, WIDTH))


def _fill_encoder(encoder: Any, weights: Weights) -> None:
    for conv, n_in in ((encoder.conv1, MELS), (encoder.conv2, WIDTH)):
        conv.weight, conv.bias = weights.noise(WIDTH, n_in, 3), np.zeros(WIDTH, np.float32)
    encoder.position_encodings.encodings = weights.moment(np.arange(FRAMES)).astype(np.float32)
    _fill_norm(encoder.layer_norm)
    _fill_layer(encoder.layer[0], weights)


def _fill_decoder(decoder: Any, weights: Weights, vocabulary: Vocabulary) -> None:
    embedding = weights.noise(len(vocabulary.ids), WIDTH)
    calling = weights.noise(len(vocabulary.ids), WIDTH)
    names = iter(weights.names)
    known: dict[int, NDArray[Any]] = {}
    for token, following, seconds in _script(vocabulary):
        again = token in known
        name = known.setdefault(token, known[token] if again else next(names))
        embedding[token] = name + weights.moment(np.array([seconds / STEP_S]))[0]
        # Sure of its words, but not of all alike. A second call is weaker, so that the time stamp wins.
        calling[following] += (1.2 if again else weights.random.uniform(1.4, 2.2)) * name
    decoder.embeddings.weight = embedding
    decoder.projection.weight = calling
    decoder.position_encodings.encodings = weights.noise(CONTEXT, WIDTH)
    _fill_norm(decoder.layer_norm)
    _fill_layer(decoder.layer[0], weights)
    _fill_listening(decoder.layer[0].attention, weights)


def make_tiny_whisper(folder: Path, *, seed: int = 7) -> Path:
    """Write the model into a folder.

    Parameters
    ----------
    folder : Path
        Made if needed.
    seed : int
        Of its random weights.

    Returns
    -------
    Path
        The folder, ready for ``faster_whisper.WhisperModel``.
    """
    from ctranslate2.specs.whisper_spec import WhisperSpec

    folder.mkdir(parents=True, exist_ok=True)
    vocabulary, weights = make_vocabulary(), Weights(seed)
    spec: Any = WhisperSpec(1, HEADS, 1, HEADS)
    _fill_encoder(spec.encoder, weights)
    _fill_decoder(spec.decoder, weights, vocabulary)
    spec.register_vocabulary(list(vocabulary.ids))
    languages = range(vocabulary.ids["<|startoftranscript|>"] + 1, vocabulary.ids["<|translate|>"])
    spec.config.lang_ids = list(languages)
    spec.config.suppress_ids, spec.config.suppress_ids_begin = (
        [],
        [vocabulary.ids["Ġ"], vocabulary.ids["<|endoftext|>"]],
    )
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize()
    spec.save(str(folder))
    write_tokenizer(vocabulary, folder / "tokenizer.json")
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    print(make_tiny_whisper(parser.parse_args().folder))
