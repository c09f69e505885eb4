"""What every engine gives, and what it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sdc.session import Notice, Provenance

if TYPE_CHECKING:
    from sdc.audio import Recording
    from sdc.formats.recognised import RecognisedSegment

Progress = Callable[[str, float], None]
"""Called with what is being done and the fraction of the recording that is transcribed, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """Recognised speech of one recording.

    Attributes
    ----------
    segments : tuple[RecognisedSegment, ...]
        In order of time; no words where nothing was said.
    language : str or None
        ISO 639-1, as told to the engine or as it heard.
    provenance : Provenance
        Engine, model with revision, parameters; its step is ``transcribe``.
    notices : tuple[Notice, ...]
        What people should know of the work: what was left out, and where.
    """

    segments: tuple[RecognisedSegment, ...]
    language: str | None
    provenance: Provenance
    notices: tuple[Notice, ...] = ()


class Transcriber(Protocol):
    """An engine that writes down what is said."""

    @property
    def is_remote(self) -> bool:
        """Whether it sends sound out of this machine."""

    def transcribe(self, recording: Recording, *, on_progress: Progress | None = None) -> Transcript:
        """Transcribe a recording.

        Parameters
        ----------
        recording : Recording
        on_progress : callable, optional
            It may raise to stop the work.

        Returns
        -------
        Transcript

        Raises
        ------
        EngineError
            The engine or its model cannot be used here.
        """
