"""The version of what is stored, in the store itself; older stores are brought forward."""

from __future__ import annotations

from sdc.errors import ConflictError, StoreError
from sdc.store.blobs import Blobs
from sdc.store.collections import COLLECTIONS
from sdc.store.documents import Documents
from sdc.store.migrations import MIGRATIONS

SCHEMA_VERSION = 2
SCHEMA = {"_id": "schema"}


def prepare(documents: Documents, blobs: Blobs) -> None:
    """Write the version into a new store, bring an old one forward, make the indexes.

    A kill at any moment does no harm: the version counts up only after all steps to it, and
    steps that were done already find nothing left to do.

    Raises
    ------
    StoreError
        A later SDC wrote this store.
    """
    version = _version(documents)
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"The store has version {version}; this SDC knows {SCHEMA_VERSION}.",
            code="store.version",
            hint="Use the newer SDC that wrote it.",
        )
    for reached in range(version + 1, SCHEMA_VERSION + 1):
        for migrate in MIGRATIONS[reached]:
            migrate(documents, blobs)
        documents.find_one_and_update("meta", {**SCHEMA, "version": reached - 1}, {"$set": {"version": reached}})
    for row in COLLECTIONS:
        for index in row.indexes:
            documents.create_index(row.name, index.fields, unique=index.unique)


def _version(documents: Documents) -> int:
    """Return the version of the store; a new one gets the newest."""
    found = documents.find_one("meta", SCHEMA)
    if found is None:
        try:
            documents.insert_one("meta", {**SCHEMA, "version": SCHEMA_VERSION})
        except ConflictError:  # another process was quicker
            return _version(documents)
        return SCHEMA_VERSION
    return int(found["version"])
