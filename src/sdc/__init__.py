"""Speech & Development Companion: a session in, measures with their evidence out.

::

    import sdc

    session = sdc.read("visit.cha")
    analysis = sdc.analyze(session)
    print(analysis.speakers["CHI"].measures["mlu_words"])

``sdc.read`` takes CHAT, the JSON of Whisper engines and session JSON; ``sdc.load_sound`` a
recording, whose pitch, loudness and pauses ``sdc.analyze`` then measures too. Errors: ``sdc.SDCError``
and its kinds (``sdc.errors``). Nothing here needs a network, a model or a store.
"""

from os import PathLike as _PathLike
from pathlib import Path as _Path
from typing import TYPE_CHECKING as _TYPE_CHECKING

from sdc.errors import EngineError, InputError, SDCError
from sdc.session import Analysis, Measure, Session, SpeakerAnalysis, Utterance

if _TYPE_CHECKING:
    from sdc.audio import SoundTracks as _SoundTracks

__all__ = [
    "Analysis",
    "EngineError",
    "InputError",
    "Measure",
    "SDCError",
    "Session",
    "SpeakerAnalysis",
    "Utterance",
    "analyze",
    "load_sound",
    "read",
]


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: it takes a tenth of the start."""
    if name == "__version__":
        from importlib.metadata import version

        return version("speech-development-companion")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read(path: str | _PathLike[str]) -> Session:
    """Read a transcript: CHAT (``.cha``), the JSON of a Whisper engine, or session JSON.

    Parameters
    ----------
    path : str or path-like

    Returns
    -------
    Session
        Damage that could be worked around is listed in ``warnings``, with line numbers.

    Raises
    ------
    InputError
        The file cannot be used; the error tells source, line and what to do.
    """
    from sdc.formats import read_path

    return read_path(_Path(path))


def load_sound(path: str | _PathLike[str], acoustics: str = "sdc") -> "_SoundTracks":
    """Measure pitch, loudness and speech of an audio or video file, for ``analyze``.

    Parameters
    ----------
    path : str or path-like
        wav, mp3, m4a, ogg, opus, flac, mp4, webm, mov and what else FFmpeg's libraries decode.
    acoustics : {"sdc", "librosa", "praat"}
        What measures pitch, loudness and voice.

    Returns
    -------
    SoundTracks

    Raises
    ------
    MediaError
        The file cannot be decoded or holds no sound.
    SettingsError, ExtraMissingError
        There are no such acoustics, or they are not installed.
    """
    from sdc.audio import load_recording, sound_tracks
    from sdc.audio.acoustics import make_acoustics

    return sound_tracks(load_recording(_Path(path)), make_acoustics(acoustics))


def analyze(session: Session, sound: "_SoundTracks | None" = None) -> Analysis:
    """Compute all measures of all speakers of a session.

    Parameters
    ----------
    session : Session
    sound : SoundTracks, optional
        Of the session's recording (``load_sound``); without it what is measured on sound has
        no value, with the reason.

    Returns
    -------
    Analysis
        ``analysis.speakers[code].measures[id]``: value, unit, n, rule, evidence; what cannot be
        computed is None with a reason, never 0.
    """
    from sdc.measures import analyse

    return analyse(session, sound)
