"""What the API's description says of answers that are no success, and of those that are no JSON."""

from __future__ import annotations

from typing import Any

from sdc.server.models import ProblemOut

PROBLEMS = {
    400: "The request cannot be understood.",
    401: "Not signed in.",
    403: "The role does not allow it, or the request comes from another site.",
    404: "There is no such thing.",
    409: "It contradicts what is stored.",
    413: "Too much was sent.",
    422: "A value cannot be used.",
    429: "Too many attempts; wait.",
}

Answers = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Answers:
    """Describe problems of these statuses."""
    return {status: {"model": ProblemOut, "description": PROBLEMS[status]} for status in statuses}


def problems_beside_a_stream(*statuses: int) -> Answers:
    """Describe problems of a route whose success is no JSON: FastAPI would give all answers its media type."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ProblemOut.__name__}"}}}
    return {status: {"description": PROBLEMS[status], "content": content} for status in statuses}


_SOUND: dict[str, dict[str, Any]] = {"audio/*": {}, "video/*": {}, "application/octet-stream": {}}

MEDIA: Answers = {
    200: {"description": "The recording.", "content": _SOUND},
    206: {"description": "The part that was asked for.", "content": _SOUND},
    416: {"description": "The range lies outside the recording."},
}
