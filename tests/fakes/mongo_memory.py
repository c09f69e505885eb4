"""Collections in memory for the fake of MongoDB: what the server does with filters, updates and indexes.

Only the subset that the document port states (``sdc.store.documents``). What the port forbids is
an error here, not a guess: an array that a filter meets, an operator outside the subset.
"""

import bisect
import heapq
import itertools
from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]

MISSING = object()
ORDERS = {
    "$lt": lambda a, b: a < b,
    "$lte": lambda a, b: a <= b,
    "$gt": lambda a, b: a > b,
    "$gte": lambda a, b: a >= b,
}
INT64 = 2**63


class MongoError(Exception):
    """What the server answers with ``ok: 0``."""

    def __init__(self, code: int, name: str, message: str) -> None:
        super().__init__(message)
        self.code, self.name = code, name


def outside(what: str) -> MongoError:
    return MongoError(8000, "OutsideTheSubset", f"{what} is outside of what this fake evaluates")


def value_at(document: Any, path: str) -> Any:
    for name in path.split("."):
        if isinstance(document, list):
            raise outside(f"the array in {path}")
        if not isinstance(document, dict) or name not in document:
            return MISSING
        document = document[name]
    return document


def rank(value: Any) -> int:
    """Where a value's type stands in the order of types."""
    if value is MISSING or value is None:
        return 1
    if isinstance(value, bool):
        return 8
    return next(n for kinds, n in (((int, float), 2), (str, 3), (dict, 4), (list, 5)) if isinstance(value, kinds))


def sort_key(value: Any) -> tuple[int, Any]:
    place = rank(value)
    if place == 1:
        return (1, 0)
    return (place, str(value) if place in (4, 5) else value)


def equal(found: Any, wanted: Any) -> bool:
    if isinstance(found, list):
        raise outside("an array in a filtered field")
    return sort_key(found) == sort_key(wanted) if rank(found) == rank(wanted) else False


def holds(found: Any, op: str, wanted: Any) -> bool:
    if op == "$eq":
        return equal(found, wanted)
    if op == "$ne":
        return not equal(found, wanted)
    if op == "$in":
        return any(equal(found, item) for item in wanted)
    if op == "$exists":
        return (found is not MISSING) == bool(wanted)
    if op in ORDERS:
        return rank(found) == rank(wanted) and ORDERS[op](found, wanted)
    raise outside(op)


def conditions(wanted: Any) -> list[tuple[str, Any]]:
    return list(wanted.items()) if isinstance(wanted, dict) else [("$eq", wanted)]


def matches(document: Document, filter: Document) -> bool:
    for key, wanted in filter.items():
        if key in ("$and", "$or"):
            if not (all if key == "$and" else any)(matches(document, part) for part in wanted):
                return False
        elif not all(holds(value_at(document, key), op, operand) for op, operand in conditions(wanted)):
            return False
    return True


def change(document: Document, update: Document) -> None:
    """Apply ``$set``, ``$inc`` and ``$unset`` in place."""
    for op, changes in update.items():
        if op not in ("$set", "$inc", "$unset"):
            raise MongoError(9, "FailedToParse", f"Unknown modifier: {op}")
        for path, value in changes.items():
            if path == "_id":
                raise MongoError(66, "ImmutableField", "_id is immutable")
            *parents, last = path.split(".")
            place = inside(document, parents, create=op != "$unset")
            if place is None:
                continue
            if op == "$set":
                place[last] = value
            elif op == "$unset":
                place.pop(last, None)
            else:
                place[last] = increased(place.get(last, 0), value)


def inside(document: Document, parents: list[str], *, create: bool) -> Document | None:
    for name in parents:
        inner = document.setdefault(name, {}) if create else document.get(name)
        if not isinstance(inner, dict):
            if create:
                raise MongoError(28, "PathNotViable", f"Cannot create field in element {name}")
            return None
        document = inner
    return document


def increased(current: Any, by: Any) -> Any:
    if isinstance(by, bool) or not isinstance(by, (int, float)):
        raise MongoError(14, "TypeMismatch", "Cannot increment with non-numeric argument")
    if isinstance(current, bool) or not isinstance(current, (int, float)):
        raise MongoError(14, "TypeMismatch", "Cannot apply $inc to a value of non-numeric type")
    value = current + by
    if isinstance(value, int) and not -INT64 <= value < INT64:
        raise MongoError(2, "BadValue", "Failed to apply $inc operations: overflow")
    return value


