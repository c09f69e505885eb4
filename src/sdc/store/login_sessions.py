"""Login sessions: 256 random bits in the browser, their SHA-256 here, and two ends: idle and absolute."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from sdc.store.clock import now_ms
from sdc.store.documents import Documents

LOGINS = "login_sessions"
TOUCH_MS = 60_000
"""The time of last use is written at most so often."""


def digest(secret: str) -> str:
    """Return what is kept of a secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


class LoginSessions:
    """The login sessions of accounts.

    Parameters
    ----------
    documents : Documents
    idle_s, max_s : float
        Seconds without a request, and in all, after which one ends.
    clock : callable
        Milliseconds, UTC.
    """

    def __init__(self, documents: Documents, *, idle_s: float, max_s: float, clock: Callable[[], int] = now_ms) -> None:
        self._documents = documents
        self._idle_ms = round(idle_s * 1000)
        self._max_ms = round(max_s * 1000)
        self._touch_ms = min(TOUCH_MS, self._idle_ms // 10)
        self._clock = clock

    def begin(self, account_id: str) -> str:
        """Begin a session; return its secret, which is kept nowhere."""
        self._drop_ended()
        secret, now = secrets.token_urlsafe(32), self._clock()
        document = {"account_id": account_id, "idle_end_ms": now + self._idle_ms, "end_ms": now + self._max_ms}
        self._documents.insert_one(LOGINS, {"_id": digest(secret), **document})
        return secret

    def account_of(self, secret: str) -> str | None:
        """Return whose session this is, and count it as used; None when it is none or has ended."""
        found = self._documents.find_one(LOGINS, {"_id": digest(secret)})
        if found is None:
            return None
        now = self._clock()
        if now >= min(found["idle_end_ms"], found["end_ms"]):
            self._documents.delete_one(LOGINS, {"_id": found["_id"]})
            return None
        if found["idle_end_ms"] - now < self._idle_ms - self._touch_ms:
            used = {"$set": {"idle_end_ms": now + self._idle_ms}}
            self._documents.find_one_and_update(LOGINS, {"_id": found["_id"]}, used)
        return str(found["account_id"])

    def end(self, secret: str) -> None:
        """Sign out."""
        self._documents.delete_one(LOGINS, {"_id": digest(secret)})

    def end_all(self, account_id: str) -> int:
        """Sign an account out everywhere; return how many sessions ended."""
        n = 0
        while self._documents.delete_one(LOGINS, {"account_id": account_id}):
            n += 1
        return n

    def _drop_ended(self) -> None:
        for field in ("end_ms", "idle_end_ms"):
            while self._documents.delete_one(LOGINS, {field: {"$lt": self._clock()}}):
                pass
