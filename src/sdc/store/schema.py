"""The version of what is stored, in the store itself."""

from __future__ import annotations

from sdc.errors import ConflictError, StoreError
from sdc.store.documents import Documents

SCHEMA_VERSION = 1

INDEXES: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("children", ("name_key",), True),
    ("sessions", ("child_id",), False),
    ("jobs", ("state", "created_ms"), False),
    ("jobs", ("child_id", "created_ms"), False),
)
"""Collection, fields, unique."""


def prepare(documents: Documents) -> None:
    """Write the version into a new store, check it in an old one, make the indexes.

    Raises
    ------
    StoreError
        A later SDC wrote this store.
    """
    found = documents.find_one("meta", {"_id": "schema"})
    if found is None:
        try:
            documents.insert_one("meta", {"_id": "schema", "version": SCHEMA_VERSION})
        except ConflictError:  # another process was quicker
            found = documents.find_one("meta", {"_id": "schema"})
    if found is not None and found["version"] > SCHEMA_VERSION:
        raise StoreError(
            f"The store has version {found['version']}; this SDC knows {SCHEMA_VERSION}.",
            code="store.version",
            hint="Use the newer SDC that wrote it.",
        )
    for collection, fields, unique in INDEXES:
        documents.create_index(collection, fields, unique=unique)
