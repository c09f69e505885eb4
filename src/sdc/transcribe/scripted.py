"""An engine that says what it is told, whatever it hears: for tests of everything behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sdc.session import Provenance
from sdc.transcribe.transcript import Progress, Transcript

if TYPE_CHECKING:
    from sdc.audio import Recording
    from sdc.formats.recognised import RecognisedSegment


class ScriptedTranscriber:
    """A ``Transcriber`` with a script instead of ears; its provenance says so.

    Parameters
    ----------
    segments : Sequence[RecognisedSegment]
        What it says of each recording.
    language : str, optional
    """

    is_remote = False

    def __init__(self, segments: Sequence[RecognisedSegment], language: str | None = "en") -> None:
        self._segments, self._language = tuple(segments), language

    def transcribe(self, recording: Recording, *, on_progress: Progress | None = None) -> Transcript:
        """Return the script; progress is told once a segment."""
        for number in range(1, len(self._segments) + 1):
            if on_progress is not None:
                on_progress("transcribing", number / len(self._segments))
        return Transcript(self._segments, self._language, Provenance("transcribe", "scripted", "1"))
