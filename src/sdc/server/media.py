"""Recordings, whole or in ranges (RFC 9110, section 14), in constant memory."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator, Mapping

from starlette.responses import Response, StreamingResponse

from sdc.store.blobs import CHUNK_BYTES, Blobs
from sdc.store.records import StoredRecording

# What Python's table lacks or names otherwise than browsers do.
TYPES = {
    ".m4a": "audio/mp4",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".mkv": "video/x-matroska",
    ".webm": "video/webm",
    ".mov": "video/quicktime",
}

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")  # what is longer lies in no file, and int() refuses it


class UnsatisfiableError(ValueError):
    """A range that lies outside the recording."""


def media_response(recording: StoredRecording, blobs: Blobs, headers: Mapping[str, str]) -> Response:
    """Answer a request for a recording: 200, 206 with the range asked for, 304, or 416."""
    size = len_of(recording, blobs)
    etag = f'"{recording.sha256}"'
    common = {
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Cache-Control": "no-store",  # a browser that kept it would still have it after the child was erased
        "Content-Disposition": "inline",
    }
    if headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=common)
    wanted = headers.get("range") if headers.get("if-range", etag) == etag else None
    try:
        span = parse_range(wanted, size)
    except UnsatisfiableError:
        return Response(status_code=416, headers={**common, "Content-Range": f"bytes */{size}"})
    start, stop = span or (0, size)
    common["Content-Length"] = str(stop - start)
    if span is not None:
        common["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return StreamingResponse(
        _pieces(blobs, recording.key, start, stop),
        status_code=200 if span is None else 206,
        headers=common,
        media_type=content_type(recording.filename),
    )


def len_of(recording: StoredRecording, blobs: Blobs) -> int:
    """Return the recording's bytes; ``NotFoundError`` when its blob is gone."""
    size = blobs.size(recording.key)
    return size if size is not None else len(blobs.get(recording.key))


def parse_range(text: str | None, size: int) -> tuple[int, int] | None:
    """Return start and end (exclusive) of a ``Range`` header.

    None where the whole is to be sent: no header, another unit, several ranges, or nonsense.

    Raises
    ------
    UnsatisfiableError
        The range begins at or after the end.
    """
    match = _RANGE.fullmatch((text or "").strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start >= stop:
        raise UnsatisfiableError(text)
    return start, stop


def content_type(filename: str) -> str:
    """Return the media type for a file name."""
    suffix = filename[filename.rfind(".") :].lower()
    return TYPES.get(suffix) or mimetypes.guess_type(filename)[0] or "application/octet-stream"


def _pieces(blobs: Blobs, key: str, start: int, stop: int) -> Iterator[bytes]:
    for at in range(start, stop, CHUNK_BYTES):
        yield blobs.get_range(key, at, min(CHUNK_BYTES, stop - at))
