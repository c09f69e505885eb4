"""An engine behind the gate (``gate``); a module of its own, since the gate needs NumPy and most commands do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdc.transcribe.transcript import Progress, Transcriber, Transcript

if TYPE_CHECKING:
    from sdc.audio import Recording


class GatedTranscriber:
    """An engine whose words are held against the sound of the recording.

    Parameters
    ----------
    engine : Transcriber
    """

    def __init__(self, engine: Transcriber) -> None:
        self.engine = engine

    @property
    def is_remote(self) -> bool:
        """As the engine behind the gate."""
        return self.engine.is_remote

    def transcribe(self, recording: Recording, *, on_progress: Progress | None = None) -> Transcript:
        """Transcribe a recording; see ``Transcriber``. What is left out is told in ``notices``."""
        from sdc.transcribe.gate import drop_unheard

        return drop_unheard(self.engine.transcribe(recording, on_progress=on_progress), recording)
