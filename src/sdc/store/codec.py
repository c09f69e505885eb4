"""Records ↔ documents, through pydantic's adapters for dataclasses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from sdc.errors import StoreError
from sdc.store.documents import Document

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Return the adapter of a kind of record; it is costly to make, so it is kept."""
    from pydantic import TypeAdapter

    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_document(record: Any, *, identity: str | None = None) -> Document:
    """Return a record as a document; its ``id`` becomes ``_id`` unless one is given."""
    document = cast(Document, _adapter(type(record)).dump_python(record, mode="json"))
    document["_id"] = identity if identity is not None else document.pop("id")
    return document


def from_document(kind: type[T], document: Document) -> T:
    """Return the record that ``to_document`` wrote.

    Raises
    ------
    StoreError
        The document does not hold such a record.
    """
    from pydantic import ValidationError

    fields = {key: value for key, value in document.items() if key != "_id"}
    if "id" in getattr(kind, "__dataclass_fields__", {}):
        fields["id"] = document["_id"]
    try:
        return cast(T, _adapter(kind).validate_python(fields))
    except ValidationError as error:
        raise StoreError(
            f"The document {document['_id']} is damaged or of another version.",
            code="store.damaged",
            hint="Process the session again.",
        ) from error
