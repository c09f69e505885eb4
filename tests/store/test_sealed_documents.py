"""Sealed documents: what comes back, what cannot be seen, what is refused, and damage that is found.

The port's contract (test_documents.py, test_repository.py, test_jobs.py) runs over them as well.
"""

import pytest

from sdc.errors import ConflictError, NotFoundError, StoreError
from sdc.store.collections import COLLECTIONS
from sdc.store.keyring import KEYS, Keyring
from sdc.store.sealed_documents import SealedDocuments
from sdc.store.sqlite import SqliteDocuments

WORDS = "the purple zebra jumped"
CHILD = {"_id": "c1", "name": "Mathilda Quux", "name_key": "mathilda quux", "birth_date": "2020-02-03", "sex": None}
PART = {"_id": "s1", "child_id": "c1", "utterances": [{"text": WORDS, "n": 3}], "context": None}


@pytest.fixture
def raw(tmp_path):
    store = SqliteDocuments(tmp_path / "raw.sqlite3")
    yield store
    store.close()


@pytest.fixture
def keyring(raw):
    return Keyring.create(raw, bytes(32))


@pytest.fixture
def sealed(raw, keyring):
    store = SealedDocuments(raw, keyring)
    store.insert_one("children", CHILD)
    store.insert_one("transcripts", PART)
    return store


def test_documents_come_back(sealed):
    assert sealed.find_one("transcripts", {"_id": "s1"}) == PART
    assert sealed.find("transcripts", {"child_id": "c1"}) == [PART]
    child = sealed.find_one("children", {"name_key": "mathilda quux"})
    assert {**child, "name_key": ""} == {**CHILD, "name_key": ""}


def test_nothing_personal_is_in_the_files(sealed, raw, tmp_path):
    sealed.insert_one("transcripts", {**PART, "_id": "s2", "utterances": [{"text": WORDS * 100}]})
    sealed.find_one_and_update("transcripts", {"_id": "s1", "child_id": "c1"}, {"$set": {"context": "zebra play"}})
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (b"Mathilda", b"mathilda", b"2020-02-03", b"zebra", b"purple"):
        assert secret not in files
    assert b"s1" in files  # what is looked for is found where it is plain


def test_equal_values_look_different(sealed, raw):
    for identity in ("s2", "s3"):
        sealed.insert_one("transcripts", {**PART, "_id": identity})
    values = {document["utterances"] for document in raw.find("transcripts", {})}
    assert len(values) == 3


def test_a_name_is_still_unique(sealed, raw, keyring):
    sealed.create_index("children", ["name_key"], unique=True)
    with pytest.raises(ConflictError):
        sealed.insert_one("children", {**CHILD, "_id": "c2"})
    assert raw.find_one(KEYS, {"_id": "c2"}) is None  # no key for a child that is not there
    sealed.insert_one("children", {**CHILD, "_id": "c2", "name_key": "another"})
    with pytest.raises(ConflictError):
        sealed.insert_one("children", CHILD)
    assert sealed.find_one("children", {"_id": "c1"})["name"] == CHILD["name"]  # its key stays


@pytest.mark.parametrize(
    "filter",
    [
        {"name": "Mathilda Quux"},
        {"name": {"$exists": True}},
        {"name.first": "x"},
        {"$or": [{"_id": "c1"}, {"$and": [{"birth_date": "2020-02-03"}]}]},
        {"name_key": {"$gt": "a"}},
        {"name_key": 3},
    ],
)
def test_filters_on_sealed_fields_are_refused(sealed, filter):
    for ask in (sealed.find, sealed.find_one, sealed.count, sealed.delete_one):
        with pytest.raises(StoreError) as caught:
            ask("children", filter)
        assert caught.value.code == "store.sealed-field"
    for change in (
        lambda: sealed.find_one_and_update("children", filter, {"$set": {"x": 1}}),
        lambda: sealed.replace_one("children", filter, CHILD),
    ):
        with pytest.raises(StoreError):
            change()
    assert sealed.count("children", {}) == 1


@pytest.mark.parametrize("field", ["name", "name_key", "birth_date"])
def test_sorts_and_indexes_on_sealed_fields_are_refused(sealed, field):
    for ask in (sealed.find, sealed.find_one):
        with pytest.raises(StoreError):
            ask("children", {}, sort=[(field, 1)])
    with pytest.raises(StoreError):
        sealed.find_one_and_update("children", {}, {"$set": {"x": 1}}, sort=[(field, 1)])
    if field != "name_key":
        with pytest.raises(StoreError):
            sealed.create_index("children", [field])


