"""Any run of operations leaves the store as a plain evaluation of the stated subset says."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from document_stores import STORES
from sdc.errors import ConflictError, StoreError

MISSING = object()


def value_at(document, path):
    for name in path.split("."):
        if not isinstance(document, dict) or name not in document:
            return MISSING
        document = document[name]
    return document


def kind(value):
    return "bool" if isinstance(value, bool) else "number" if isinstance(value, (int, float)) else type(value).__name__


def equal(found, wanted):
    if wanted is None:
        return found is MISSING or found is None
    return found is not MISSING and kind(found) == kind(wanted) and found == wanted


COMPARE = {
    "$lt": lambda a, b: a < b,
    "$lte": lambda a, b: a <= b,
    "$gt": lambda a, b: a > b,
    "$gte": lambda a, b: a >= b,
}


def holds(found, op, wanted):
    if op == "$eq":
        return equal(found, wanted)
    if op == "$ne":
        return not equal(found, wanted)
    if op == "$in":
        return any(equal(found, item) for item in wanted)
    if op == "$exists":
        return (found is not MISSING) == wanted
    return found is not MISSING and kind(found) == kind(wanted) and COMPARE[op](found, wanted)


def matches(document, filter):
    for key, wanted in filter.items():
        if key in ("$and", "$or"):
            if not (all if key == "$and" else any)(matches(document, part) for part in wanted):
                return False
            continue
        found = value_at(document, key)
        tests = wanted.items() if isinstance(wanted, dict) else [("$eq", wanted)]
        if not all(holds(found, op, operand) for op, operand in tests):
            return False
    return True


text = st.text(alphabet="abzA0é😀 '\"%_\\", max_size=3)
numbers = st.one_of(st.integers(-3, 3), st.sampled_from([0.5, -1.5, 2.0, 2**62, -(2**63), 1e300]))
sortable = st.one_of(st.none(), numbers, text)
PLAIN = ["a", "b", "c.d", "c.e"]
THROUGH_VALUES = [*PLAIN, "a.x"]
"""``a`` is no object as a rule, so ``a.x`` leads through a value."""
orders = st.sampled_from(sorted(COMPARE))
identities = st.sampled_from(["1", "2", "3", "é"])
sorts = st.sampled_from([[], [("s", 1)], [("s", -1)], [("s", -1), ("_id", -1)]])


def programs(scalars, paths):
    """Operations and questions whose values are of some kinds, in some fields."""
    fields = st.sampled_from([*paths, "s"])
    conditions = st.one_of(
        scalars,
        st.dictionaries(st.sampled_from(["$eq", "$ne"]), scalars, min_size=1),
        st.builds(lambda op, value: {op: value}, orders, st.one_of(numbers, text)),
        st.builds(lambda values: {"$in": values}, st.lists(scalars, max_size=3)),
        st.builds(lambda value: {"$exists": value}, st.booleans()),
    )
    filters = st.recursive(
        st.dictionaries(fields, conditions, max_size=2),
        lambda inner: st.builds(
            lambda word, parts: {word: parts}, st.sampled_from(["$and", "$or"]), st.lists(inner, min_size=1, max_size=3)
        ),
        max_leaves=4,
    )
    documents = st.builds(
        lambda identity, flat, c: {"_id": identity, **flat, **({"c": c} if c is not None else {})},
        identities,
        st.fixed_dictionaries({}, optional={"a": scalars, "b": scalars, "s": sortable}),
        st.one_of(st.none(), st.fixed_dictionaries({}, optional={"d": scalars, "e": scalars})),
    )
    changes = st.dictionaries(st.sampled_from(paths), scalars, min_size=1, max_size=2)
    updates = st.one_of(
        st.builds(lambda values: {"$set": values}, changes),
        st.builds(lambda field: {"$unset": {field: ""}}, fields),
        st.builds(lambda field, by: {"$inc": {field: by}}, fields, st.integers(-3, 3)),
        st.builds(lambda values, by: {"$set": values, "$inc": {"tries": by}}, changes, st.integers(-3, 3)),
    )
    operations = st.one_of(
        st.tuples(st.just("insert"), documents),
        st.tuples(st.just("put"), documents),
        st.tuples(st.just("replace"), documents),
        st.tuples(st.just("update"), filters, updates, sorts),
        st.tuples(st.just("delete"), filters),
    )
    questions = st.tuples(filters, sorts, st.integers(0, 2))
    return st.tuples(st.lists(operations, max_size=8), st.lists(questions, min_size=1, max_size=6))


class Refused(Exception):
    """The model's word for what every store refuses."""


