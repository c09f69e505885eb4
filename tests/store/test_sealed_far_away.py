"""Sealing and erasing where documents lie in MongoDB (its wire) and blobs in S3 (moto)."""

import json

import pytest

from document_stores import STORES
from fakes.s3_server import KEY_ID, REGION, SECRET
from sdc.errors import StoreError
from sdc.store.collections import COLLECTIONS
from sdc.store.erasure import Erasure
from sdc.store.opening import open_store
from sdc.store.repository import Repository
from sdc.store.s3 import Bucket, S3Blobs
from sdc.store.sealing import seal_store

KEY = bytes(range(32))
WORDS = b"zebrafinch" * 20_000


@pytest.fixture
def ends(wire, s3, tmp_path):
    """Both back ends, empty, and a folder for files in work."""
    blobs = S3Blobs(Bucket(s3.new_bucket(), "some/prefix", s3.url, REGION, KEY_ID, SECRET), wait_s=1)
    with STORES["wire"](wire) as documents:
        yield documents, blobs, tmp_path


def fill(store, tmp_path):
    path = tmp_path / "zebrafinch.wav"
    path.write_bytes(WORDS)
    repository = Repository(store.documents, store.blobs, tmp_path)
    child = repository.add_child("Mathilda")
    return repository, child, repository.upload_file(child.id, path)


def everything(documents, blobs):
    """What the back ends hold, as bytes."""
    texts = [json.dumps(documents.find(row.name, {})).encode() for row in COLLECTIONS]
    return b"".join([*texts, *(key.encode() + blobs.get(key) for key in blobs.keys(""))])


def test_a_sealed_store_shows_nothing_and_gives_all_back(ends):
    documents, blobs, work = ends
    repository, child, upload = fill(open_store(documents, blobs, KEY, work), work)
    raw = everything(documents, blobs)
    assert child.id.encode() in raw
    for word in (b"zebrafinch", b"Mathilda", b"mathilda", upload.sha256.encode()):
        assert word not in raw
    assert repository.find_child("mathilda") == child
    assert repository.blobs.get_range(upload.key, 70_000, 10) == WORDS[70_000:70_010]
    with repository.lend(upload.key) as path:
        assert path.read_bytes() == WORDS
    with pytest.raises(StoreError) as caught:
        open_store(documents, blobs, None, work)
    assert caught.value.code == "keys.needed"


def test_a_plain_store_is_sealed(ends):
    documents, blobs, work = ends
    _, child, upload = fill(open_store(documents, blobs, None, work), work)
    assert b"zebrafinch" in everything(documents, blobs)
    seal_store(documents, blobs, KEY, work)
    assert b"zebrafinch" not in everything(documents, blobs)
    store = open_store(documents, blobs, KEY, work)
    assert Repository(store.documents, store.blobs, work).children() == [child]
    assert store.blobs.get(upload.key) == WORDS


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])
def test_a_child_is_erased(ends, key, tmp_path):
    documents, blobs, work = ends
    store = open_store(documents, blobs, key, work)
    _, child, _ = fill(store, work)
    home = tmp_path / "home"
    home.mkdir()
    forget = store.keyring.destroy if store.keyring else None
    erased = Erasure(documents, blobs, home, store.documents, forget).erase(child.id, names=["Mathilda"])
    assert erased.traces == ()
    assert not erased.is_scrubbed  # MongoDB promises nothing of its journal, and it is told
    assert child.id.encode() not in everything(documents, blobs)
    assert list(blobs.keys("")) == []