def test_an_update_names_its_child(sealed, raw):
    which = {"_id": "s1", "child_id": "c1"}
    changed = sealed.find_one_and_update("transcripts", which, {"$set": {"context": "snack", "seen": 1}})
    assert changed == {**PART, "context": "snack", "seen": 1}
    assert raw.find_one("transcripts", {"_id": "s1"})["context"].startswith("sdc1:")
    for filter in ({"_id": "s1"}, {"child_id": "c1"}, {"_id": {"$in": ["s1"]}, "child_id": "c1"}):
        with pytest.raises(StoreError, match="must name _id and child_id"):
            sealed.find_one_and_update("transcripts", filter, {"$set": {"context": "x"}})
    assert sealed.find_one_and_update("transcripts", {"_id": "s1"}, {"$set": {"context": None}})["context"] is None
    renamed = {"$set": {"name_key": "new name", "name": "New Name"}}
    sealed.find_one_and_update("children", {"_id": "c1"}, renamed)
    assert sealed.find_one("children", {"name_key": "new name"})["name"] == "New Name"


@pytest.mark.parametrize(
    "update", [{"$set": {"context.place": 1}}, {"$inc": {"context": 1}}, {"$unset": {"media.name": ""}}]
)
def test_updates_inside_sealed_fields_are_refused(sealed, update):
    with pytest.raises(StoreError) as caught:
        sealed.find_one_and_update("transcripts", {"_id": "s1", "child_id": "c1"}, update)
    assert caught.value.code == "store.sealed-field"
    assert sealed.find_one("transcripts", {"_id": "s1"}) == PART


def test_a_sealed_field_can_be_taken_away(sealed):
    found = sealed.find_one_and_update("transcripts", {"_id": "s1"}, {"$unset": {"utterances": ""}})
    assert "utterances" not in found


def test_a_child_without_a_key_can_keep_nothing(sealed, raw):
    with pytest.raises(NotFoundError):
        sealed.insert_one("transcripts", {**PART, "_id": "s9", "child_id": "nobody"})
    with pytest.raises(StoreError) as caught:
        sealed.insert_one("transcripts", {"_id": "s9", "utterances": []})
    assert caught.value.code == "store.no-owner"
    assert raw.count("transcripts", {}) == 1


def test_a_destroyed_key_ends_reading(sealed, keyring):
    keyring.destroy("c1")
    with pytest.raises(NotFoundError) as caught:
        sealed.find("transcripts", {})
    assert caught.value.code == "keys.destroyed"
    assert sealed.count("transcripts", {"child_id": "c1"}) == 1  # it can still be counted and deleted
    assert sealed.delete_one("transcripts", {"_id": "s1"})


def moved(raw, to, field):
    value = raw.find_one("transcripts", {"_id": "s1"})["utterances"]
    raw.find_one_and_update("transcripts", {"_id": to}, {"$set": {field: value}})


@pytest.mark.parametrize(("to", "field"), [("s2", "utterances"), ("s1", "headers")])
def test_a_field_in_the_place_of_another_is_found(sealed, raw, to, field):
    sealed.insert_one("transcripts", {**PART, "_id": "s2"})
    moved(raw, to, field)
    with pytest.raises(StoreError) as caught:
        sealed.find_one("transcripts", {"_id": to})
    assert caught.value.code == "store.damaged"
    assert f"{field} of transcripts/{to}" in caught.value.message


@pytest.mark.parametrize("at", [6, 20, -8])
def test_a_changed_field_is_found(sealed, raw, at):
    value = raw.find_one("transcripts", {"_id": "s1"})["utterances"]
    at %= len(value)
    changed = value[:at] + ("A" if value[at] != "A" else "B") + value[at + 1 :]
    raw.find_one_and_update("transcripts", {"_id": "s1"}, {"$set": {"utterances": changed}})
    with pytest.raises(StoreError) as caught:
        sealed.find_one("transcripts", {"_id": "s1"})
    assert caught.value.code == "store.damaged"


def test_something_plain_in_a_sealed_store_is_told(sealed, raw):
    raw.find_one_and_update("transcripts", {"_id": "s1"}, {"$set": {"utterances": []}})
    with pytest.raises(StoreError) as caught:
        sealed.find_one("transcripts", {"_id": "s1"})
    assert caught.value.code == "store.not-sealed"
    assert "sdc keys seal" in caught.value.hint


def test_a_text_that_looks_sealed_is_sealed_like_any_other(sealed):
    sealed.insert_one("transcripts", {**PART, "_id": "s2", "context": "sdc1:AAAA"})
    assert sealed.find_one("transcripts", {"_id": "s2"})["context"] == "sdc1:AAAA"


def test_replacing_what_is_not_there_makes_no_key(sealed, raw):
    assert not sealed.replace_one("children", {"_id": "c9"}, {**CHILD, "_id": "c9"})
    assert raw.find_one(KEYS, {"_id": "c9"}) is None


def test_the_table_names_nothing_sealed_in_an_index():
    for row in COLLECTIONS:
        for index in row.indexes:
            assert not set(index.fields) & set(row.sealed), row.name
        assert row.owner not in row.sealed
        assert row.owner or not (row.sealed or row.blind), row.name
