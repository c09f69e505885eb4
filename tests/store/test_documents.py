"""The contract of the document port, on every back end; and what documents may hold."""

import math
from datetime import UTC, datetime

import pytest

from sdc.errors import ConflictError, StoreError
from sdc.store.documents import encode

JOBS = [
    {"_id": "a", "state": "queued", "n": 1, "at": {"ms": 30}, "flag": True},
    {"_id": "b", "state": "running", "n": 2.5, "at": {"ms": 10}},
    {"_id": "c", "state": "queued", "n": None, "at": {"ms": 20}, "flag": False},
]


@pytest.fixture
def filled(documents):
    for job in JOBS:
        documents.insert_one("things", job)
    return documents


def ids(found):
    return [document["_id"] for document in found]


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ({}, "abc"),
        ({"_id": "b"}, "b"),
        ({"state": "queued"}, "ac"),
        ({"state": "queued", "n": 1}, "a"),
        ({"n": 1.0}, "a"),
        ({"n": None}, "c"),
        ({"missing": None}, "abc"),
        ({"flag": True}, "a"),
        ({"flag": 1}, ""),  # a bool is no number
        ({"n": True}, ""),
        ({"flag": {"$ne": True}}, "bc"),
        ({"n": {"$ne": 1}}, "bc"),
        ({"n": {"$ne": None}}, "ab"),
        ({"at.ms": {"$lt": 20}}, "b"),
        ({"at.ms": {"$lte": 20}}, "bc"),
        ({"at.ms": {"$gt": 10, "$lt": 30}}, "c"),
        ({"at.ms": {"$gte": 20}}, "ac"),
        ({"state": {"$gt": "queued"}}, "b"),
        ({"state": {"$lt": 5}}, ""),  # another type has no order with it
        ({"state": {"$in": ["running", "done"]}}, "b"),
        ({"n": {"$in": [None, 1]}}, "ac"),
        ({"state": {"$in": []}}, ""),
        ({"flag": {"$exists": True}}, "ac"),
        ({"n": {"$exists": True}}, "abc"),
        ({"flag": {"$exists": False}}, "b"),
        ({"$or": [{"_id": "a"}, {"at.ms": 10}]}, "ab"),
        ({"$and": [{"state": "queued"}, {"$or": [{"n": 1}, {"n": 2.5}]}]}, "a"),
        ({"state": {"$eq": "running"}}, "b"),
    ],
)
def test_filters(filled, filter, expected):
    assert ids(filled.find("things", filter)) == list(expected)
    assert filled.count("things", filter) == len(expected)
    first = filled.find_one("things", filter)
    assert (first["_id"] if first else "") == expected[:1]


@pytest.mark.parametrize("n_others", [0, 2_000, 40_000])
def test_long_lists_of_values(filled, n_others):
    wanted = ["c", *(f"other {n}" for n in range(n_others)), "a"]
    assert ids(filled.find("things", {"_id": {"$in": wanted}})) == ["a", "c"]
    assert ids(filled.find("things", {"state": {"$in": [*wanted, "running"]}})) == ["b"]


def test_sort_and_limit(filled):
    assert ids(filled.find("things", {}, sort=[("at.ms", 1)])) == ["b", "c", "a"]
    assert ids(filled.find("things", {}, sort=[("at.ms", -1)], limit=2)) == ["a", "c"]
    assert ids(filled.find("things", {}, sort=[("state", 1), ("at.ms", 1)])) == ["c", "a", "b"]
    assert ids(filled.find("things", {}, sort=[("n", 1)])) == ["c", "a", "b"]  # nothing comes first


def test_documents_come_back_as_they_went(documents):
    whole = {"_id": "x", "ä": ["“é”", 1, 2**63 - 1, -(2**63), 0.1, True, None, {"deep": {"er": []}}], "line": "a\nb\0c"}
    documents.insert_one("things", whole)
    assert documents.find_one("things", {"_id": "x"}) == whole


def test_a_taken_id_is_a_conflict(filled):
    with pytest.raises(ConflictError):
        filled.insert_one("things", {"_id": "a", "other": 1})
    assert filled.find_one("things", {"_id": "a"}) == JOBS[0]


