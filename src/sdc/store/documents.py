"""The document port: collections of JSON documents with a string ``_id``.

The subset of MongoDB's language that SDC speaks, on every back end alike:

- filters: ``{field: value}`` (equality), ``{field: {op: value}}`` with ``$eq $ne $in $lt $lte
  $gt $gte $exists``, ``$and`` and ``$or``; fields may be dotted (``child.name``);
- a value in a filter is None, a bool, a number or a string. None also matches a missing
  field, as in MongoDB; ``$lt`` and the like match only the type of their value;
- updates: ``$set``, ``$inc``, ``$unset``;
- sort: ``(field, 1 | -1)`` pairs over fields that hold numbers, strings or nothing.

Not in the subset: arrays in filters, and filters on fields that hold arrays (MongoDB looks
inside them, others do not). What BSON refuses is refused: whole numbers of 2**63 and more,
dates, sets, keys that are not strings; so are NaN and infinity (law 1).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sdc.errors import StoreError

Document = dict[str, Any]
Filter = Mapping[str, Any]
Update = Mapping[str, Mapping[str, Any]]
Sort = Sequence[tuple[str, int]]

INT_LIMIT = 2**63
MAX_DEPTH = 100  # MongoDB's limit of nesting

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*)*")


class Documents(Protocol):
    """A document store. Every method is atomic and durable when it returns."""

    def insert_one(self, collection: str, document: Document) -> None:
        """Add a document; ``ConflictError`` when its ``_id`` or a unique field is taken."""

    def replace_one(self, collection: str, filter: Filter, document: Document, *, upsert: bool = False) -> bool:
        """Replace the first match (or insert, with ``upsert``); return whether anything was written."""

    def find_one(self, collection: str, filter: Filter, *, sort: Sort = ()) -> Document | None:
        """Return the first match, or None."""

    def find(
        self, collection: str, filter: Filter, *, sort: Sort = (), limit: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        """Return all matches, or the first ``limit`` of them.

        With ``fields`` (which may be dotted, as in ``measures.mlu_words``) little more than these is read:
        what is null or missing is left out, and other fields may come along.
        """

    def find_one_and_update(
        self, collection: str, filter: Filter, update: Update, *, sort: Sort = ()
    ) -> Document | None:
        """Change the first match in one step; return it as it is afterwards, or None."""

    def delete_one(self, collection: str, filter: Filter) -> bool:
        """Delete the first match; return whether there was one."""

    def count(self, collection: str, filter: Filter) -> int:
        """Return the number of matches."""

    def create_index(self, collection: str, fields: Sequence[str], *, unique: bool = False) -> None:
        """Make sure that there is an index; unique fields must be set in every document."""

    def together(self) -> AbstractContextManager[None]:
        """Let the writes of this thread inside the block become durable at its end, in one go where that is cheaper.

        A kill inside leaves the first so many of them, or none: write what others rest on first. Where a
        transaction holds them nobody else writes meanwhile, so only reads and writes belong inside; an
        exception that leaves the block may take them all back. Children are added outside.
        """

    def scrub(self) -> bool:
        """Overwrite on disk what was deleted; False where this back end cannot promise that."""

    def close(self) -> None:
        """Let go of files and connections."""


def check_collection(name: str) -> str:
    """Return the name of a collection, or refuse it."""
    if not _NAME.fullmatch(name):
        raise StoreError(f"{name!r} cannot name a collection.", code="store.collection")
    return name


def check_field(path: str) -> str:
    """Return a dotted field name of a filter, sort, update or index, or refuse it."""
    if not _FIELD.fullmatch(path):
        raise StoreError(f"{path!r} cannot be used as a field in a filter.", code="store.field")
    return path


def encode(document: Document) -> str:
    """Return a document as JSON text; ``StoreError`` for what some back end would refuse."""
    identity = document.get("_id")
    if not isinstance(identity, str) or not identity:
        raise StoreError("A document needs a string as _id.", code="store.id")
    for key in document:
        if isinstance(key, str) and (key.startswith("$") or "." in key):
            raise StoreError(f"{key!r} cannot be a field of a document.", code="store.field")
    _check(document, 0)
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _refused("half a surrogate pair") from error
    return text


_PLAIN = frozenset({str, bool, type(None)})
"""Types of which every value can be kept; most of what documents hold."""


def _check(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _refused(f"more than {MAX_DEPTH} levels of nesting")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not key or "\0" in key:
                raise _refused(f"the key {key!r}")
            kind = type(inner)  # an hour of speech holds a million scalars: no call for each of them
            if kind not in _PLAIN and not (kind is int and -INT_LIMIT <= inner < INT_LIMIT):
                _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            kind = type(inner)
            if kind not in _PLAIN and not (kind is int and -INT_LIMIT <= inner < INT_LIMIT):
                _check(inner, depth + 1)
    else:
        check_scalar(value)


def check_scalar(value: Any) -> None:
    """Refuse what is not None, bool, a finite number below 2**63, or a string."""
    if value is None or type(value) in (str, bool):
        return
    if type(value) is int and -INT_LIMIT <= value < INT_LIMIT:
        return
    if type(value) is float and math.isfinite(value):
        return
    raise _refused(f"{value!r} ({type(value).__name__})")


def _refused(what: str) -> StoreError:
    return StoreError(f"A document cannot hold {what}.", code="store.value")
