"""Who speaks to the server: the holder of a laptop's printed token, or somebody with an account.

On a laptop the token that ``sdc serve`` prints is spent by its first exchange. The session that it
buys is 256 random bits; only its SHA-256 is kept, in memory, so a restart signs everyone out.
In a clinic (``SDC_ACCOUNTS=yes``) people sign in with a name and a password, and their sessions lie
in the store (``sdc.store.login_sessions``).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading

from starlette.requests import Request
from starlette.responses import Response

from sdc.access import LAPTOP, Actor
from sdc.errors import AccessError
from sdc.store.accounts import Accounts

SPENT_HINT = "Start `sdc serve` again: it prints a new address."
SECURE_COOKIE = "__Host-sdc_session"
"""The prefix makes browsers refuse it without TLS, for another path, or from a subdomain (RFC 6265bis)."""


def new_token() -> str:
    """Return a fresh one-time token, 192 random bits."""
    return secrets.token_urlsafe(24)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


class Access:
    """The gate of a laptop's server process.

    Parameters
    ----------
    token : str
        One-time token; whoever brings it first gets a session.
    """

    signed_out_hint = "Open the address that `sdc serve` printed, or start it again for a new one."

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

    def actor_of(self, secret: str | None) -> Actor | None:
        """Return who holds a session; None for nobody."""
        return LAPTOP if self.allows(secret) else None

    def sign_out(self, secret: str) -> None:
        """End a session."""
        with self._lock:
            digest = _digest(secret)
            self._sessions = [known for known in self._sessions if not hmac.compare_digest(digest, known)]


class ClinicAccess:
    """The gate of a server with accounts.

    Parameters
    ----------
    accounts : Accounts
    """

    signed_out_hint = "Sign in with your name and password."

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts

    def exchange(self, token: str) -> str:
        """Refuse a token: this server prints none."""
        raise AccessError(
            "This server has accounts; there is no sign-in link.", code="access.token", hint=self.signed_out_hint
        )

    def allows(self, secret: str | None) -> bool:
        """Whether this is the secret of a login session that has not ended."""
        return self.actor_of(secret) is not None

    def actor_of(self, secret: str | None) -> Actor | None:
        """Return who holds a login session; None for nobody."""
        return self.accounts.actor_of(secret) if secret else None

    def sign_out(self, secret: str) -> None:
        """End a login session."""
        self.accounts.logins.end(secret)


Gate = Access | ClinicAccess


def cookie_name(request: Request) -> str:
    """Return the cookie's name; without TLS browsers share cookies between ports, so the port is part of it."""
    if request.app.state.secure:
        return SECURE_COOKIE
    return f"sdc_session_{request.url.port or 80}"


def session_secret(request: Request) -> str | None:
    """Return the session secret that a request carries: in the cookie, or as a bearer token."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value:
        return value.strip()
    return request.cookies.get(cookie_name(request))


def set_session_cookie(request: Request, response: Response, secret: str) -> None:
    """Hand the session to the browser: not readable by scripts, never sent from another site."""
    secure = bool(request.app.state.secure)
    response.set_cookie(cookie_name(request), secret, httponly=True, samesite="strict", path="/", secure=secure)


def drop_session_cookie(request: Request, response: Response) -> None:
    """Take the session from the browser."""
    secure = bool(request.app.state.secure)
    response.delete_cookie(cookie_name(request), httponly=True, samesite="strict", path="/", secure=secure)


def address_of(request: Request) -> str:
    """Return the address that a request came from: behind a proxy, the one that the proxy itself saw."""
    if request.app.state.behind_proxy:
        seen = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if seen:
            return seen
    return request.client.host if request.client else "unknown"
