"""Documents whose personal fields are sealed on their way in and opened on their way out.

Over any back end, by the table of collections: sealed fields are encrypted one by one, blind
fields become an HMAC (equality still works), the rest stays clear, so that the back end can
filter and sort by it. What cannot work on sealed fields is refused instead of finding nothing:
filters, sorts and dotted updates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sdc.errors import StoreError
from sdc.store.collections import COLLECTIONS, Collection
from sdc.store.documents import Document, Documents, Filter, Sort, Update, encode
from sdc.store.keyring import Keyring
from sdc.store.sealed_fields import open_value, place, seal_value


class SealedDocuments:
    """A document store over another one.

    Parameters
    ----------
    inner : Documents
    keyring : Keyring
    table : Sequence[Collection]
        What is sealed where. A child's key is made when its document is inserted into the
        collection whose owner is ``_id``; elsewhere a child without a key is an error.
    """

    def __init__(self, inner: Documents, keyring: Keyring, table: Sequence[Collection] = COLLECTIONS) -> None:
        self._inner, self._keyring = inner, keyring
        self._rows = {row.name: row for row in table if row.sealed or row.blind}

    def insert_one(self, collection: str, document: Document) -> None:
        """Add a document, sealed."""
        encode(document)
        with self._key_for(collection, document):
            self._inner.insert_one(collection, self._seal(collection, document))

    def replace_one(self, collection: str, filter: Filter, document: Document, *, upsert: bool = False) -> bool:
        """Replace the first match by a sealed document, or insert it."""
        encode(document)
        which = self._blinded(collection, filter)
        if not upsert and self._inner.count(collection, which) == 0:
            return False  # nothing would be written, so no key is made
        with self._key_for(collection, document):
            return self._inner.replace_one(collection, which, self._seal(collection, document), upsert=upsert)

    def find_one(self, collection: str, filter: Filter, *, sort: Sort = ()) -> Document | None:
        """Return the first match, opened."""
        self._check_sort(collection, sort)
        return self._opened(collection, self._inner.find_one(collection, self._blinded(collection, filter), sort=sort))

    def find(
        self, collection: str, filter: Filter, *, sort: Sort = (), limit: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        """Return the matches, opened."""
        self._check_sort(collection, sort)
        which, fields = self._blinded(collection, filter), self._readable(collection, fields)
        found = self._inner.find(collection, which, sort=sort, limit=limit, fields=fields)
        return [self._open(collection, document) for document in found]

    def find_one_and_update(
        self, collection: str, filter: Filter, update: Update, *, sort: Sort = ()
    ) -> Document | None:
        """Change the first match in one step."""
        self._check_sort(collection, sort)
        sealed = self._sealed_update(collection, filter, update)
        which = self._blinded(collection, filter)
        return self._opened(collection, self._inner.find_one_and_update(collection, which, sealed, sort=sort))

    def delete_one(self, collection: str, filter: Filter) -> bool:
        """Delete the first match."""
        return self._inner.delete_one(collection, self._blinded(collection, filter))

    def count(self, collection: str, filter: Filter) -> int:
        """Count the matches."""
        return self._inner.count(collection, self._blinded(collection, filter))

    def create_index(self, collection: str, fields: Sequence[str], *, unique: bool = False) -> None:
        """Index fields; sealed ones cannot be."""
        for field in fields:
            self._refuse_sealed(collection, field, "indexed", unless_blind=True)
        self._inner.create_index(collection, fields, unique=unique)

    def together(self) -> AbstractContextManager[None]:
        """Write in one go."""
        return self._inner.together()

    def scrub(self) -> bool:
        """Overwrite what was deleted."""
        return self._inner.scrub()

    def close(self) -> None:
        """Let go of the back end."""
        self._inner.close()

    @contextmanager
    def _key_for(self, collection: str, document: Document) -> Iterator[None]:
        """Make the key of a new child; it goes again when the child cannot be kept."""
        row = self._rows.get(collection)
        is_new = row is not None and row.owner == "_id" and self._keyring.make(document["_id"])
        try:
            yield
        except BaseException:
            if is_new:
                self._keyring.destroy(document["_id"])
            raise

    def _seal(self, collection: str, document: Document) -> Document:
        row = self._rows.get(collection)
        if row is None:
            return document
        sealed = dict(document)
        cipher = self._keyring.keys_of(owner_of(row, document)).fields
        for field in row.sealed:
            if field in sealed:
                sealed[field] = seal_value(cipher, sealed[field], place(collection, document["_id"], field))
        for field in row.blind:
            if sealed.get(field) is not None:
                sealed[field] = self._keyring.blind(field, sealed[field])
        return sealed

    def _open(self, collection: str, document: Document) -> Document:
        row = self._rows.get(collection)
        if row is None:
            return document
        cipher = self._keyring.keys_of(owner_of(row, document)).fields
        for field in row.sealed:
            if field in document:
                document[field] = open_value(cipher, document[field], place(collection, document["_id"], field))
        return document

    def _readable(self, collection: str, fields: Sequence[str]) -> Sequence[str]:
        """Return what must be read of a document: a sealed field is opened whole, by the key of its owner."""
        row = self._rows.get(collection)
        if row is None or not fields:
            return fields
        tops = ((path, path.partition(".")[0]) for path in (row.owner or "_id", *fields))
        return tuple(dict.fromkeys(top if top in row.sealed else path for path, top in tops))

    def _opened(self, collection: str, document: Document | None) -> Document | None:
        return None if document is None else self._open(collection, document)

    def _sealed_update(self, collection: str, filter: Filter, update: Update) -> Update:
        row = self._rows.get(collection)
        if row is None:
            return update
        for op, changes in update.items():
            for path in changes:
                if op == "$inc" or "." in path:
                    self._refuse_sealed(collection, path, f"changed by {op}")
        changes = dict(update.get("$set", {}))
        for field in row.sealed:
            if changes.get(field) is not None:
                changes[field] = self._sealed_for(row, filter, field, changes[field])
        for field in row.blind:
            if changes.get(field) is not None:
                changes[field] = self._keyring.blind(field, changes[field])
        return {**update, "$set": changes} if changes else update

    def _sealed_for(self, row: Collection, filter: Filter, field: str, value: Any) -> str | None:
        owner, identity = filter.get(row.owner or ""), filter.get("_id")
        if not isinstance(owner, str) or not isinstance(identity, str):
            raise StoreError(
                f"{row.name}.{field} is sealed: an update must name _id and {row.owner} in its filter.",
                code="store.sealed-field",
            )
        return seal_value(self._keyring.keys_of(owner).fields, value, place(row.name, identity, field))

    def _blinded(self, collection: str, filter: Filter) -> Filter:
        row = self._rows.get(collection)
        return filter if row is None else {key: self._term(row, key, value) for key, value in filter.items()}

    def _term(self, row: Collection, key: str, value: Any) -> Any:
        if key in ("$and", "$or") and isinstance(value, list):
            return [self._blinded(row.name, part) if isinstance(part, Mapping) else part for part in value]
        self._refuse_sealed(row.name, key, "filtered by", unless_blind=True)
        if key not in row.blind or value is None:
            return value
        if isinstance(value, str):
            return self._keyring.blind(key, value)
        raise StoreError(f"{row.name}.{key} is looked up by equality only.", code="store.sealed-field")

    def _check_sort(self, collection: str, sort: Sort) -> None:
        for field, _ in sort:
            self._refuse_sealed(collection, field, "sorted by")

    def _refuse_sealed(self, collection: str, path: str, what: str, *, unless_blind: bool = False) -> None:
        row, field = self._rows.get(collection), path.partition(".")[0]
        if row is not None and (field in row.sealed or (field in row.blind and not unless_blind)):
            raise StoreError(f"{collection}.{field} is sealed; it cannot be {what}.", code="store.sealed-field")


def owner_of(row: Collection, document: Mapping[str, Any]) -> str:
    """Return the id of the child whose a document is; ``StoreError`` when it names none."""
    owner = document.get(row.owner or "")
    if not isinstance(owner, str):
        raise StoreError(f"A document of {row.name} must say in {row.owner} whose it is.", code="store.no-owner")
    return owner
