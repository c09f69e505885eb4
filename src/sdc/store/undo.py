"""Which version stands again when the last edit is undone, or done again: read off the log, nothing else is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sdc.store.versions import TranscriptVersion


@dataclass(frozen=True, slots=True)
class UndoSteps:
    """Where one can go from here.

    Attributes
    ----------
    undo : int or None
        The version that stands again when the last edit is undone; None where there is nothing to undo.
    redo : int or None
        The version that stands again when the last undoing is taken back.
    """

    undo: int | None
    redo: int | None


def undo_steps(versions: Iterable[TranscriptVersion]) -> UndoSteps:
    """Walk a log of versions, oldest first.

    Undoing goes back edit by edit, also over what was undone before; a new edit ends redoing. What was
    processed again from the inputs is not undone: the recording would not fit the transcript any more.
    """
    now, past, future = 0, list[int](), list[int]()
    for found in versions:
        if found.what == "undone" and past:
            future.append(now)
            now = past.pop()
        elif found.what == "redone" and future:
            past.append(now)
            now = future.pop()
        else:
            past = [] if found.what in ("original", "processed") else [*past, now]
            now, future = found.version, []
    return UndoSteps(past[-1] if past else None, future[-1] if future else None)
