"""A store of an earlier version is brought forward, whatever interrupts it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from document_stores import ATOMIC, PLAIN, STORES
from sdc.store.collections import COLLECTIONS, collection
from sdc.store.documents import Documents
from sdc.store.migrations import MIGRATIONS
from sdc.store.schema import SCHEMA_VERSION, prepare

WRITES = ("insert_one", "replace_one", "find_one_and_update", "delete_one", "create_index")


class Killed(BaseException):
    """The process ends here."""


class Mortal:
    """A document store whose process dies before its n-th write."""

    def __init__(self, inner: Documents, writes: int) -> None:
        self._inner, self._left = inner, writes

    def __getattr__(self, name):
        if name in WRITES:
            self._left -= 1
            if self._left < 0:
                raise Killed
        return getattr(self._inner, name)


def fill_version_1(documents):
    documents.insert_one("meta", {"_id": "schema", "version": 1})
    for number in range(3):
        identity = f"s{number}"
        documents.insert_one("sessions", {"_id": identity, "child_id": f"c{number % 2}", "recording": None})
        documents.insert_one("transcripts", {"_id": identity, "utterances": [number]})
        documents.insert_one("analyses", {"_id": identity, "speakers": {}})
        documents.insert_one("insights", {"_id": identity, "insights": []})
    documents.insert_one("transcripts", {"_id": "cut-off", "utterances": []})


def check_version_2(documents):
    assert documents.find_one("meta", {"_id": "schema"})["version"] == SCHEMA_VERSION
    for name in ("transcripts", "analyses", "insights"):
        assert [(d["_id"], d["child_id"]) for d in documents.find(name, {})] == [
            ("s0", "c0"),
            ("s1", "c1"),
            ("s2", "c0"),
        ]
    assert [d["utterances"] for d in documents.find("transcripts", {})] == [[0], [1], [2]]


def test_a_new_store_has_the_newest_version(documents, blobs):
    prepare(documents, blobs)
    prepare(documents, blobs)
    assert documents.find("meta", {}) == [{"_id": "schema", "version": SCHEMA_VERSION}]


def test_every_version_has_its_steps():
    assert sorted(MIGRATIONS) == list(range(2, SCHEMA_VERSION + 1))


@pytest.mark.parametrize("documents", PLAIN, indirect=True)
def test_a_store_of_version_1_is_brought_forward(documents, blobs):
    fill_version_1(documents)
    prepare(documents, blobs)
    check_version_2(documents)


@pytest.mark.parametrize("name", ["sqlite", "wire"])
def test_a_kill_before_any_write_does_no_harm(wire, blobs, name):
    for writes in range(60):
        with STORES[name](wire) as documents:
            fill_version_1(documents)
            with pytest.raises(Killed):
                prepare(Mortal(documents, writes), blobs)
            reached = documents.find_one("meta", {"_id": "schema"})["version"]
            prepare(documents, blobs)
            check_version_2(documents)
            if reached == SCHEMA_VERSION:  # only indexes were left
                assert writes == 11  # ten parts and the version
                return
    pytest.fail("it never came to its end")


@pytest.mark.parametrize("documents", [name for name in ATOMIC if name in PLAIN], indirect=True)
def test_two_that_begin_at_once_do_no_harm(documents, blobs):
    fill_version_1(documents)
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(prepare, documents, blobs) for _ in range(4)]:
            done.result()
    check_version_2(documents)


def test_the_indexes_of_the_table_are_made(documents, blobs):
    prepare(documents, blobs)
    documents.insert_one("children", {"_id": "c1", "name_key": "mia"})
    with pytest.raises(Exception, match="holds this already"):
        documents.insert_one("children", {"_id": "c2", "name_key": "mia"})


def test_the_table_names_each_collection_once_and_seals_no_key():
    names = [row.name for row in COLLECTIONS]
    assert len(names) == len(set(names))
    for row in COLLECTIONS:
        assert collection(row.name) is row
        plain = {row.owner, "_id", *(field for index in row.indexes for field in index.fields)}
        assert not plain & set(row.sealed), row.name
        assert not set(row.sealed) & set(row.blind), row.name