def test_a_unique_index_refuses(documents):
    documents.create_index("children", ["key"], unique=True)
    documents.create_index("children", ["key"], unique=True)
    documents.insert_one("children", {"_id": "1", "key": "k"})
    with pytest.raises(ConflictError):
        documents.insert_one("children", {"_id": "2", "key": "k"})
    assert documents.count("children", {}) == 1


def test_replace(filled):
    assert filled.replace_one("things", {"_id": "a"}, {"_id": "a", "new": 1})
    assert filled.find_one("things", {"_id": "a"}) == {"_id": "a", "new": 1}
    assert not filled.replace_one("things", {"_id": "z"}, {"_id": "z"})
    assert filled.replace_one("things", {"_id": "z"}, {"_id": "z"}, upsert=True)
    assert filled.count("things", {}) == 4
    with pytest.raises(StoreError):
        filled.replace_one("things", {"_id": "a"}, {"_id": "other"})


def test_the_first_match_has_the_lowest_id_whenever_it_came(documents):
    for identity in "cab":
        documents.insert_one("things", {"_id": identity, "n": 0})
    assert documents.replace_one("things", {"n": 0}, {"_id": "a", "n": 1})
    assert documents.find_one_and_update("things", {"n": 0}, {"$set": {"n": 2}}) == {"_id": "b", "n": 2}
    assert documents.delete_one("things", {})
    assert ids(documents.find("things", {})) == ["b", "c"]


@pytest.mark.parametrize(
    "update",
    [
        {"$push": {"tags": "x"}},
        {"$set": {}},
        {"$set": {"_id": "z"}},
        {"$set": {"_id.x": "z"}},
        {"$set": {"n": 2**63}},
        {"$set": {"n": (1, 2)}},
        {"$set": {"a.0": 1}},
        {"$inc": {"n": "1"}},
        {"$inc": {"n": True}},
        {"$inc": {"state": 1}},
        {"$inc": {"big": 1}},
        {"$set": {"state.x": 1}},
        {"$set": {"at": {}}, "$inc": {"at.ms": 1}},
    ],
)
def test_updates_outside_the_subset_are_refused_and_change_nothing(documents, update):
    whole = {"_id": "a", "state": "queued", "n": 1, "at": {"ms": 1}, "big": 2**63 - 1}
    documents.insert_one("things", whole)
    with pytest.raises(StoreError):
        documents.find_one_and_update("things", {"_id": "a"}, update)
    assert documents.find("things", {}) == [whole]


def test_taking_away_what_is_not_there_changes_nothing(filled):
    assert filled.find_one_and_update("things", {"_id": "a"}, {"$unset": {"state.x": "", "gone.x": ""}}) == JOBS[0]


def test_find_one_and_update(filled):
    changed = filled.find_one_and_update(
        "things",
        {"state": "queued"},
        {"$set": {"state": "running", "at.owner": "me", "new.deep": 1}, "$inc": {"tries": 1}, "$unset": {"flag": ""}},
        sort=[("at.ms", 1)],
    )
    expected = {
        "_id": "c",
        "state": "running",
        "n": None,
        "at": {"ms": 20, "owner": "me"},
        "new": {"deep": 1},
        "tries": 1,
    }
    assert changed == expected
    assert filled.find_one("things", {"_id": "c"}) == expected
    assert filled.find_one_and_update("things", {"state": "none"}, {"$set": {"x": 1}}) is None


def test_a_refused_update_changes_nothing(filled):
    with pytest.raises(StoreError):
        filled.find_one_and_update("things", {"_id": "a"}, {"$set": {"x": 1}, "$inc": {"state": 1}})
    assert filled.find_one("things", {"_id": "a"}) == JOBS[0]


def test_delete(filled):
    assert filled.delete_one("things", {"state": "queued"})
    assert ids(filled.find("things", {})) == ["b", "c"]
    assert not filled.delete_one("things", {"state": "gone"})


