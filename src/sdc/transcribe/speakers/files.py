"""Speakers from a file that another program wrote, as a ``Diarizer``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from sdc.transcribe.speakers.segments import Diarization

if TYPE_CHECKING:
    from sdc.audio import Recording


class Reader(Protocol):
    """``read_rttm`` or ``read_pyannote_json``."""

    def __call__(self, text: str, *, source: str, duration_s: float | None = None) -> Diarization:
        """Read a text."""


class FileDiarizer:
    """Gives what a file says.

    Parameters
    ----------
    read : Reader
    text : str
        The file's content. It is read at once, so that what is wrong is said before other work is done.
    source : str
        Its name, for errors.

    Raises
    ------
    InputError
        As the reader.
    """

    def __init__(self, read: Reader, text: str, source: str) -> None:
        self._read = partial(read, text, source=source)
        self._read()

    def diarize(self, recording: Recording) -> Diarization:
        """Return the turns, cut off at the recording's end."""
        return self._read(duration_s=recording.duration_s)
