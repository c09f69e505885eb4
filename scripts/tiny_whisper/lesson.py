"""Batches: spectrograms as faster-whisper makes them, tokens as Whisper writes them, and where to listen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from make_tiny_whisper import Vocabulary, make_vocabulary
from torch import Tensor

from tiny_whisper.network import FRAMES, MELS
from tiny_whisper.sentences import ENDS, WORDS
from tiny_whisper.speech import Said, Window, window

FRAMES_PER_S = 50
NOTHING = -100  # no lesson at this place
SLACK_S = 0.12  # how far from its guessed place a word may be listened for
UNTIMED, SILENT = 0.3, 0.03  # how many windows are told without time stamps, and hold no speech

Placed = tuple[int, float, float]
"""A token, and the stretch in seconds where it is heard."""


def vocabulary() -> Vocabulary:
    """Return Whisper's tokens with each word and each end of a sentence as one of them."""
    return make_vocabulary([*(f" {word}" for word in WORDS), *ENDS])


@dataclass(frozen=True)
class Batch:
    """Some windows: tokens in and out, where each token is heard (in frames), which word is heard in each frame."""

    mel: Tensor
    tokens: Tensor
    targets: Tensor
    heard: Tensor
    words: Tensor


class Teacher:
    """Makes batches from a stock of spoken sentences, always the same for a seed."""

    def __init__(self, stock: list[Said], seed: int) -> None:
        from faster_whisper.feature_extractor import FeatureExtractor

        self.stock, self.random = stock, np.random.default_rng(seed)
        self.vocabulary = vocabulary()
        self.filters = torch.tensor(FeatureExtractor().mel_filters, dtype=torch.float32)
        self.numbers = {word: number for number, word in enumerate(WORDS, 1)}

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield batches without end."""
        while True:
            yield self._batch([self._window() for _ in range(size)])

    def _window(self) -> Window:
        one = window(self.stock, self.random)
        if self.random.random() >= SILENT:
            return one
        noise = self.random.standard_normal(one.samples.size, np.float32)
        return Window(np.float32(10 ** self.random.uniform(-4.3, -2.0)) * noise, ())

    def _batch(self, windows: list[Window]) -> Batch:
        placed = [list(self._script(one)) for one in windows]
        longest = max(map(len, placed))
        tokens = torch.full((len(windows), longest), self.vocabulary.ids["<|endoftext|>"])
        targets = torch.full((len(windows), longest), NOTHING)
        heard = torch.zeros(len(windows), longest, 2)
        for row, script in enumerate(placed):
            ids = torch.tensor([token for token, *_ in script])
            tokens[row, : len(ids)], targets[row, : len(ids) - 1] = ids, ids[1:]
            heard[row, : len(ids) - 1] = torch.tensor([(start, end) for _, start, end in script[1:]]) * FRAMES_PER_S
        for row, one in enumerate(windows):
            if not one.said:  # Whisper says at once that nobody speaks; what it would say then is not its business
                targets[row] = NOTHING
                targets[row, 0] = self.vocabulary.ids["<|nospeech|>"]
        words = torch.stack([self._words(one) for one in windows])
        return Batch(torch.stack([self._mel(one) for one in windows]), tokens, targets, heard, words)

    def _script(self, one: Window) -> Iterator[Placed]:
        """Yield Whisper's tokens for a window: with time stamps, or without, as word times are found later."""
        ids, timed = self.vocabulary.ids, self.random.random() >= UNTIMED
        for name in ("startoftranscript", "en", "transcribe", *([] if timed else ["notimestamps"])):
            yield ids[f"<|{name}|>"], 0, 0
        for text, start, end in one.said:
            if timed:
                yield self.vocabulary.stamp(start), start - SLACK_S, start + SLACK_S
            yield from self._sentence(text, start, end)
            if timed:
                yield self.vocabulary.stamp(min(end, 30.0)), end - SLACK_S, end + SLACK_S
        yield ids["<|endoftext|>"], 0, 0

    def _sentence(self, text: str, start: float, end: float) -> Iterator[Placed]:
        for word, first, behind in _places(text, start, end):
            yield self.vocabulary.text(f" {word}"), first - SLACK_S, behind + SLACK_S
        yield self.vocabulary.text(text[-1]), end - SLACK_S, end + SLACK_S

    def _words(self, one: Window) -> Tensor:
        frames = torch.zeros(FRAMES, dtype=torch.long)
        for said in one.said:
            for word, first, behind in _places(*said):
                frames[round(first * FRAMES_PER_S) : round(behind * FRAMES_PER_S)] = self.numbers[word]
        return frames

    def _mel(self, one: Window) -> Tensor:
        """Return the spectrogram that faster-whisper's FeatureExtractor gives, padded as it pads it; faster."""
        sound = torch.nn.functional.pad(torch.from_numpy(one.samples), (0, 160))
        power = torch.stft(sound, 400, 160, window=torch.hann_window(400), return_complex=True)[:, :-1].abs() ** 2
        mel = (self.filters @ power).clamp(min=1e-10).log10()
        mel = (torch.maximum(mel, mel.max() - 8) + 4) / 4
        whole = torch.zeros(MELS, 2 * FRAMES)
        whole[:, : mel.shape[1]] = mel[:, : 2 * FRAMES]
        return whole


def _places(text: str, start: float, end: float) -> Iterator[tuple[str, float, float]]:
    """Yield the words of a sentence and where they are, guessed from their letters."""
    words = text[:-1].split()
    bounds = np.cumsum([0, *(len(word) + 1 for word in words)], dtype=float)
    bounds = start + bounds / bounds[-1] * (end - start)
    yield from zip(words, bounds.tolist(), bounds[1:].tolist(), strict=False)
