"""Updates of the document port, applied to a document in memory."""

from __future__ import annotations

from typing import Any

from sdc.errors import StoreError
from sdc.store.documents import Document, Update, check_field


def apply_update(document: Document, update: Update) -> None:
    """Change a document in place by ``$set``, ``$inc`` and ``$unset``.

    Raises
    ------
    StoreError
        Another operator, a change of ``_id``, a path through something that is no object,
        or ``$inc`` of something that is no number.
    """
    for op, changes in update.items():
        for path, value in changes.items():
            if check_field(path) == "_id":
                raise StoreError("The _id of a document never changes.", code="store.update")
            *parents, last = path.split(".")
            _change(_inside(document, parents, create=op != "$unset"), op, last, value)


def _inside(document: Document, parents: list[str], *, create: bool) -> Document:
    for name in parents:
        inner = document.setdefault(name, {}) if create else document.get(name, {})
        if not isinstance(inner, dict):
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
    elif op == "$unset":
        place.pop(name, None)
    else:
        raise StoreError(f"{op!r} is no update of the document port.", code="store.update")
