"""Stores that keep nothing of an erased child, whoever still writes.

Each write for a child is followed by a look at the tombstones: an erasure lays the tombstone first
and sweeps afterwards. A write before the tombstone is swept; a write after it sees the tombstone
and takes itself back. So nothing stays, in whatever order two processes run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sdc.errors import NotFoundError
from sdc.store.blobs import Blobs
from sdc.store.collections import COLLECTIONS, Collection
from sdc.store.documents import Document, Documents, Filter, Sort, Update
from sdc.store.tombstones import ERASED, Tombstones


class LivingDocuments:
    """A document store over another one that refuses documents of erased children.

    Parameters
    ----------
    inner : Documents
        Plain or sealed.
    tombstones : Tombstones
    table : Sequence[Collection]
        Whose each document is.
    """

    def __init__(self, inner: Documents, tombstones: Tombstones, table: Sequence[Collection] = COLLECTIONS) -> None:
        self._inner, self._tombstones = inner, tombstones
        self._owners = {row.name: row.owner for row in table if row.owner is not None}

    def insert_one(self, collection: str, document: Document) -> None:
        """Add a document."""
        self._refuse_the_dead(collection, document)
        self._inner.insert_one(collection, document)
        self._take_back_if_dead(collection, document)

    def replace_one(self, collection: str, filter: Filter, document: Document, *, upsert: bool = False) -> bool:
        """Replace the first match, or insert."""
        if upsert:
            self._refuse_the_dead(collection, document)
        written = self._inner.replace_one(collection, filter, document, upsert=upsert)
        if written and upsert:
            self._take_back_if_dead(collection, document)
        return written

    def find_one(self, collection: str, filter: Filter, *, sort: Sort = ()) -> Document | None:
        """Return the first match."""
        return self._inner.find_one(collection, filter, sort=sort)

    def find(
        self, collection: str, filter: Filter, *, sort: Sort = (), limit: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        """Return the matches."""
        return self._inner.find(collection, filter, sort=sort, limit=limit, fields=fields)

    def find_one_and_update(
        self, collection: str, filter: Filter, update: Update, *, sort: Sort = ()
    ) -> Document | None:
        """Change the first match; it brings nothing back that was deleted."""
        return self._inner.find_one_and_update(collection, filter, update, sort=sort)

    def delete_one(self, collection: str, filter: Filter) -> bool:
        """Delete the first match."""
        return self._inner.delete_one(collection, filter)

    def count(self, collection: str, filter: Filter) -> int:
        """Count the matches."""
        return self._inner.count(collection, filter)

    def create_index(self, collection: str, fields: Sequence[str], *, unique: bool = False) -> None:
        """Index fields."""
        self._inner.create_index(collection, fields, unique=unique)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write in one go; where that was for an erased child, what was taken back is overwritten afterwards."""
        try:
            with self._inner.together():
                yield
        except NotFoundError as error:
            if error.code == ERASED:
                self._inner.scrub()
            raise

    def scrub(self) -> bool:
        """Overwrite what was deleted."""
        return self._inner.scrub()

    def close(self) -> None:
        """Let go of the back end."""
        self._inner.close()

    def _owner(self, collection: str, document: Document) -> str | None:
        owner = document.get(self._owners.get(collection, ""))
        return owner if isinstance(owner, str) else None

    def _refuse_the_dead(self, collection: str, document: Document) -> None:
        # A sealed store makes a key when a child is inserted: not for one that was erased.
        owner = self._owner(collection, document)
        if owner is not None and self._owners[collection] == "_id":
            self._tombstones.refuse(owner)

    def _take_back_if_dead(self, collection: str, document: Document) -> None:
        owner = self._owner(collection, document)
        if owner is None:
            return
        try:
            self._tombstones.refuse(owner)
        except NotFoundError:
            self._inner.delete_one(collection, {"_id": document["_id"]})
            self._inner.scrub()  # the erasure may have overwritten what it deleted before this came
            raise


class LivingBlobs:
    """A blob store over another one that refuses blobs of erased children.

    Parameters
    ----------
    inner : Blobs
        Plain or sealed.
    raw : Blobs
        The back end itself.
    tombstones : Tombstones
    """

    def __init__(self, inner: Blobs, raw: Blobs, tombstones: Tombstones) -> None:
        self._inner, self._raw, self._tombstones = inner, raw, tombstones

    def put_file(self, key: str, path: Path) -> bool:
        """Store a file."""
        made = self._inner.put_file(key, path)
        self._take_back_if_dead(key)
        return made

    def put_bytes(self, key: str, data: bytes) -> bool:
        """Store bytes."""
        made = self._inner.put_bytes(key, data)
        self._take_back_if_dead(key)
        return made

    def get(self, key: str) -> bytes:
        """Return a whole blob."""
        return self._inner.get(key)

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """Return a part of a blob."""
        return self._inner.get_range(key, start, length)

    def size(self, key: str) -> int | None:
        """Return the number of bytes."""
        return self._inner.size(key)

    def delete(self, key: str) -> bool:
        """Delete a blob."""
        return self._inner.delete(key)

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Go through the keys."""
        return self._inner.keys(prefix)

    def local_path(self, key: str) -> Path | None:
        """Return the blob's file, where there is one."""
        return self._inner.local_path(key)

    def presigned(self, key: str, expires_s: int) -> str | None:
        """Return an address for the blob, where there is one."""
        return self._inner.presigned(key, expires_s)

    def _take_back_if_dead(self, key: str) -> None:
        child_id = key.partition("/")[0]
        try:
            self._tombstones.refuse(child_id)
        except NotFoundError:
            # By the back end's own names: the child's key, which hides them, is gone.
            for name in list(self._raw.keys(f"{child_id}/")):
                self._raw.delete(name)
            raise
