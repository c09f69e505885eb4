"""How well a transcriber hears: word errors on sentences that it was not trained on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sdc.audio import Recording
from sdc.transcribe.transcript import Transcriber
from tiny_whisper.sentences import sentences
from tiny_whisper.speech import ANYBODY, MOTHER, RATE_HZ, SARAH, Cast, Said, Window


@dataclass(frozen=True)
class Part:
    """A part of what is trained on: sentences from a seed, spoken by a cast."""

    seed: int
    count: int
    cast: Cast
    repeats: int = 1

    def texts(self) -> list[str]:
        """Return its sentences."""
        return take(sentences(self.seed, self.repeats), self.count)


TRAINING = (Part(1, 7000, ANYBODY), Part(2, 1400, SARAH, repeats=3), Part(3, 700, MOTHER))
"""Many voices first; then those of the demo too."""


def fresh(seed: int, count: int, jumbled: float = 0.0) -> list[str]:
    """Return sentences that are not among those of the training; a share of them is words in any order."""
    known = {text for part in TRAINING for text in part.texts()}
    return take((text for text in sentences(seed, jumbled=jumbled) if text not in known), count)


def take(texts: Iterable[str], count: int) -> list[str]:
    """Return the first sentences of a stream."""
    return [text for text, _ in zip(texts, range(count), strict=False)]


def words_of(text: str) -> list[str]:
    """Return the words of a text without punctuation."""
    return re.findall(r"[\w']+", text)


def word_errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Return how many words were put in, left out or replaced (Levenshtein distance)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]


def recordings(said: list[Said], per_recording: int, seed: int) -> Iterator[Window]:
    """Yield recordings of some sentences each, with pauses of 0.3 to 1.2 s and a little noise."""
    random = np.random.default_rng(seed)
    for first in range(0, len(said), per_recording):
        now, parts, placed = 0, [], []
        for one in said[first : first + per_recording]:
            gap = int(RATE_HZ * random.uniform(0.3, 1.2))
            parts += [np.zeros(gap, np.float32), one.samples.astype(np.float32) / 2**15]
            placed.append((one.text, (now + gap) / RATE_HZ, (now + gap + one.samples.size) / RATE_HZ))
            now += gap + one.samples.size
        sound = np.concatenate([*parts, np.zeros(RATE_HZ // 2, np.float32)])
        yield Window(sound + 0.0005 * random.standard_normal(sound.size, np.float32), tuple(placed))


def error_rate(transcriber: Transcriber, heard: Iterable[Window]) -> float:
    """Return the word error rate: errors by words said."""
    errors = words = 0
    for one in heard:
        transcript = transcriber.transcribe(Recording(one.samples, one.samples.size / RATE_HZ))
        said = [word for text, *_ in one.said for word in words_of(text)]
        errors += word_errors(said, words_of(" ".join(segment.text for segment in transcript.segments)))
        words += len(said)
    return errors / words