def set_at(document, path, value):
    *parents, last = path.split(".")
    for name in parents:
        document = document.setdefault(name, {})
        if not isinstance(document, dict):
            raise Refused
    document[last] = value


def unset_at(document, path):
    *parents, last = path.split(".")
    for name in parents:
        document = document.get(name, {})
        if not isinstance(document, dict):
            return
    document.pop(last, None)


def updated(document, update):
    paths = [path for changes in update.values() for path in changes]
    if {"a", "a.x"} <= set(paths):
        raise Refused
    document = copy.deepcopy(document)
    for path, value in update.get("$set", {}).items():
        set_at(document, path, value)
    for path in update.get("$unset", {}):
        unset_at(document, path)
    for path, by in update.get("$inc", {}).items():
        found = value_at(document, path)
        if found is MISSING:
            set_at(document, path, by)
        elif kind(found) != "number" or (isinstance(found, int) and not -(2**63) <= found + by < 2**63):
            raise Refused
        else:
            set_at(document, path, found + by)
    return document


def order_key(value):
    if value is MISSING or value is None:
        return (0, 0)
    return (1, value) if kind(value) == "number" else (2, value.encode())


def found_in(model, filter, sort=(), limit=0):
    found = sorted((d for d in model.values() if matches(d, filter)), key=lambda d: d["_id"].encode())
    for field, direction in reversed(sort):
        found.sort(key=lambda d, f=field: order_key(value_at(d, f)), reverse=direction < 0)
    return found[: limit or None]


def run_on_model(model, operation):
    name, subject, *rest = operation
    if name in ("insert", "put", "replace"):
        there = subject["_id"] in model
        if name == "insert" and there:
            return "conflict"
        if there or name != "replace":
            model[subject["_id"]] = copy.deepcopy(subject)
        return None if name == "insert" else there or name == "put"
    if name == "delete":
        for document in found_in(model, subject)[:1]:
            del model[document["_id"]]
            return True
        return False
    update, sort = rest
    if {"a", "a.x"} <= {path for changes in update.values() for path in changes}:
        return "refused"
    for document in found_in(model, subject, sort)[:1]:
        try:
            model[document["_id"]] = updated(document, update)
        except Refused:
            return "refused"
        return model[document["_id"]]
    return None


def run_on_store(store, operation):
    name, subject, *rest = operation
    try:
        if name == "insert":
            return store.insert_one("things", subject)
        if name in ("put", "replace"):
            return store.replace_one("things", {"_id": subject["_id"]}, subject, upsert=name == "put")
        if name == "delete":
            return store.delete_one("things", subject)
        return store.find_one_and_update("things", subject, rest[0], sort=rest[1])
    except ConflictError:
        return "conflict"
    except StoreError:
        return "refused"


def check(store, program):
    steps, questions = program
    model: dict[str, dict] = {}
    for step in steps:
        assert run_on_store(store, step) == run_on_model(model, step)
    for filter, sort, limit in [({}, [], 0), *questions]:
        expected = found_in(model, filter, sort, limit)
        assert store.find("things", filter, sort=sort, limit=limit) == expected
        assert store.count("things", filter) == len(found_in(model, filter))


@pytest.mark.parametrize("name", [name for name in STORES if name != "mongomock"])
@settings(max_examples=60)
@given(program=programs(st.one_of(st.none(), st.booleans(), numbers, text), THROUGH_VALUES))
def test_every_store_is_the_model(wire, name, program):
    with STORES[name](wire) as store:
        check(store, program)


@settings(max_examples=60)
@given(program=programs(st.one_of(st.none(), numbers, text), PLAIN))
def test_the_mock_is_the_model_without_truth_values_and_paths_through_values(wire, program):
    """Mongomock takes True for 1, and is not MongoDB where a path meets a value that is no object."""
    with STORES["mongomock"](wire) as store:
        check(store, program)