@pytest.mark.parametrize(
    "filter",
    [
        {"a": ["array"]},
        {"a": {"$in": "text"}},
        {"a": {"$regex": "x"}},
        {"a": {}},
        {"a": {"$lt": None}},
        {"a": {"$gt": True}},
        {"a": {"$in": [{"b": 1}]}},
        {"a'; DROP TABLE things; --": 1},
        {"a.0": 1},
        {"$or": []},
        {"$nor": [{}]},
        {"a": math.nan},
        {"a": 2**63},
    ],
)
def test_filters_outside_the_subset_are_refused(filled, filter):
    with pytest.raises(StoreError):
        filled.find("things", filter)


@pytest.mark.parametrize("name", ["", "Things", "a b", 'x"; --', "sqlite-x"])
def test_strange_collections_are_refused(documents, name):
    with pytest.raises(StoreError):
        documents.find(name, {})


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"_id": 1},
        {"_id": ""},
        {"_id": "x", "n": 2**63},
        {"_id": "x", "n": -(2**63) - 1},
        {"_id": "x", "n": math.nan},
        {"_id": "x", "n": [math.inf]},
        {"_id": "x", "when": datetime(2026, 1, 1, tzinfo=UTC)},
        {"_id": "x", "s": {1, 2}},
        {"_id": "x", "t": (1, 2)},
        {"_id": "x", "b": b"bytes"},
        {"_id": "x", "m": {1: "one"}},
        {"_id": "x", "m": {"a\0": 1}},
        {"_id": "x", "$set": 1},
        {"_id": "x", "a.b": 1},
        {"_id": "x", "half": "\ud800"},
    ],
)
def test_what_some_back_end_refuses_is_refused(documents, document):
    with pytest.raises(StoreError):
        documents.insert_one("things", document)
    assert documents.count("things", {}) == 0


def test_nesting_has_a_limit():
    deep: dict = {"_id": "x"}
    place = deep
    for _ in range(200):
        place["in"] = {}
        place = place["in"]
    with pytest.raises(StoreError):
        encode(deep)


def test_what_is_written_together_is_there_at_the_end(filled):
    with filled.together():
        filled.insert_one("things", {"_id": "d", "n": 9})
        assert filled.find_one("things", {"_id": "d"}) == {"_id": "d", "n": 9}  # this thread sees it
        with filled.together():
            filled.delete_one("things", {"_id": "a"})
        filled.find_one_and_update("things", {"_id": "b"}, {"$set": {"n": 5}})
    assert ids(filled.find("things", {}, sort=[("_id", 1)])) == ["b", "c", "d"]
    assert filled.find_one("things", {"_id": "b"})["n"] == 5


def test_a_conflict_among_writes_that_go_together_leaves_the_others(filled):
    with filled.together():
        filled.insert_one("things", {"_id": "d"})
        with pytest.raises(ConflictError):
            filled.insert_one("things", {"_id": "a"})
        filled.insert_one("things", {"_id": "e"})
    assert ids(filled.find("things", {}, sort=[("_id", 1)])) == ["a", "b", "c", "d", "e"]


def test_a_collection_may_begin_with_what_goes_together(documents):
    with pytest.raises(ZeroDivisionError), documents.together():
        documents.insert_one("fresh", {"_id": "a"})
        raise ZeroDivisionError
    documents.replace_one("fresh", {"_id": "b"}, {"_id": "b"}, upsert=True)
    assert documents.find_one("fresh", {"_id": "b"}) == {"_id": "b"}


def test_some_fields_of_documents(documents):
    documents.insert_one("things", {"_id": "a", "n": 1, "flag": True, "deep": {"one": {"x": [1, None]}, "two": 2}})
    documents.insert_one("things", {"_id": "b", "n": None, "other": "o"})
    wanted = ("n", "flag", "deep.one", "missing.too")
    found = documents.find("things", {}, sort=[("_id", 1)], fields=wanted)
    assert ids(found) == ["a", "b"]
    assert (found[0]["n"], found[0]["flag"], found[0]["deep"]["one"]) == (1, True, {"x": [1, None]})
    assert found[1].get("n") is None
    assert documents.find("things", {"n": 1}, fields=["n"]) == [{"_id": "a", "n": 1}]
