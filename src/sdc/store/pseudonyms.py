"""Names of children in research: the same each time, and not to be guessed from anything outside the store.

A pseudonym is an HMAC of the child's id under a random key that never leaves the store, so that whoever
holds pseudonyms and even ids cannot join them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress

from sdc.errors import ConflictError
from sdc.store.documents import Documents

META = "meta"
KEY = "research_pseudonyms"


class Pseudonyms:
    """The pseudonyms of this store's children.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def of(self, child_id: str) -> str:
        """Return a child's pseudonym, e.g. ``R-5D0C8A41E7F2``."""
        sum_ = hmac.new(self._key(), child_id.encode(), hashlib.sha256).hexdigest()
        return f"R-{sum_[:12].upper()}"

    def _key(self) -> bytes:
        found = self._documents.find_one(META, {"_id": KEY})
        if found is None:
            with suppress(ConflictError):  # another process was quicker
                self._documents.insert_one(META, {"_id": KEY, "key": secrets.token_hex(32)})
            found = self._documents.find_one(META, {"_id": KEY})
        assert found is not None
        return bytes.fromhex(found["key"])
