"""The demo child: five sessions of a made-up girl. ``data/README.md`` tells how they were made.

Beside them a recording without a transcript, and the tiny transcriber that can hear it: ``listening/README.md``.
"""

from __future__ import annotations

from pathlib import Path

CHILD = "Sarah"
"""The child's name."""

QUESTION = "How has Sarah's fluency changed from week 1 to week 5?"
"""What the demo asks."""

WEEKS = 5
_DATA = Path(__file__).parent / "data"
_LISTENING = Path(__file__).parent / "listening"


def demo_transcripts() -> tuple[Path, ...]:
    """Return the transcripts, first week first.

    Returns
    -------
    tuple[Path, ...]
        CHAT files; beside each lies its recording, of the same name with the suffix ``.opus``.
    """
    return tuple(_DATA / f"sarah-week{week}.cha" for week in range(1, WEEKS + 1))


def demo_recording() -> Path:
    """Return a recording of the demo child and her mother that has no transcript.

    What is said in it stands in the file beside it, of the same name with the suffix ``.tsv``:
    start and end in seconds, speaker, words.
    """
    return _LISTENING / "train-talk.opus"


def demo_model() -> Path:
    """Return the folder of the tiny Whisper model that knows the words of ``demo_recording``.

    It was trained on synthetic speech and knows 56 words: it is for the demo and for tests.
    """
    return _LISTENING / "model"