class Index:
    """Keys in their order, as a B-tree would hold them."""

    def __init__(self, fields: list[str], unique: bool) -> None:
        self.fields, self.unique = fields, unique
        self.entries: list[tuple[Any, ...]] = []

    def entry(self, document: Document) -> tuple[Any, ...]:
        return (*(sort_key(value_at(document, field)) for field in self.fields), document["_id"])

    def taken(self, document: Document) -> bool:
        """Whether a unique key stands for another document."""
        if not self.unique:
            return False
        entry = self.entry(document)
        at = bisect.bisect_left(self.entries, entry[:-1])
        return any(e[:-1] == entry[:-1] and e[-1] != entry[-1] for e in self.entries[at : at + 2])

    def add(self, document: Document) -> None:
        bisect.insort(self.entries, self.entry(document))

    def remove(self, document: Document) -> None:
        entry = self.entry(document)
        at = bisect.bisect_left(self.entries, entry)
        assert self.entries[at] == entry
        del self.entries[at]

    def under(self, value: Any) -> Iterator[tuple[Any, ...]]:
        """Entries whose first field has a value, in order."""
        key = sort_key(value)
        for at in range(bisect.bisect_left(self.entries, (key,)), len(self.entries)):
            if self.entries[at][0] != key:
                return
            yield self.entries[at]


def pinned(filter: Document, field: str) -> list[Any] | None:
    """The only values of a field with which a filter can hold; None when it does not say."""
    if field in filter:
        for op, operand in conditions(filter[field]):
            if op in ("$eq", "$in"):
                return list(operand) if op == "$in" else [operand]
    if "$or" in filter:
        branches = [pinned(part, field) for part in filter["$or"]]
        if all(values is not None for values in branches):
            return [value for values in branches for value in values or []]
    return next((found for part in filter.get("$and", []) if (found := pinned(part, field)) is not None), None)


class Collection:
    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.indexes: dict[str, Index] = {}

    def create_index(self, name: str, fields: list[str], unique: bool) -> None:
        if name in self.indexes:
            return
        index = Index(fields, unique)
        for document in self.documents.values():
            if index.taken(document):
                raise MongoError(11000, "DuplicateKey", f"E11000 duplicate key error index: {name}")
            index.add(document)
        self.indexes[name] = index

    def put(self, document: Document, old: Document | None = None) -> None:
        """Write a document, in the place of ``old`` where one is given."""
        if old is None and document["_id"] in self.documents:
            raise MongoError(11000, "DuplicateKey", "E11000 duplicate key error index: _id_")
        for name, index in self.indexes.items():
            if index.taken(document):
                raise MongoError(11000, "DuplicateKey", f"E11000 duplicate key error index: {name}")
        for index in self.indexes.values():
            if old is not None:
                index.remove(old)
            index.add(document)
        self.documents[document["_id"]] = document

    def remove(self, document: Document) -> None:
        for index in self.indexes.values():
            index.remove(document)
        del self.documents[document["_id"]]

    def select(self, filter: Document, sort: Document) -> Iterator[Document]:
        """Matches in order; by an index where one serves."""
        order = list(sort.items())
        values = pinned(filter, "_id")
        if values is not None:
            found = [self.documents[v] for v in dict.fromkeys(values) if isinstance(v, str) and v in self.documents]
            return self._sorted((d for d in found if matches(d, filter)), order)
        for index in self.indexes.values():
            values = pinned(filter, index.fields[0])
            if values is None:
                continue
            ranges = [index.under(value) for value in {sort_key(v): v for v in values}.values()]
            merged = heapq.merge(*ranges, key=lambda entry: entry[1:])
            found_lazily = (d for entry in merged if matches(d := self.documents[entry[-1]], filter))
            if order == [*((field, 1) for field in index.fields[1:]), ("_id", 1)]:
                return found_lazily
            return self._sorted(found_lazily, order)
        return self._sorted((d for d in self.documents.values() if matches(d, filter)), order)

    @staticmethod
    def _sorted(found: Iterator[Document], order: list[tuple[str, int]]) -> Iterator[Document]:
        documents = list(found)
        for field, direction in reversed(order):
            documents.sort(key=lambda d, f=field: sort_key(value_at(d, f)), reverse=direction < 0)
        return iter(documents)

    def first(self, filter: Document, sort: Document) -> Document | None:
        return next(itertools.islice(self.select(filter, sort), 1), None)
