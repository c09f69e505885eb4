"""Any run of operations leaves the store as a plain evaluation of the stated subset says."""

import copy
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from sdc.errors import ConflictError
from sdc.store.sqlite import SqliteDocuments

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
scalars = st.one_of(st.none(), st.booleans(), numbers, text)
fields = st.sampled_from(["a", "b", "c.d", "c.e"])
orders = st.sampled_from(sorted(COMPARE))
conditions = st.one_of(
    scalars,
    st.dictionaries(st.sampled_from(["$eq", "$ne"]), scalars, min_size=1),
    st.builds(lambda op, value: {op: value}, orders, st.one_of(numbers, text)),
    st.builds(lambda values: {"$in": values}, st.lists(scalars, max_size=3)),
    st.builds(lambda value: {"$exists": value}, st.booleans()),
)
plain = st.dictionaries(fields, conditions, max_size=2)
filters = st.recursive(
    plain,
    lambda inner: st.builds(
        lambda word, parts: {word: parts}, st.sampled_from(["$and", "$or"]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=4,
)
identities = st.sampled_from(["1", "2", "3", "é"])
documents_ = st.builds(
    lambda identity, a, b, c: {"_id": identity, **a, **b, **({"c": c} if c is not None else {})},
    identities,
    st.fixed_dictionaries({}, optional={"a": scalars}),
    st.fixed_dictionaries({}, optional={"b": scalars}),
    st.one_of(st.none(), st.fixed_dictionaries({}, optional={"d": scalars, "e": scalars})),
)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), documents_),
        st.tuples(st.just("replace"), documents_),
        st.tuples(st.just("update"), filters, st.dictionaries(fields, scalars, min_size=1, max_size=2)),
        st.tuples(st.just("unset"), filters, fields),
        st.tuples(st.just("delete"), filters),
    ),
    max_size=8,
)


def set_at(document, path, value):
    *parents, last = path.split(".")
    for name in parents:
        document = document.setdefault(name, {})
    document[last] = value


def unset_at(document, path):
    *parents, last = path.split(".")
    for name in parents:
        document = document.get(name, {})
    document.pop(last, None)


def run_on_model(model, operation):
    name, *rest = operation
    if name in ("insert", "replace"):
        document = copy.deepcopy(rest[0])
        if name == "insert" and document["_id"] in model:
            return "conflict"
        model[document["_id"]] = document
        return None
    first = next((model[key] for key in sorted(model) if matches(model[key], rest[0])), None)
    if first is None:
        return None
    if name == "delete":
        del model[first["_id"]]
    elif name == "unset":
        unset_at(first, rest[1])
    else:
        for path, value in rest[1].items():
            set_at(first, path, value)
    return None


def run_on_store(store, operation):
    name, *rest = operation
    if name == "insert":
        try:
            store.insert_one("things", rest[0])
        except ConflictError:
            return "conflict"
    elif name == "replace":
        store.replace_one("things", {"_id": rest[0]["_id"]}, rest[0], upsert=True)
    elif name == "delete":
        store.delete_one("things", rest[0])
    elif name == "unset":
        store.find_one_and_update("things", rest[0], {"$unset": {rest[1]: ""}})
    else:
        store.find_one_and_update("things", rest[0], {"$set": rest[1]})
    return None


@settings(max_examples=60)
@given(operations, st.lists(filters, min_size=1, max_size=8))
def test_the_store_is_the_model(steps, questions):
    with TemporaryDirectory() as folder:
        store = SqliteDocuments(Path(folder) / "model.sqlite3")
        try:
            model: dict[str, dict] = {}
            for step in steps:
                assert run_on_store(store, step) == run_on_model(model, step)
            for filter in [{}, *questions]:
                expected = [model[key] for key in sorted(model) if matches(model[key], filter)]
                assert store.find("things", filter) == expected
                assert store.count("things", filter) == len(expected)
        finally:
            store.close()
