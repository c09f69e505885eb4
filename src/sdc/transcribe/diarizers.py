"""The diarizers by name. Each is one file in ``speakers``, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sdc.errors import ExtraMissingError, SettingsError

if TYPE_CHECKING:
    from sdc.audio import Recording
    from sdc.transcribe.speakers import Diarization, Diarizer

DEFAULT_DIARIZER = "sdc"
PYANNOTE_MODEL = "pyannote/speaker-diarization-community-1"


@dataclass(frozen=True, slots=True)
class DiarizerOptions:
    """What a diarizer may be told; each takes what concerns it.

    Attributes
    ----------
    n_speakers : int or None
        How many voices; None: as heard.
    media : Path or None
        The recording's file, whose channels may tell who speaks.
    model : str
        Name or folder of a pyannote pipeline.
    token : str
        Of the Hugging Face Hub; never shown.
    """

    n_speakers: int | None = None
    media: Path | None = None
    model: str = PYANNOTE_MODEL
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DiarizerKind:
    """One row: how a diarizer is made, the module and the extra that it needs."""

    make: Callable[[DiarizerOptions], Diarizer]
    module: str
    extra: str | None = None


class OwnDiarizer:
    """SDC's own: by the channels where each speaker has a microphone, else by how the voices sound."""

    def __init__(self, n_speakers: int | None, media: Path | None) -> None:
        self._n, self._media = n_speakers, media

    def diarize(self, recording: Recording) -> Diarization:
        """Return which voice is heard when; see ``Diarizer``."""
        from sdc.transcribe.speakers.channels import ChannelDiarizer, separate_channels
        from sdc.transcribe.speakers.diarize import VoiceDiarizer

        asked = self._media if self._n in (None, 2) else None
        channels = separate_channels(asked, recording) if asked is not None else None
        return (ChannelDiarizer(channels) if channels else VoiceDiarizer(self._n)).diarize(recording)


def _own(options: DiarizerOptions) -> Diarizer:
    return OwnDiarizer(options.n_speakers, options.media)


def _pyannote(options: DiarizerOptions) -> Diarizer:
    from sdc.transcribe.speakers.pyannote import PyannoteDiarizer

    return PyannoteDiarizer(options.model, options.n_speakers, token=options.token)


DIARIZERS: dict[str, DiarizerKind] = {
    DEFAULT_DIARIZER: DiarizerKind(_own, "scipy"),
    "pyannote": DiarizerKind(_pyannote, "pyannote.audio", "pyannote"),
}


def require_diarizer(name: str) -> None:
    """Make sure that a diarizer can be had, before the work that comes first is done.

    Raises
    ------
    SettingsError
        ``settings.diarizer``: there is none of this name.
    ExtraMissingError
        What it needs is not installed.
    """
    kind = DIARIZERS.get(name)
    if kind is None:
        raise SettingsError(
            f"There is no diarizer {name}.", code="settings.diarizer", hint=f"Diarizers: {', '.join(DIARIZERS)}."
        )
    if not _is_installed(kind.module):
        raise ExtraMissingError(
            f"The diarizer {name} is not installed.",
            hint=f"Run `pip install 'speech-development-companion[{kind.extra}]'`." if kind.extra else None,
        )


def make_diarizer(name: str, options: DiarizerOptions) -> Diarizer:
    """Return a diarizer of ``DIARIZERS``; its model is loaded when it is first needed. Raises: ``require_diarizer``."""
    require_diarizer(name)
    return DIARIZERS[name].make(options)


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it is a part of
        return False
