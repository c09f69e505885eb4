"""Updates of the document port, applied to a document in memory."""

from __future__ import annotations

from typing import Any

from sdc.errors import StoreError
from sdc.store.documents import Document, Update, check_field, encode

UPDATES = frozenset({"$set", "$inc", "$unset"})


def check_update(update: Update) -> None:
    """Refuse what is no update of the document port, whatever document it meets.

    Raises
    ------
    StoreError
        Another operator, a change of ``_id``, a value that no document holds, or ``$inc`` by
        something that is no number.
    """
    for op, changes in update.items():
        if op not in UPDATES or not changes:
            raise StoreError(f"{op!r} is no update of the document port.", code="store.update")
        for path, value in changes.items():
            if check_field(path).split(".")[0] == "_id":
                raise StoreError("The _id of a document never changes.", code="store.update")
            if op == "$inc" and type(value) not in (int, float):
                raise StoreError(f"{value!r} is no number to count up by.", code="store.update")
            encode({"_id": "update", "value": value})
    paths = [path for changes in update.values() for path in changes]
    if any(a == b or a.startswith(f"{b}.") for n, a in enumerate(paths) for m, b in enumerate(paths) if n != m):
        raise StoreError("An update changes one field twice.", code="store.update")


def apply_update(document: Document, update: Update) -> None:
    """Change a document in place by ``$set``, ``$inc`` and ``$unset``.

    Raises
    ------
    StoreError
        What ``check_update`` refuses, a path through something that is no object, or ``$inc``
        of something that is no number.
    """
    check_update(update)
    for op, changes in update.items():
        for path, value in changes.items():
            *parents, last = path.split(".")
            _change(_inside(document, parents, create=op != "$unset"), op, last, value)


def _inside(document: Document, parents: list[str], *, create: bool) -> Document:
    for name in parents:
        inner = document.setdefault(name, {}) if create else document.get(name)
        if not isinstance(inner, dict):
            if not create:
                return {}  # nothing is there to take away
            raise StoreError(f"{name!r} is no object; nothing can be set in it.", code="store.update")
        document = inner
    return document


def _change(place: Document, op: str, name: str, value: Any) -> None:
    if op == "$set":
        place[name] = value
    elif op == "$inc":
        current = place.get(name, 0)
        if isinstance(current, bool) or not isinstance(current, (int, float)):
            raise StoreError(f"{name!r} is no number; it cannot be counted up.", code="store.update")
        place[name] = current + value
    else:
        place.pop(name, None)
