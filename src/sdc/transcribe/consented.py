"""An engine that sends sound out of the house, behind a leave that is asked for again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sdc.transcribe.transcript import Progress, Transcriber, Transcript

if TYPE_CHECKING:
    from sdc.audio import Recording

Leave = Callable[[], None]
"""Returns while the recording may be sent; raises ``ConsentError`` otherwise."""


class ConsentedTranscriber:
    """Asks before the first byte leaves, and before every further piece of the recording.

    Parameters
    ----------
    engine : Transcriber
    leave : callable
    """

    is_remote = True

    def __init__(self, engine: Transcriber, leave: Leave) -> None:
        self._engine, self._leave = engine, leave

    def transcribe(self, recording: Recording, *, on_progress: Progress | None = None) -> Transcript:
        """Transcribe a recording; see ``Transcriber``.

        Raises
        ------
        ConsentError
            Nobody agreed, or the consent was withdrawn meanwhile.
        """
        self._leave()

        def ask_and_tell(step: str, fraction: float) -> None:
            self._leave()
            if on_progress is not None:
                on_progress(step, fraction)

        return self._engine.transcribe(recording, on_progress=ask_and_tell)


def with_leave(engine: Transcriber, leave: Leave) -> Transcriber:
    """Return an engine that asks for leave where it sends sound out of the house; as it is where it does not."""
    return ConsentedTranscriber(engine, leave) if engine.is_remote else engine
