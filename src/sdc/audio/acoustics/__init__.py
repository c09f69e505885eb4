"""What measures a voice's pitch, loudness and quality: the back ends by name.

Each is one file beside ``Acoustics``, imported when it is asked for. Where speech lies and what
the quality gate allows always rests on SDC's own tracks, whose thresholds were found on them;
so timing is the same with every back end, and only what describes the voice differs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Protocol

from sdc.errors import ExtraMissingError, SettingsError

if TYPE_CHECKING:
    from sdc.audio.intensity import IntensityTrack
    from sdc.audio.pitch import PitchTrack
    from sdc.audio.recording import Recording
    from sdc.audio.voice_quality import VoiceQualityTrack

OWN: Final = "sdc"
"""The back end that every installation has."""


class Acoustics(Protocol):
    """What a back end gives. All of it lies on common grids, so that measures need not ask whose it is."""

    name: str
    """Of ``ACOUSTICS``."""

    def pitch(self, recording: Recording) -> PitchTrack:
        """Return the fundamental frequency from 75 to 1000 Hz, the middle of frame i at ``i * hop_s``."""
        ...

    def intensity(self, recording: Recording) -> IntensityTrack:
        """Return the level in dB re full scale, the middle of frame i at ``(i + 0.5) * hop_s``."""
        ...

    def voice(self, recording: Recording, pitch: PitchTrack) -> VoiceQualityTrack:
        """Return how the voice sounds on the frames of ``pitch``; an array that it cannot give is None."""
        ...


@dataclass(frozen=True, slots=True)
class AcousticsKind:
    """One row: how a back end is made, the module that it needs, the extra that installs it."""

    make: Callable[[], Acoustics]
    module: str
    extra: str | None = None


def _own() -> Acoustics:
    from sdc.audio.acoustics.own import OwnAcoustics

    return OwnAcoustics()


def _librosa() -> Acoustics:
    from sdc.audio.acoustics.librosa import LibrosaAcoustics

    return LibrosaAcoustics()


def _praat() -> Acoustics:
    from sdc.audio.acoustics.praat import PraatAcoustics

    return PraatAcoustics()


ACOUSTICS: dict[str, AcousticsKind] = {
    OWN: AcousticsKind(_own, "swift_f0"),
    "librosa": AcousticsKind(_librosa, "librosa", "librosa"),
    "praat": AcousticsKind(_praat, "parselmouth", "praat"),
}


def make_acoustics(name: str = OWN) -> Acoustics:
    """Return a back end.

    Parameters
    ----------
    name : str
        Of ``ACOUSTICS``.

    Raises
    ------
    SettingsError
        ``settings.acoustics``: there is no such back end.
    ExtraMissingError
        What it needs is not installed.
    """
    kind = ACOUSTICS.get(name)
    if kind is None:
        raise SettingsError(
            f"There are no acoustics {name}.",
            code="settings.acoustics",
            hint=f"Set SDC_ACOUSTICS or --acoustics to one of: {', '.join(ACOUSTICS)}.",
        )
    if find_spec(kind.module) is None:
        raise ExtraMissingError(
            f"The acoustics {name} are not installed.",
            hint=f"Run `pip install 'speech-development-companion[{kind.extra}]'`." if kind.extra else None,
        )
    return kind.make()
