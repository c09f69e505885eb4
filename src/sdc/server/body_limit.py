"""A limit for bodies that are held in memory, also of somebody who is not signed in."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sdc.errors import InputError
from sdc.server.problems import problem_response

MAX_BODY_BYTES = 256 * 1024
"""Checking eight megabytes of unknown keys takes ten seconds; the longest that the dashboard sends is a line of a
transcript, or five hundred ids."""

STREAMED = (("PUT", "/api/uploads"), ("PATCH", "/api/uploads/"))
"""Methods and beginnings of addresses whose bodies are written to disk as they come, with a limit of their own
(``SDC_MAX_UPLOAD_BYTES``)."""


class BodyLimit:
    """ASGI middleware: refuses a body that is larger than the limit, by what it announces and by what comes.

    Parameters
    ----------
    app : ASGIApp
    limit : int
        Bytes.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it with 413."""
        if scope["type"] != "http" or is_streamed(scope):
            await self._app(scope, receive, send)
            return
        if _announced(scope) > self._limit:
            error = InputError("The request is too large.", code="request.too-large", hint="Send less at once.")
            await problem_response(error)(scope, receive, send)
            return
        came = 0

        async def receive_bounded() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._limit:
                # Of this kind, since FastAPI takes any other for a body that it cannot parse.
                raise HTTPException(413, "The request is too large")
            return message

        await self._app(scope, receive_bounded, send)


def is_streamed(scope: Scope) -> bool:
    """Tell whether a request's body is a file that is written to disk as it comes."""
    return any(scope["method"] == method and scope["path"].startswith(path) for method, path in STREAMED)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length[:19]) if length.isascii() and length.isdigit() else 0
