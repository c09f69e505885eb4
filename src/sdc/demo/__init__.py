"""The demo child: five sessions of a made-up girl. ``data/README.md`` tells how they were made."""

from __future__ import annotations

from pathlib import Path

CHILD = "Sarah"
"""The child's name."""

QUESTION = "How has Sarah's fluency changed from week 1 to week 5?"
"""What the demo asks."""

WEEKS = 5
_DATA = Path(__file__).parent / "data"


def demo_transcripts() -> tuple[Path, ...]:
    """Return the transcripts, first week first.

    Returns
    -------
    tuple[Path, ...]
        CHAT files; beside each lies its recording, of the same name with the suffix ``.opus``.
    """
    return tuple(_DATA / f"sarah-week{week}.cha" for week in range(1, WEEKS + 1))
