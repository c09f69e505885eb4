"""Which reader for which file; what a folder holds; where a transcript's recording lies."""

from __future__ import annotations

from pathlib import Path

from sdc.errors import MissingInputError
from sdc.formats.chat.reader import read_chat
from sdc.session import Session

MEDIA_SUFFIXES = frozenset({".wav", ".mp3", ".m4a", ".ogg", ".opus", ".flac", ".mp4", ".webm", ".mov", ".mkv", ".aac"})
"""Suffixes that are taken as recordings."""


def read_path(path: Path, *, source: str | None = None) -> Session:
    """Read a transcript of any known format.

    Parameters
    ----------
    path : Path
    source : str, optional
        Name for the session and for errors; default the file's name.

    Returns
    -------
    Session

    Raises
    ------
    MissingInputError
        No such file, or it cannot be opened.
    ChatError
        A transcript that cannot be used.
    """
    source = source or path.name
    return read_chat(_read_bytes(path, source), source=source, strict_encoding=True)


def _read_bytes(path: Path, source: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = "is a folder" if path.is_dir() else (error.strerror or "cannot be opened").lower()
        raise MissingInputError(
            f"{path.name}: {reason}.",
            code="input.missing",
            hint="Check the name and that you may read it.",
            source=source,
        ) from error
