"""Train the tiny transcriber: Whisper's architecture, 56 words, spoken by espeak-ng. On one core, in 35 minutes.

It is trained from nothing, on synthetic speech only, for SDC's tests and demo; it is of no use for
anybody's recordings. ``src/sdc/demo/listening/README.md`` is its data card::

    pip install -e '.[train]'
    python scripts/train_tiny_whisper.py            # writes into src/sdc/demo/listening/model
    python scripts/train_tiny_whisper.py FOLDER --most-steps 20
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import torch
from tiny_whisper.export import export
from tiny_whisper.hearing import TRAINING, error_rate, fresh, recordings
from tiny_whisper.lesson import vocabulary
from tiny_whisper.speech import say
from tiny_whisper.training import PHASES, new_network, train

from sdc.transcribe import FasterWhisperTranscriber

MODEL = Path(__file__).parents[1] / "src" / "sdc" / "demo" / "listening" / "model"
SEED = 1
FRESH_SEED, FRESH_SENTENCES = 4242, 300


def train_tiny_whisper(folder: Path = MODEL, most_steps: int | None = None) -> float:
    """Speak, train, export, measure.

    Parameters
    ----------
    folder : Path
        For the model; what is there is replaced.
    most_steps : int, optional
        End each phase of the training after so many steps, to see that all of it runs.

    Returns
    -------
    float
        Word error rate through faster-whisper, on sentences that the training had not.
    """
    torch.set_num_threads(1)  # on small matrices more threads wait for each other
    spoken = {part: say(part.texts(), part.seed, part.cast) for part in TRAINING}
    network = new_network(SEED)
    for phase in PHASES:
        steps = min(phase.steps, most_steps or phase.steps)
        train(network, [said for part in phase.parts for said in spoken[part]], replace(phase, steps=steps))
    export(network, vocabulary(), folder)
    return measured(folder)


def measured(folder: Path, jumbled: float = 0.0) -> float:
    """Return the word error rate of a model on fresh sentences, six in a recording."""
    said = say(fresh(FRESH_SEED, FRESH_SENTENCES, jumbled), FRESH_SEED)
    engine = FasterWhisperTranscriber(str(folder), "cpu", "en")
    return error_rate(engine, recordings(said, 6, FRESH_SEED))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=MODEL)
    parser.add_argument("--most-steps", type=int, help="end each phase after so many steps, to see that it runs")
    asked = parser.parse_args()
    print(f"word error rate on fresh sentences: {train_tiny_whisper(asked.folder, asked.most_steps):.3f}")
