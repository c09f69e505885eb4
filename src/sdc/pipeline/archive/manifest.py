"""What an archive says of itself: a zip with documents as JSON lines, blobs, and a manifest.

::

    documents/COLLECTION.jsonl    one document a line, as the store gives them (opened, where it is sealed)
    blobs/CHILD/SHA256            the bytes
    manifest.json                 this, with size and SHA-256 of each of the others; written last

Keys of the store are not in it. ``audit`` and accounts' sessions belong to the store that wrote them:
of the audit a copy goes along to be read; it is not put into another store's chain.
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from sdc.store.collections import COLLECTIONS
from sdc.store.documents import Document

FORMAT: Final = "sdc.archive/1"
MANIFEST = "manifest.json"
NAME = re.compile(r"documents/[a-z][a-z0-9_]{0,40}\.jsonl|blobs/[A-Za-z0-9_-]{1,64}/[0-9a-f]{64}")

NOT_TAKEN = ("teams", "child_summaries")
"""Summaries are made anew from the sessions wherever they are missing."""

OF_CHILDREN = tuple(row.name for row in COLLECTIONS if row.owner is not None and row.name not in NOT_TAKEN)
"""Collections of an archive of some children. ``sessions`` stands in its place in this order for reading."""

OF_THE_STORE = ("accounts", "invitations", "teams")
"""What an archive of the whole store holds besides."""

TO_READ_ONLY = ("audit",)

PSEUDONYMS = "research_pseudonyms"
"""The one document of ``meta`` that goes along: without it children had other names in research afterwards."""

MAX_MANIFEST_BYTES = 256 << 20
MAX_LINE_BYTES = 32 << 20
MAX_RATIO = 200
"""How much larger than packed a file may be that has more than ``SMALL_BYTES``: JSON of ours packs 10 to 30 times."""
SMALL_BYTES = 1 << 20


class File(BaseModel):
    """One file of an archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    n_documents: int | None = Field(default=None, ge=0)


class Manifest(BaseModel):
    """What stands in ``manifest.json``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["sdc.archive/1"] = FORMAT
    store_version: int = Field(ge=2)
    written_by: str
    created_at: str
    scope: Literal["store", "children"]
    children: list[str]
    files: list[File]


def owner_of(collection: str, document: Document) -> Any:
    """Return the id of the child whose a document is; None where it belongs to nobody."""
    field = next((row.owner for row in COLLECTIONS if row.name == collection), None)
    return None if field is None else document.get(field)
