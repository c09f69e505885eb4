"""Make the recordings on which the tiny transcriber is heard: one for the demo, two for the tests; by espeak-ng.

The demo's holds the lines of Sarah's first two weeks that consist of words the transcriber knows, spoken as in her
sessions. The tests' hold sentences that it was not trained on, in several voices::

    python scripts/make_listening.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from make_demo import RATE_HZ, Line, Week, pieces, read_weeks, record, write_opus
from scipy.signal import resample_poly
from tiny_whisper.hearing import fresh, recordings, words_of
from tiny_whisper.sentences import WORDS
from tiny_whisper.speech import RATE_HZ as SPEECH_HZ
from tiny_whisper.speech import say

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "src" / "sdc" / "demo" / "listening"
TESTS = ROOT / "tests" / "transcribe" / "fresh"
WEEKS = 2
SEED, N_RECORDINGS, N_SENTENCES = 77, 2, 8


def heard(line: Line, number: int) -> str:
    """Return what is heard of a line."""
    return " ".join(piece for piece in pieces(line.parsed().tokens, number) if isinstance(piece, str))


def known_lines() -> list[Line]:
    """Return the lines of the first weeks that the transcriber can know."""
    lines = [line for week in read_weeks()[:WEEKS] for line in week.lines]
    return [line for number, line in enumerate(lines) if set(words_of(heard(line, number))) <= set(WORDS)]


def make_train_talk(folder: Path = DEMO) -> Path:
    """Write the demo's recording, and beside it what is said: start and end in seconds, speaker, words."""
    week = Week(1, "", known_lines())
    samples, spans = record(week)
    write_opus(samples, folder / "train-talk.opus")
    rows = []
    for number, (line, span) in enumerate(zip(week.lines, spans, strict=True)):
        words = " ".join(words_of(heard(line, number)))
        rows.append(f"{span.start_ms / 1000:.2f}\t{span.end_ms / 1000:.2f}\t{line.speaker}\t{words}")
    (folder / "train-talk.tsv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    return folder / "train-talk.opus"


def make_fresh(folder: Path = TESTS) -> list[Path]:
    """Write the tests' recordings, and beside each what is said: start and end in seconds, words."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    said = say(fresh(SEED, N_RECORDINGS * N_SENTENCES), SEED)
    for number, one in enumerate(recordings(said, N_SENTENCES, SEED), 1):
        paths.append(folder / f"fresh-{number}.opus")
        samples = resample_poly(one.samples, RATE_HZ, SPEECH_HZ)
        write_opus(samples.astype(np.float32), paths[-1])
        rows = [f"{start:.2f}\t{end:.2f}\t{text}" for text, start, end in one.said]
        paths[-1].with_suffix(".tsv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    return paths


if __name__ == "__main__":
    print(make_train_talk(), *make_fresh(), sep="\n")
