"""On what kind of transcripts a statement rests, in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from sdc.store.records import TranscriptState


def transcripts_note(states: Sequence[TranscriptState]) -> str | None:
    """Return how many of the sessions nobody has reviewed; None where a person wrote or reviewed them all.

    Parameters
    ----------
    states : Sequence[TranscriptState]
        Of the sessions behind a statement, each once.
    """
    n_raw, n = sum(state == "raw" for state in states), len(states)
    if n_raw == 0:
        return None
    if n == 1:
        return "The session is an unreviewed transcript made by a recogniser."
    if n_raw == n:
        return f"All {n} sessions are unreviewed transcripts made by a recogniser."
    if n_raw == 1:
        return f"1 of the {n} sessions is an unreviewed transcript made by a recogniser."
    return f"{n_raw} of the {n} sessions are unreviewed transcripts made by a recogniser."
