"""The keys of a sealed store: one per child, each wrapped by the master key.

They lie in the raw collection ``keys``::

    {"_id": "store", "wrapped": …, "master": <key id>, "state": "sealing" | "sealed", "next": <key id> | None}
    {"_id": <child id>, "child_id": <child id>, "wrapped": …, "master": <key id>}

A key is wrapped by AES-256-GCM with the owner's id as associated data, so that no two entries
can be exchanged. Whoever destroys a child's entry makes all that was sealed for that child
unreadable for good, in every copy that does not hold the entry.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdc.errors import ConflictError, NotFoundError, SDCError, StoreError
from sdc.store.documents import Document, Documents
from sdc.store.master_key import KEY_BYTES, derive, key_id

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEYS = "keys"
STORE = "store"
NONCE_BYTES = 12
REMEMBERED_S = 60.0
"""A child's key is forgotten after this, so that one that another process destroyed does not live on."""


@dataclass(frozen=True, slots=True, repr=False)
class ChildKeys:
    """What is derived from a child's key, each for one purpose.

    Attributes
    ----------
    fields : AESGCM
        Seals fields of documents.
    blobs : AESGCM
        Wraps the data keys of blobs.
    address : bytes
        Hides the names of blobs.
    """

    fields: AESGCM
    blobs: AESGCM
    address: bytes

    @classmethod
    def of(cls, key: bytes) -> ChildKeys:
        """Derive them."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return cls(AESGCM(derive(key, "fields")), AESGCM(derive(key, "blobs")), derive(key, "blob addresses"))


class Keyring:
    """The children's keys, unlocked by the master key.

    Parameters
    ----------
    documents : Documents
        The raw back end, not a sealed one.
    master : bytes
        32 bytes.

    Raises
    ------
    StoreError
        ``keys.none``: the store is not sealed. ``keys.wrong``: it was sealed with another master
        key. ``keys.half-rotated``: a rotation was cut off.
    """

    def __init__(self, documents: Documents, master: bytes) -> None:
        self._documents = documents
        self._master = master
        self._master_id = key_id(master)
        self._known: dict[str, tuple[ChildKeys, float]] = {}
        self._lock = threading.Lock()
        store = self._store_entry()
        if store["next"] is not None and self._master_id in (store["master"], store["next"]):
            raise _half_rotated()
        self._store_key = self._unlock(store)
        self._index_key = derive(self._store_key, "blind index")

    @classmethod
    def create(cls, documents: Documents, master: bytes, *, state: str = "sealed") -> Keyring:
        """Return the keyring of a store, made when it has none."""
        entry = {"_id": STORE, "wrapped": wrap(master, STORE, _fresh()), "master": key_id(master)}
        with suppress(ConflictError):  # there is one already; the constructor checks that it is ours
            documents.insert_one(KEYS, entry | {"state": state, "next": None})
        return cls(documents, master)

    @property
    def state(self) -> str:
        """``sealing`` while a plain store is being sealed, then ``sealed``."""
        return str(self._store_entry()["state"])

    def mark_sealed(self) -> None:
        """Write down that nothing plain is left."""
        self._documents.find_one_and_update(KEYS, {"_id": STORE}, {"$set": {"state": "sealed"}})

    def blind(self, field: str, value: str) -> str:
        """Return what stands in an index for a value: equal for equal values, and nothing more to be seen."""
        return hmac.digest(self._index_key, f"{field}\0{value}".encode(), "sha256").hex()

    def secret(self, purpose: str) -> bytes:
        """Return a key of this store for one purpose; it stays the same when the master key is changed."""
        return derive(self._store_key, purpose)

    def keys_of(self, child_id: str) -> ChildKeys:
        """Return a child's keys; ``NotFoundError`` when there are none (any more)."""
        with self._lock:
            known = self._known.get(child_id)
            if known is not None and time.monotonic() - known[1] < REMEMBERED_S:
                return known[0]
        entry = self._documents.find_one(KEYS, {"_id": child_id})
        if entry is None:
            self._forget(child_id)
            raise NotFoundError(
                "The key of this child is gone; what was sealed with it cannot be read again.",
                code="keys.destroyed",
                hint="The child was erased, or the store was restored without its keys.",
            )
        return self._remember(child_id, self._unlock(entry))

    def make(self, child_id: str) -> bool:
        """Make a child's key; False when there is one already."""
        entry = {"_id": child_id, "child_id": child_id, "wrapped": wrap(self._master, child_id, _fresh())}
        try:
            self._documents.insert_one(KEYS, entry | {"master": self._master_id})
        except ConflictError:
            return False
        # A rotation that began meanwhile may have passed by already: then this key must not stay.
        store = self._store_entry()
        if store["next"] is not None or store["master"] != self._master_id:
            self._documents.delete_one(KEYS, {"_id": child_id, "master": self._master_id})
            raise _half_rotated()
        return True

    def destroy(self, child_id: str) -> bool:
        """Destroy a child's key for good; return whether there was one."""
        self._forget(child_id)
        return self._documents.delete_one(KEYS, {"_id": child_id})

    def _store_entry(self) -> Document:
        entry = self._documents.find_one(KEYS, {"_id": STORE})
        if entry is None:
            raise StoreError(
                "The store is not sealed.", code="keys.none", hint="`sdc keys seal` seals it with the master key."
            )
        return entry

    def _unlock(self, entry: Document) -> bytes:
        if entry["master"] == self._master_id:
            return unwrap(self._master, entry["_id"], entry["wrapped"])
        if entry["_id"] != STORE and self._store_entry()["next"] is not None:
            raise _half_rotated()
        raise StoreError(
            "The master key is not the one that this store was sealed with.",
            code="keys.wrong",
            hint="Set SDC_MASTER_KEY or SDC_MASTER_KEY_FILE to the key that was in force when it was sealed.",
        )

    def _remember(self, child_id: str, key: bytes) -> ChildKeys:
        keys = ChildKeys.of(key)
        with self._lock:
            self._known[child_id] = (keys, time.monotonic())
        return keys

    def _forget(self, child_id: str) -> None:
        with self._lock:
            self._known.pop(child_id, None)


