"""Who may speak to a laptop's server: the one that holds the printed token, once, then its cookie.

The token that ``sdc serve`` prints is spent by its first exchange. The session that it buys
is 256 random bits; only its SHA-256 is kept, in memory, so a restart signs everyone out.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading

from starlette.requests import Request
from starlette.responses import Response

from sdc.errors import AccessError

SPENT_HINT = "Start `sdc serve` again: it prints a new address."


def new_token() -> str:
    """Return a fresh one-time token, 192 random bits."""
    return secrets.token_urlsafe(24)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


class Access:
    """The gate of one server process.

    Parameters
    ----------
    token : str
        One-time token; whoever brings it first gets a session.
    """

    def __init__(self, token: str) -> None:
        self._token: bytes | None = _digest(token)
        self._sessions: list[bytes] = []
        self._lock = threading.Lock()

    def exchange(self, token: str) -> str:
        """Spend the token and return a session secret.

        Raises
        ------
        AccessError
            The token is not ours, or it was used already.
        """
        with self._lock:
            if self._token is None or not hmac.compare_digest(self._token, _digest(token)):
                raise AccessError(
                    "This sign-in link is not valid or was used already.", code="access.token", hint=SPENT_HINT
                )
            self._token = None
            secret = secrets.token_urlsafe(32)
            self._sessions.append(_digest(secret))
            return secret

    def allows(self, secret: str | None) -> bool:
        """Whether this is the secret of a session."""
        if not secret:
            return False
        digest = _digest(secret)
        return any(hmac.compare_digest(digest, known) for known in tuple(self._sessions))


def cookie_name(request: Request) -> str:
    """Return the cookie's name; browsers share cookies between ports, so the port is part of it."""
    return f"sdc_session_{request.url.port or 80}"


def session_secret(request: Request) -> str | None:
    """Return the session secret that a request carries: in the cookie, or as a bearer token."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value:
        return value.strip()
    return request.cookies.get(cookie_name(request))


def set_session_cookie(request: Request, response: Response, secret: str) -> None:
    """Hand the session to the browser: not readable by scripts, never sent from another site."""
    response.set_cookie(cookie_name(request), secret, httponly=True, samesite="strict", path="/")
