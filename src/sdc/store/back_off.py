"""Back-off after failed sign-ins: per account name and per address, kept in the store, growing twofold.

Every attempt counts before its password is looked at, so that many at once gain nothing. Names that
nobody has are counted like others: the answer tells nothing about who has an account.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from sdc.errors import AccessError, ConflictError
from sdc.store.clock import now_ms
from sdc.store.documents import Documents

FAILURES = "sign_in_failures"
FREE_OF_NAME = 4
"""So many failures of one name cost no waiting."""
FREE_OF_ADDRESS = 20
"""So many failures from one address: a clinic's people share one."""
MAX_WAIT_MS = 15 * 60_000
FORGET_MS = 24 * 3_600_000
"""A series of failures ends after this pause."""
MAX_TRIES = 50


class BackOff:
    """Counts attempts, and makes whoever fails often wait.

    Parameters
    ----------
    documents : Documents
    clock : callable
        Milliseconds, UTC.
    """

    def __init__(self, documents: Documents, clock: Callable[[], int] = now_ms) -> None:
        self._documents = documents
        self._clock = clock

    def attempt(self, name_key: str, address: str) -> None:
        """Count an attempt to sign in.

        Raises
        ------
        AccessError
            ``access.wait``: it comes too early after failures; the password is not to be looked at.
        """
        self._forget()
        self._count(_identity("address", address), FREE_OF_ADDRESS)
        self._count(_identity("name", name_key), FREE_OF_NAME)

    def succeeded(self, name_key: str, address: str) -> None:
        """Forget the attempts of a name, and this one of an address."""
        self._documents.delete_one(FAILURES, {"_id": _identity("name", name_key)})
        back = {"$inc": {"n": -1}, "$set": {"not_before_ms": 0}}
        self._documents.find_one_and_update(FAILURES, {"_id": _identity("address", address), "n": {"$gt": 0}}, back)

    def _count(self, identity: str, free: int) -> None:
        for _ in range(MAX_TRIES):
            now = self._clock()
            found = self._documents.find_one(FAILURES, {"_id": identity})
            if found is not None and found["not_before_ms"] > now:
                raise _too_early(found["not_before_ms"] - now)
            n = 1 if found is None else found["n"] + 1
            entry = {"n": n, "not_before_ms": now + wait_ms(n - free), "forget_ms": now + FORGET_MS}
            if self._written(identity, found, entry):
                return
        raise _too_early(1000)

    def _written(self, identity: str, found: dict[str, Any] | None, entry: dict[str, Any]) -> bool:
        """Write a count, unless another attempt was counted in between."""
        if found is not None:
            same = {"_id": identity, "n": found["n"], "not_before_ms": found["not_before_ms"]}
            return self._documents.find_one_and_update(FAILURES, same, {"$set": entry}) is not None
        try:
            self._documents.insert_one(FAILURES, {"_id": identity, **entry})
        except ConflictError:
            return False
        return True

    def _forget(self) -> None:
        """Drop series that have ended; a few at a time, so that made-up names do not fill the store."""
        ended: Iterable[dict[str, Any]] = self._documents.find(
            FAILURES, {"forget_ms": {"$lt": self._clock()}}, limit=10
        )
        for entry in ended:
            self._documents.delete_one(FAILURES, {"_id": entry["_id"], "n": entry["n"]})


def wait_ms(n_failures: int) -> int:
    """Return how long to wait after so many failures beyond the free ones: 1 s, 2 s, 4 s … 15 min."""
    return 0 if n_failures <= 0 else min(MAX_WAIT_MS, 1000 * 2 ** min(n_failures - 1, 20))


def _identity(kind: str, what: str) -> str:
    return f"{kind}.{hashlib.sha256(what.encode()).hexdigest()}"


def _too_early(left_ms: int) -> AccessError:
    seconds = max(1, -(-left_ms // 1000))
    return AccessError("Too many attempts to sign in.", code="access.wait", hint=f"Wait {seconds} s, then try again.")
