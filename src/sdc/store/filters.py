"""Filters of the document port → parametrised SQL for SQLite's JSON functions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sdc.errors import StoreError
from sdc.store.documents import Document, Filter, Sort, check_field, check_scalar

Clause = tuple[str, list[Any]]

MAX_MARKS = 500
"""A list of more values is handed over as one: SQLite allows some thousand parameters."""

ORDERS = {"$lt": "<", "$lte": "<=", "$gt": ">", "$gte": ">="}


def field_sql(path: str) -> str:
    """Return the SQL expression for a field's value; the same text as in its index."""
    return "id" if path == "_id" else f"json_extract(body, '{_json_path(path)}')"


def fields_sql(paths: Sequence[str]) -> str:
    """Return the SQL expression for the JSON array of the id and these fields; for the whole body without any."""
    chosen = ", ".join(f"'{_json_path(path)}'" for path in ("_id", *paths))
    return f"json_extract(body, {chosen})" if paths else "body"


def picked(paths: Sequence[str], values: Sequence[Any]) -> Document:
    """Return the document that ``fields_sql`` read: ``_id``, and those fields that have a value."""
    document: Document = {"_id": values[0]}
    for path, value in zip(paths, values[1:], strict=True):
        if value is None:
            continue
        *places, name = path.split(".")
        inside = document
        for place in places:
            inside = inside.setdefault(place, {})
        inside[name] = value
    return document


def type_sql(path: str) -> str:
    """Return the SQL expression for a field's JSON type; NULL when it is missing."""
    return "'text'" if path == "_id" else f"json_type(body, '{_json_path(path)}')"


def _json_path(path: str) -> str:
    return "$" + "".join(f'."{part}"' for part in check_field(path).split("."))


def compile_filter(filter: Filter) -> Clause:
    """Compile a filter.

    Parameters
    ----------
    filter : Filter
        In the subset that ``sdc.store.documents`` states.

    Returns
    -------
    tuple[str, list]
        A WHERE condition with ``?`` and its parameters.

    Raises
    ------
    StoreError
        An operator, field or value outside the subset.
    """
    return _joined([_term(key, value) for key, value in filter.items()], "AND", empty="1")


def compile_sort(sort: Sort) -> str:
    """Return an ORDER BY clause; ties stand in the order of ids, so that results are stable."""
    terms = [f"{field_sql(path)} {'DESC' if direction < 0 else 'ASC'}" for path, direction in sort]
    return f" ORDER BY {', '.join([*terms, 'id'])}"


def _joined(clauses: list[Clause], word: str, *, empty: str) -> Clause:
    if not clauses:
        return empty, []
    text = f" {word} ".join(f"({sql})" for sql, _ in clauses)
    return text, [value for _, values in clauses for value in values]


def _term(key: str, value: Any) -> Clause:
    if key in ("$and", "$or"):
        if not isinstance(value, list) or not value:
            raise StoreError(f"{key} needs a list of filters.", code="store.filter")
        return _joined([compile_filter(part) for part in value], key[1:].upper(), empty="1")
    if not isinstance(value, dict):
        return _equal(key, value)
    if not value:
        raise StoreError(f"{key!r} is compared with nothing.", code="store.filter")
    return _joined([_operation(key, op, operand) for op, operand in value.items()], "AND", empty="1")


def _operation(path: str, op: str, operand: Any) -> Clause:
    if op in ORDERS:
        return _ordered(path, ORDERS[op], operand)
    operation = _OPERATIONS.get(op)
    if operation is None:
        raise StoreError(f"{op!r} is no operator of the document port.", code="store.filter")
    return operation(path, operand)


def _types(path: str, operand: Any) -> str:
    check_scalar(operand)
    kind = type_sql(path)
    if isinstance(operand, str):
        return f"{kind} = 'text'"
    return f"{kind} IN ('integer', 'real')"


def _equal(path: str, operand: Any) -> Clause:
    if operand is None:
        return f"{type_sql(path)} IS NULL OR {type_sql(path)} = 'null'", []
    if isinstance(operand, bool):
        return f"{type_sql(path)} IS '{'true' if operand else 'false'}'", []
    # `IS` throughout: a missing field must give false, not NULL, so that NOT works on it.
    return f"coalesce({_types(path, operand)}, 0) AND {field_sql(path)} IS ?", [operand]


def _not_equal(path: str, operand: Any) -> Clause:
    sql, values = _equal(path, operand)
    return f"NOT ({sql})", values


def _in(path: str, operand: Any) -> Clause:
    if not isinstance(operand, list):
        raise StoreError("$in needs a list.", code="store.filter")
    if operand and all(isinstance(item, str) for item in operand):  # one look-up each, and no limit of depth
        is_long = len(operand) > MAX_MARKS
        marks = "SELECT value FROM json_each(?)" if is_long else ", ".join("?" * len(operand))
        values = [json.dumps(operand)] if is_long else list(operand)
        return f"coalesce({_types(path, operand[0])}, 0) AND {field_sql(path)} IN ({marks})", values
    return _joined([_equal(path, item) for item in operand], "OR", empty="0")


def _ordered(path: str, sign: str, operand: Any) -> Clause:
    if operand is None or isinstance(operand, bool):
        raise StoreError(f"{operand!r} has no order.", code="store.filter")
    return f"coalesce({_types(path, operand)}, 0) AND {field_sql(path)} {sign} ?", [operand]


def _exists(path: str, operand: Any) -> Clause:
    return f"{type_sql(path)} IS {'NOT ' if operand else ''}NULL", []


_OPERATIONS: dict[str, Callable[[str, Any], Clause]] = {
    "$eq": _equal,
    "$ne": _not_equal,
    "$in": _in,
    "$exists": _exists,
}
