"""Opening a store, with or without the master key.

A store is either plain or sealed, never mixed: one that was sealed does not open without its key,
and one that holds something plain does not open with a key until `sdc keys seal` has sealed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sdc.errors import StoreError
from sdc.store.blobs import Blobs
from sdc.store.collections import COLLECTIONS
from sdc.store.documents import Documents
from sdc.store.keyring import KEYS, STORE, Keyring
from sdc.store.living import LivingBlobs, LivingDocuments
from sdc.store.sealed_blobs import SealedBlobs
from sdc.store.sealed_documents import SealedDocuments
from sdc.store.tombstones import Tombstones


@dataclass(frozen=True, slots=True)
class OpenStore:
    """A store as the rest of SDC uses it, and what lies below.

    Attributes
    ----------
    documents, blobs
        Sealed where there is a key; both refuse to keep anything of an erased child.
    raw_documents, raw_blobs
        The back ends themselves.
    keyring : Keyring or None
    """

    documents: Documents
    blobs: Blobs
    raw_documents: Documents
    raw_blobs: Blobs
    keyring: Keyring | None = None


def open_store(documents: Documents, blobs: Blobs, master: bytes | None, work: Path) -> OpenStore:
    """Put the wrappers around the back ends.

    Parameters
    ----------
    documents : Documents
    blobs : Blobs
    master : bytes or None
        The master key.
    work : Path
        Folder for files on their way in.

    Raises
    ------
    StoreError
        ``keys.needed``: it is sealed and no key is given. ``keys.wrong``: with another key.
        ``keys.plain``: a key is given and it is plain. ``keys.half-sealed``, ``keys.half-rotated``.
    """
    keyring = unlock(documents, master)
    stones = Tombstones(documents)
    inner_documents = SealedDocuments(documents, keyring) if keyring else documents
    inner_blobs = SealedBlobs(blobs, keyring, work) if keyring else blobs
    return OpenStore(
        LivingDocuments(inner_documents, stones), LivingBlobs(inner_blobs, blobs, stones), documents, blobs, keyring
    )


def unlock(documents: Documents, master: bytes | None) -> Keyring | None:
    """Return the keyring of a store, made when it is new; None for a plain store without a key."""
    sealed = is_sealed_store(documents)
    if master is None:
        if sealed:
            raise StoreError(
                "The store is sealed, and no master key is given.",
                code="keys.needed",
                hint="Set SDC_MASTER_KEY_FILE (or SDC_MASTER_KEY) to the key it was sealed with.",
            )
        return None
    if not sealed and holds_something(documents):
        raise StoreError(
            "A master key is given, but what is in the store is not sealed.",
            code="keys.plain",
            hint="Stop other SDCs on it and run `sdc keys seal`, or unset the key.",
        )
    keyring = Keyring(documents, master) if sealed else Keyring.create(documents, master)
    if keyring.state != "sealed":
        raise StoreError(
            "The sealing of this store was begun and is not finished.",
            code="keys.half-sealed",
            hint="Run `sdc keys seal` again.",
        )
    return keyring


def is_sealed_store(documents: Documents) -> bool:
    """Whether a store was sealed, or has begun to be."""
    return documents.find_one(KEYS, {"_id": STORE}) is not None


def holds_something(documents: Documents) -> bool:
    """Whether there is any document that would be sealed."""
    return any(documents.count(row.name, {}) for row in COLLECTIONS if row.sealed or row.blind)
