"""Which reader for which file; what a folder holds; where a transcript's recording lies."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from sdc.errors import InputError, MissingInputError, TranscriptJsonError
from sdc.formats.chat.reader import read_chat
from sdc.session import Session

MEDIA_SUFFIXES = frozenset({".wav", ".mp3", ".m4a", ".ogg", ".opus", ".flac", ".mp4", ".webm", ".mov", ".mkv", ".aac"})
"""Suffixes that are taken as recordings."""

ANNOTATION_SUFFIXES = frozenset({".eaf", ".textgrid", ".srt", ".vtt"})
"""Suffixes of ELAN, Praat, SubRip and WebVTT, in small letters."""

TRANSCRIPT_SUFFIXES = frozenset({".cha", ".json"}) | ANNOTATION_SUFFIXES
"""Suffixes that are taken as transcripts; of ``.json`` only what is a known shape."""

MAX_FILE_BYTES = 10_000_000
"""A larger file is refused without being read: reading and measuring takes about a hundred times its size in memory,
and an hour of talk has less than 1 MB as CHAT, about 2 MB as a recogniser's JSON with every word."""

_VIDEO_SUFFIXES = (".mp4", ".mov", ".webm", ".mkv")


def read_path(path: Path, *, source: str | None = None) -> Session:
    """Read a transcript: CHAT, ELAN, TextGrid, captions, a Whisper result or session JSON.

    What it is, is told by suffix and content.

    Parameters
    ----------
    path : Path
    source : str, optional
        Name for the session and for errors, whose suffix counts where the file has none; default
        the file's name, but for session JSON the source that it names.

    Returns
    -------
    Session

    Raises
    ------
    MissingInputError
        No such file, or it cannot be opened.
    InputError
        ``input.too-large``.
    ChatError, TranscriptJsonError, AnnotationError
        A transcript that cannot be used; a CHAT file that is not UTF-8 is one
        (``read_chat`` can be told to replace what is damaged).
    """
    name = source or path.name
    data = read_bytes(path, name)
    suffix = path.suffix.lower()  # a blob has none; what it is called has
    reader = _annotation_reader(suffix if suffix in TRANSCRIPT_SUFFIXES else Path(name).suffix.lower())
    if reader is not None:
        return reader(data, source=name)
    if path.suffix.lower() == ".json" or (path.suffix.lower() != ".cha" and _looks_like_json(data)):
        session = _read_json(data, name)
        return session if source is None else replace(session, source=source)
    return read_chat(data, source=name, strict_encoding=True)


class _Reader(Protocol):
    def __call__(self, data: bytes, *, source: str) -> Session: ...


def _annotation_reader(suffix: str) -> _Reader | None:
    """Return the reader of a suffix of ELAN, Praat or captions; they are loaded when they are needed."""
    match suffix:
        case ".eaf":
            from sdc.formats.elan import read_elan as reader
        case ".textgrid":
            from sdc.formats.textgrid import read_textgrid as reader
        case ".srt":
            from sdc.formats.subtitles import read_srt as reader
        case ".vtt":
            from sdc.formats.subtitles import read_vtt as reader
        case _:
            return None
    return reader


