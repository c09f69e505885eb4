"""Speech & Development Companion: a session in, measures with their evidence out.

::

    import sdc

    session = sdc.read("visit.cha")
    analysis = sdc.analyze(session)
    print(analysis["mlu_words"])  # the child's; analysis.speakers["MOT"]["mlu_words"] is another's
    table = sdc.to_frame([session])

``sdc.read`` takes CHAT, ELAN, Praat's TextGrid, SubRip, WebVTT, the JSON of Whisper engines and session JSON,
and ``sdc.write`` writes them; ``sdc.load_sound`` takes a recording, whose pitch, loudness and pauses
``sdc.analyze`` then measures too. Errors: ``sdc.SDCError`` and its kinds (``sdc.errors``). Nothing here needs a
network, a model or a store.
"""

from collections.abc import Iterable as _Iterable
from os import PathLike as _PathLike
from pathlib import Path as _Path
from typing import TYPE_CHECKING as _TYPE_CHECKING

from sdc.errors import EngineError, InputError, SDCError
from sdc.session import Analysis, Measure, Session, SpeakerAnalysis, Utterance

if _TYPE_CHECKING:
    import pandas as _pandas

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
    "to_frame",
    "write",
]


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: it takes a tenth of the start."""
    if name == "__version__":
        from importlib.metadata import version

        return version("speech-development-companion")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read(path: str | _PathLike[str], *, target: str | None = None) -> Session:
    """Read a transcript: ``.cha``, ``.eaf``, ``.TextGrid``, ``.srt``, ``.vtt``, Whisper's JSON, session JSON.

    Parameters
    ----------
    path : str or path-like
    target : str, optional
        Code or name of the speaker who is the child, where the file does not say it.

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
    from sdc.formats.target_child import with_target

    session = read_path(_Path(path))
    return session if target is None else with_target(session, target)


def write(session: Session, path: str | _PathLike[str]) -> tuple[str, ...]:
    """Write a session to a file, in the format of its ending.

    Parameters
    ----------
    session : Session
    path : str or path-like
        ``.cha``, ``.eaf``, ``.TextGrid``, ``.srt``, ``.vtt``, ``.csv`` or ``.json`` (session JSON).

    Returns
    -------
    tuple[str, ...]
        What the format cannot hold of the session, one sentence each; empty where it holds all.

    Raises
    ------
    InputError
        ``output.kind``: no format of that ending; ``annotation.no-times``: the format is made of times, and
        the session has none.
    """
    from sdc.formats.targets import target_of

    form = target_of(_Path(path))
    text = form.write(session)
    _Path(path).write_text(text, encoding="utf-8", newline="")
    return form.losses(session)


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
        ``analysis[id]`` of the child, ``analysis.speakers[code][id]`` of anybody: value, unit, n, error,
        rule, evidence; what cannot be computed is None with a reason, never 0.
    """
    from sdc.measures import analyse

    return analyse(session, sound)


def to_frame(
    sessions: "_Iterable[Session | tuple[Session, Analysis] | str | _PathLike[str]]",
    *,
    speaker: str | None = None,
    long: bool = False,
) -> "_pandas.DataFrame":
    """Return the measures of sessions as a table of pandas, one row a session.

    Parameters
    ----------
    sessions : Iterable[Session or tuple[Session, Analysis] or path-like]
        Sessions, which are analysed; sessions with their analyses (with sound, say); or files, which are read.
    speaker : str, optional
        Whose measures; default: the child's of each session.
    long : bool
        One row a measure instead, with unit, n, sd, rule, and the reason where there is no value.

    Returns
    -------
    pandas.DataFrame
        Columns about session and speaker (source, date, context, speaker, name, role, age_months, sex, group,
        n_utterances), then one a measure. What is not known or could not be computed is ``<NA>``.

    Raises
    ------
    ExtraMissingError
        pandas is not installed (``pip install 'speech-development-companion[pandas]'``).
    InputError
        A file cannot be used.
    """
    from sdc.measures.frame import to_frame as _to_frame

    def analysed(item: "Session | tuple[Session, Analysis] | str | _PathLike[str]") -> tuple[Session, Analysis]:
        if isinstance(item, tuple):
            return item
        session = item if isinstance(item, Session) else read(item)
        return session, analyze(session)

    return _to_frame(map(analysed, sessions), speaker=speaker, long=long)
