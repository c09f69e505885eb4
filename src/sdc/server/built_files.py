"""A built file of the dashboard as an answer: compressed where the browser takes that, and not sent twice.

Only the dashboard's own files are compressed, which are the same for everybody. Answers of the API are not:
they hold a child's data beside what a request has chosen (a search, a name), and the length of a compressed
answer would tell somebody who listens, and can make the browser ask, whether the two have letters in common
(BREACH: Gluck, Harris & Prado 2013).
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from fastapi.responses import FileResponse, Response
from starlette.datastructures import Headers

TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
"""Told here, since a computer may have been told others (Windows keeps them in its registry)."""


def built_file(path: Path, asked: Headers, cache: str) -> Response:
    """Return a built file, or (304) that the browser has it as it stands.

    Parameters
    ----------
    path : Path
        Of the file; compressed it lies beside it as ``NAME.gz``.
    asked : Headers
        Of the request.
    cache : str
        ``Cache-Control`` of the answer.
    """
    packed = path.with_name(f"{path.name}.gz")
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    sent = path
    if takes_gzip(asked) and packed.is_file():
        sent, headers["Content-Encoding"] = packed, "gzip"
    media_type = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    answer = FileResponse(sent, headers=headers, media_type=media_type, stat_result=sent.stat())
    if _has_it(asked, answer.headers["etag"]):
        kept = {name: answer.headers[name] for name in ("cache-control", "vary", "etag")}
        return Response(status_code=304, headers=kept)
    return answer


def takes_gzip(asked: Headers) -> bool:
    """Tell whether a request takes an answer that is compressed by gzip (RFC 9110, section 12.5.3)."""
    weights: dict[str, float] = {}
    for part in ",".join(asked.getlist("accept-encoding")).split(","):
        name, _, weight = part.partition(";")
        weights[name.strip().lower()] = _weight(weight)
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _weight(text: str) -> float:
    """Return the weight in ``q=0.5``; 1 where none is told, 0 where it cannot be read."""
    if not text.strip():
        return 1.0
    try:
        return float(text.replace(" ", "").lower().removeprefix("q="))
    except ValueError:
        return 0.0


def _has_it(asked: Headers, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")]
    return etag in tags or "*" in tags
