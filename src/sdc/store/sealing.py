"""Sealing a store that is plain: `sdc keys seal`.

What is sealed already is left as it is, so that the work goes on where a kill cut it off. Until it
is finished the store opens neither with the key nor without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdc.errors import StoreError
from sdc.store.blobs import Blobs
from sdc.store.collections import COLLECTIONS, Collection
from sdc.store.documents import Document, Documents
from sdc.store.keyring import Keyring
from sdc.store.opening import is_sealed_store
from sdc.store.schema import prepare
from sdc.store.sealed_blobs import SealedBlobs
from sdc.store.sealed_documents import owner_of
from sdc.store.sealed_fields import is_sealed, open_value, place, seal_value
from sdc.store.sealed_format import HEADER_BYTES, read_header
from sdc.store.traces import pages
from sdc.store.work import lend

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

OnStep = Callable[[str, int], None]
"""Told what is being sealed and how many are done."""


def seal_store(
    documents: Documents, blobs: Blobs, master: bytes, work: Path, on_step: OnStep | None = None
) -> dict[str, int]:
    """Seal everything in a plain store; begun again after a kill it goes on.

    No other process may write to the store meanwhile.

    Parameters
    ----------
    documents, blobs
        The raw back ends.
    master : bytes
    work : Path
        Folder for files on their way in.
    on_step : callable, optional

    Returns
    -------
    dict[str, int]
        How many documents of each collection, and blobs, were sealed in this call.
    """
    if not is_sealed_store(documents):
        prepare(documents, blobs)  # an old store is brought forward while it can still be read
    keyring = Keyring.create(documents, master, state="sealing")
    counts: dict[str, int] = {}
    for row in COLLECTIONS:
        if row.sealed or row.blind:
            counts[row.name] = _count(row.name, _seal_rows(documents, row, keyring), on_step)
    counts["blobs"] = _count("blobs", _seal_blobs(blobs, keyring, work), on_step)
    documents.scrub()  # what was plain is overwritten, where the back end can
    keyring.mark_sealed()
    return counts


def _count(what: str, sealed: Iterator[bool], on_step: OnStep | None) -> int:
    number = 0
    for was_plain in sealed:
        number += was_plain
        if on_step is not None and was_plain:
            on_step(what, number)
    return number


def _seal_rows(documents: Documents, row: Collection, keyring: Keyring) -> Iterator[bool]:
    for document in pages(documents, row.name):
        child_id = owner_of(row, document)
        keyring.make(child_id)
        changes = _sealed_fields(row, document, keyring)
        if changes:
            documents.find_one_and_update(row.name, {"_id": document["_id"]}, {"$set": changes})
        yield bool(changes)


def _sealed_fields(row: Collection, document: Document, keyring: Keyring) -> Document:
    """Return what must be changed in a document; nothing when it is sealed already."""
    cipher = keyring.keys_of(owner_of(row, document)).fields
    changes: Document = {}
    n_sealed = 0
    for field in row.sealed:
        value, where = document.get(field), place(row.name, document["_id"], field)
        if value is None:
            continue
        if _opens(cipher, value, where):
            n_sealed += 1
        else:
            changes[field] = seal_value(cipher, value, where)
    if not n_sealed:  # blind fields look the same sealed and plain; they are changed together with the others
        changes |= {f: keyring.blind(f, document[f]) for f in row.blind if document.get(f) is not None}
    return changes


def _opens(cipher: AESGCM, value: Any, where: bytes) -> bool:
    if not is_sealed(value):
        return False
    try:
        open_value(cipher, value, where)
    except StoreError:  # a plain text that only looks sealed
        return False
    return True


def _seal_blobs(blobs: Blobs, keyring: Keyring, work: Path) -> Iterator[bool]:
    sealed = SealedBlobs(blobs, keyring, work)
    for key in list(blobs.keys()):
        child_id = key.partition("/")[0]
        keyring.make(child_id)
        if _is_sealed_blob(blobs, keyring, key):
            yield False
            continue
        with lend(blobs, key, work) as path:
            sealed.put_file(key, path)
        blobs.delete(key)
        yield True


def _is_sealed_blob(blobs: Blobs, keyring: Keyring, address: str) -> bool:
    try:
        header = blobs.get_range(address, 0, HEADER_BYTES)
        read_header(header, keyring.keys_of(address.partition("/")[0]).blobs, address)
    except StoreError:
        return False
    return True