def rotate(documents: Documents, old: bytes, new: bytes, on_step: Callable[[int, int], None] | None = None) -> int:
    """Wrap every key of a store by a new master key; what they seal stays as it is.

    A rotation that was cut off is finished by the same call again.

    Parameters
    ----------
    documents : Documents
        The raw back end.
    old, new : bytes
        Master keys.
    on_step : callable, optional
        Told how many keys are done, and of how many.

    Returns
    -------
    int
        Keys that were wrapped anew in this call.

    Raises
    ------
    StoreError
        The store is not sealed, neither by ``old`` nor half-way to ``new``.
    """
    store = documents.find_one(KEYS, {"_id": STORE})
    old_id, new_id = key_id(old), key_id(new)
    if store is not None and store["master"] == new_id and store["next"] is None:
        return 0
    if store is None or (store["master"], store["next"]) not in ((old_id, None), (old_id, new_id)):
        Keyring(documents, old)  # says what is wrong
        raise _half_rotated()
    documents.find_one_and_update(KEYS, {"_id": STORE}, {"$set": {"next": new_id}})
    done = 0
    children = {"master": old_id, "_id": {"$ne": STORE}}
    while found := documents.find(KEYS, children, limit=100):
        left = documents.count(KEYS, children)
        for number, entry in enumerate(found, 1):
            _rewrap(documents, entry, old, new)
            if on_step is not None:
                on_step(done + number, done + left)
        done += len(found)
    # The store's own entry last: until then the old key is the one in force.
    _rewrap(documents, store, old, new, also={"next": None})
    return done + 1


def _rewrap(
    documents: Documents, entry: Document, old: bytes, new: bytes, also: dict[str, object] | None = None
) -> None:
    identity = entry["_id"]
    wrapped = wrap(new, identity, unwrap(old, identity, entry["wrapped"]))
    mine = {"_id": identity, "master": key_id(old)}
    documents.find_one_and_update(KEYS, mine, {"$set": {"wrapped": wrapped, "master": key_id(new), **(also or {})}})


def count_by_master(documents: Documents) -> dict[str, int]:
    """Return how many children's keys each master key (by its key id) wraps."""
    counts: dict[str, int] = {}
    for entry in documents.find(KEYS, {"_id": {"$ne": STORE}}):
        counts[entry["master"]] = counts.get(entry["master"], 0) + 1
    return counts


def wrap(master: bytes, owner: str, key: bytes) -> str:
    """Encrypt a key under a master key, bound to its owner."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(derive(master, "wrap")).encrypt(nonce, key, owner.encode())
    return base64.b64encode(nonce + sealed).decode()


def unwrap(master: bytes, owner: str, wrapped: str) -> bytes:
    """Return the key that ``wrap`` encrypted; ``StoreError`` (``store.damaged``) when it was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        raw = base64.b64decode(wrapped, validate=True)
        return AESGCM(derive(master, "wrap")).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], owner.encode())
    except (InvalidTag, ValueError) as error:
        raise StoreError(
            f"The stored key of {owner} was changed or is damaged.",
            code="store.damaged",
            hint="Restore the store from a backup.",
        ) from error


def _fresh() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _half_rotated() -> SDCError:
    return StoreError(
        "A rotation of the master key was begun and is not finished.",
        code="keys.half-rotated",
        hint="Run `sdc keys rotate` again with the old key set and the same new key.",
    )
