"""The outer gate, before any route: whose name the browser called, which site asks, what a page may do.

A page of another site cannot reach a laptop's server through a name that it points at
127.0.0.1 (the ``Host`` is checked), nor post to it (the ``Origin`` is, and a header is asked for
that no form can send), nor frame it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sdc.errors import AccessError
from sdc.server.problems import problem_response

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
WRITE_HEADER = "X-SDC-Request"
"""Scripts of another site may not send it without asking first, and are then refused."""
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


def allowed_hosts(host: str, public_url: str = "") -> frozenset[str]:
    """Return the names under which the server may be called: loopback's, its own address, its public one."""
    return frozenset({*LOOPBACK_NAMES, host.lower(), *filter(None, [_name(public_url)])})


class Guard:
    """ASGI middleware: checks ``Host`` and ``Origin``, adds security headers.

    Parameters
    ----------
    app : ASGIApp
    hosts : frozenset[str]
        Names without ports.
    open_paths : frozenset[str]
        What machines ask by whatever name they know the server; nothing there changes anything.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], open_paths: frozenset[str] = frozenset()) -> None:
        self._app = app
        self._hosts = hosts
        self._open = open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it with the problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        problem = None if scope["path"] in self._open else self._problem(scope["method"], Headers(scope=scope))
        answer = problem_response(problem) if problem is not None else self._app
        await answer(scope, receive, send_guarded)

    def _problem(self, method: str, headers: Headers) -> AccessError | None:
        host = headers.get("host", "")
        if _name(f"//{host}") not in self._hosts:
            return AccessError(
                "The server does not answer to this name.", code="access.host", hint="Use the address that it printed."
            )
        origin = headers.get("origin")
        foreign = origin is not None and _place(origin) != host.lower()
        foreign = foreign or headers.get("sec-fetch-site") == "cross-site"
        if foreign and method not in SAFE_METHODS:
            return AccessError(
                "A page of another site may not change anything here.",
                code="access.origin",
                hint="Use the dashboard itself.",
            )
        if method not in SAFE_METHODS and not _is_deliberate(headers):
            return AccessError(
                f"A request that changes something needs the header {WRITE_HEADER}.",
                code="access.csrf",
                hint=f"Send `{WRITE_HEADER}: 1`, or a bearer token instead of the cookie.",
            )
        return None


def _is_deliberate(headers: Headers) -> bool:
    """Tell whether a form or a link cannot have made the request: both can set no header of their own."""
    return WRITE_HEADER.lower() in headers or headers.get("authorization", "").lower().startswith("bearer ")


def _place(origin: str) -> str | None:
    """Return an origin's host with its port; None where it is no origin."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