def _looks_like_json(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _read_json(data: bytes, source: str) -> Session:
    # Most inputs are CHAT, and pydantic takes a while to load.
    from sdc.formats.session_json import is_session_json, load_session
    from sdc.formats.whisper_json import load_json, read_whisper_json

    if not data.strip():
        raise TranscriptJsonError(
            "The file is empty.", code="json.empty", hint="Export the transcript again.", source=source
        )
    loaded = load_json(data, source=source)
    if is_session_json(loaded):
        return load_session(data.removeprefix(b"\xef\xbb\xbf"), source=source)
    return read_whisper_json(data, source=source)


def read_bytes(path: Path, source: str) -> bytes:
    """Return a transcript file's content.

    Raises
    ------
    MissingInputError
        No such file, or it cannot be opened.
    InputError
        ``input.too-large``.
    """
    try:
        size = path.stat().st_size
        if size <= MAX_FILE_BYTES:
            return path.read_bytes()
    except OSError as error:
        raise _missing(path, source) from error
    raise InputError(
        f"The file has {size / 1e6:,.1f} MB; no transcript is larger than {MAX_FILE_BYTES / 1e6:,.0f} MB.",
        code="input.too-large",
        hint="A recording goes in under its own suffix, for example .mp3 or .mp4.",
        source=source,
    )


def _missing(path: Path, source: str) -> MissingInputError:
    what = "This is a folder, not a file." if path.is_dir() else "There is no such file."
    if path.is_file():
        what = "The file cannot be opened."
    return MissingInputError(
        what,
        code="input.missing",
        hint="Check the name, and that you may read it.",
        source=source,
    )


def find_inputs(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Find the transcripts among files and folders.

    Parameters
    ----------
    paths : Iterable[Path]
        Files are taken as they are; folders are searched with all folders in them.

    Returns
    -------
    list[tuple[Path, str]]
        Each file with its ``source``: its name, or its path relative to the folder given,
        with ``/``. In a folder in alphabetical order.

    Raises
    ------
    MissingInputError
        ``input.missing`` for a name that does not exist, ``input.empty-folder`` for a folder
        without transcripts.
    """
    return [found for path in paths for found in _inputs_of(path)]


def _inputs_of(path: Path) -> list[tuple[Path, str]]:
    if path.is_file():
        return [(path, path.name)]
    if not path.is_dir():
        raise _missing(path, str(path))
    found = [(file, file.relative_to(path).as_posix()) for file in _files(path) if is_transcript(file)]
    if not found:
        raise MissingInputError(
            "The folder holds no transcript.",
            code="input.empty-folder",
            hint="A transcript is a .cha, .eaf, .TextGrid, .srt or .vtt file, or the .json of a Whisper engine.",
            source=str(path),
        )
    return found


def find_chat(path: Path) -> list[tuple[Path, str]]:
    """Find CHAT files: a file is taken as it is; a folder is searched for ``.cha`` as ``find_inputs`` does.

    Raises
    ------
    MissingInputError
        ``input.missing``, ``input.empty-folder``.
    """
    if not path.is_dir():
        return _inputs_of(path)
    found = [(f, f.relative_to(path).as_posix()) for f in _files(path) if f.suffix.lower() == ".cha"]
    if not found:
        raise MissingInputError(
            "The folder holds no CHAT transcript.",
            code="input.empty-folder",
            hint="A CHAT transcript is a .cha file; `sdc convert` writes one.",
            source=str(path),
        )
    return found


def find_media_files(folder: Path) -> list[tuple[Path, str]]:
    """Find the recordings in a folder and all folders in it, as ``find_inputs`` does transcripts."""
    files = (file for file in _files(folder) if file.suffix.lower() in MEDIA_SUFFIXES)
    return [(file, file.relative_to(folder).as_posix()) for file in files]


def _files(folder: Path) -> Iterator[Path]:
    """All files but hidden ones, in alphabetical order of their paths."""
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        # Path.is_file raises where one may not look.
        if not hidden and os.path.isfile(file):  # noqa: PTH113
            yield file


def is_transcript(file: Path) -> bool:
    """Whether a file in a folder is meant as a transcript: every suffix of one, and .json of a known shape."""
    suffix = file.suffix.lower()
    if suffix != ".json":
        return suffix in TRANSCRIPT_SUFFIXES
    from sdc.formats.session_json import is_session_json
    from sdc.formats.whisper_json import load_json
    from sdc.formats.whisper_shapes import read_result

    try:
        loaded = load_json(read_bytes(file, file.name), source=file.name)
        if not is_session_json(loaded):
            read_result(loaded, source=file.name)
    except InputError:
        return False
    return True


def media_by_name(folder: Path) -> dict[str, list[Path]]:
    """List the recordings in a folder, each under its name in lower case, with and without suffix."""
    found: dict[str, list[Path]] = {}
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() in MEDIA_SUFFIXES)
    except OSError:
        return found
    for file in files:
        for name in {file.name.lower(), file.stem.lower()}:
            found.setdefault(name, []).append(file)
    return found


def find_media(session: Session, path: Path, beside: Mapping[str, Sequence[Path]] | None = None) -> Path | None:
    """Find the recording that a transcript names and that lies beside it.

    Parameters
    ----------
    session : Session
    path : Path
        Where the transcript lies.
    beside : Mapping[str, Sequence[Path]], optional
        What ``media_by_name`` lists there, for whoever asks about many transcripts of one folder.

    Returns
    -------
    Path or None
        The file whose name is that of ``@Media``, with or without suffix, in upper or lower
        case; of several, the one whose suffix fits the kind. None when it is not there.
    """
    media = session.media
    if media is None:
        return None
    beside = media_by_name(path.parent) if beside is None else beside
    named = [file for file in beside.get(media.name.lower(), ()) if file.is_file()]
    is_video = media.kind == "video"
    return min(named, key=lambda file: (file.suffix.lower() in _VIDEO_SUFFIXES) != is_video, default=None)
