"""What language models wrote about a child, so that the same question costs nothing twice; and what they cost a day."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from sdc.errors import ConflictError, EngineError
from sdc.session import Claim
from sdc.store.clock import now_iso, now_ms
from sdc.store.documents import Documents

ANSWERS = "answers"
TOKENS = "model_tokens"
MAX_TRIES = 50


class Answers:
    """Sentences of models, by what they were asked. All of a child goes with the child.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def get(self, child_id: str, key: str) -> tuple[Claim, ...] | None:
        """Return the sentences kept under a key; None where there are none."""
        found = self._documents.find_one(ANSWERS, {"child_id": child_id, "key": key})
        return None if found is None else tuple(Claim(c["text"], tuple(c["evidence"])) for c in found["claims"])

    def put(self, child_id: str, key: str, claims: tuple[Claim, ...]) -> None:
        """Keep sentences; what was kept first stays where two come at once."""
        if self.get(child_id, key) is None:
            rows = [{"text": c.text, "evidence": list(c.evidence)} for c in claims]
            document = {"_id": secrets.token_hex(16), "child_id": child_id, "key": key, "claims": rows, "at": now_iso()}
            self._documents.insert_one(ANSWERS, document)


class TokenBudget:
    """How many tokens models may read and write for one child in a day (UTC).

    Parameters
    ----------
    documents : Documents
    daily : int
    clock : callable
        Milliseconds, UTC.
    """

    def __init__(self, documents: Documents, daily: int, clock: Callable[[], int] = now_ms) -> None:
        self._documents = documents
        self._daily = daily
        self._clock = clock

    def spent(self, child_id: str) -> int:
        """Return what is spent or reserved today."""
        found = self._documents.find_one(TOKENS, {"_id": self._id(child_id), "child_id": child_id})
        return 0 if found is None else int(found["n"])

    def reserve(self, child_id: str, n: int) -> str:
        """Set tokens aside before a request, and return where they are booked.

        Raises
        ------
        EngineError
            ``engine.budget``: so many are not left.
        """
        entry, left = self._id(child_id), self._daily - n
        which = {"_id": entry, "child_id": child_id}
        for _ in range(MAX_TRIES):
            known = self._documents.find_one(TOKENS, which)
            if left < (0 if known is None else int(known["n"])):
                break
            if known is None:
                with suppress(ConflictError):  # somebody else has begun the day in this moment
                    self._documents.insert_one(TOKENS, {**which, "n": 0})
            if self._documents.find_one_and_update(TOKENS, {**which, "n": {"$lte": left}}, {"$inc": {"n": n}}):
                return entry
        raise EngineError(
            "The language model's tokens for this child are used up for today.",
            code="engine.budget",
            hint="Raise SDC_LLM_DAILY_TOKENS, or ask again tomorrow.",
        )

    def settle(self, child_id: str, entry: str, *, reserved: int, used: int) -> None:
        """Book what a request has really cost instead of what was set aside."""
        which = {"_id": entry, "child_id": child_id}
        self._documents.find_one_and_update(TOKENS, which, {"$inc": {"n": used - reserved}})

    def _id(self, child_id: str) -> str:
        day = datetime.fromtimestamp(self._clock() / 1000, UTC).date().isoformat()
        return f"{child_id}.{day}"
