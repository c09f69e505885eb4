"""What may be uploaded: kinds of files, their names, their size."""

from __future__ import annotations

from pathlib import Path

from sdc.errors import InputError
from sdc.formats.reading import MEDIA_SUFFIXES, TRANSCRIPT_SUFFIXES
from sdc.store.records import UploadKind


def upload_kind(filename: str) -> UploadKind:
    """Return what a file of this name is.

    Raises
    ------
    InputError
        ``upload.kind``: neither a transcript nor a recording.
    """
    suffix = Path(filename).suffix.lower()
    if suffix in TRANSCRIPT_SUFFIXES:
        return "transcript"
    if suffix in MEDIA_SUFFIXES:
        return "media"
    raise InputError(
        f"{suffix or 'A file without an ending'} is not a kind of file that SDC reads.",
        code="upload.kind",
        hint="Upload a transcript (.cha, .json, .eaf, .TextGrid, .srt, .vtt) or a recording (.wav, .mp3, .mp4 …).",
        source=safe_name(filename),
    )


def safe_name(filename: str) -> str:
    """Return the last part of a file name without control characters; it is shown, never opened."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:255] or "unnamed"


def empty(filename: str) -> InputError:
    """Return the error for an upload without a byte."""
    return InputError(
        "The file is empty.", code="upload.empty", hint="Choose the file again.", source=safe_name(filename)
    )


def too_large(filename: str, limit_bytes: int) -> InputError:
    """Return the error for an upload beyond the limit."""
    return InputError(
        f"The file is larger than the limit of {limit_bytes / 1e6:,.0f} MB.",
        code="upload.too-large",
        hint="Upload a shorter recording, or raise SDC_MAX_UPLOAD_BYTES; transcripts are never so large.",
        source=safe_name(filename),
    )
