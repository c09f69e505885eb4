"""The contract of the blob port."""

import hashlib
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from document_stores import MakingKeyring
from fakes.s3_server import KEY_ID, REGION, SECRET
from sdc.errors import NotFoundError, StoreError
from sdc.store.blobs import Blobs, blob_key, bytes_key, sha256_of
from sdc.store.folder import FolderBlobs
from sdc.store.keyring import Keyring
from sdc.store.s3 import Bucket, S3Blobs
from sdc.store.sealed_blobs import SealedBlobs
from sdc.store.sqlite import SqliteDocuments

DATA = bytes(range(256)) * 5000
BIG = 20_000_000
KEY = bytes_key("c1", DATA)


@pytest.fixture(params=["folder", "s3", "sealed"])
def blobs(request, tmp_path) -> Iterator[Blobs]:
    """A blob store of each back end, empty; and a sealed one over a folder."""
    if request.param == "folder":
        yield FolderBlobs(tmp_path / "blobs")
        return
    if request.param == "sealed":
        raw = SqliteDocuments(tmp_path / "keys.sqlite3")
        Keyring.create(raw, bytes(32))
        (tmp_path / "work").mkdir()
        yield SealedBlobs(FolderBlobs(tmp_path / "blobs"), MakingKeyring(raw, bytes(32)), tmp_path / "work")
        raw.close()
        return
    s3 = request.getfixturevalue("s3")
    yield S3Blobs(Bucket(s3.new_bucket(), "some/prefix", s3.url, REGION, KEY_ID, SECRET), wait_s=1)


def files_of(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_keys_name_the_child_and_the_content():
    assert f"c1/{hashlib.sha256(DATA).hexdigest()}" == KEY
    with pytest.raises(StoreError):
        blob_key("..", "x")


def test_bytes_come_back(blobs):
    assert blobs.put_bytes(KEY, DATA)
    assert blobs.get(KEY) == DATA
    assert blobs.size(KEY) == len(DATA)


def test_a_file_is_copied(blobs, tmp_path):
    path = tmp_path / "visit.wav"
    path.write_bytes(DATA)
    assert blobs.put_file(KEY, path)
    path.write_bytes(b"changed afterwards")
    assert blobs.get(KEY) == DATA


def test_what_is_there_is_not_written_again(blobs, tmp_path):
    path = tmp_path / "other"
    path.write_bytes(b"other")
    assert blobs.put_bytes(KEY, DATA)
    assert not blobs.put_bytes(KEY, b"other")
    assert not blobs.put_file(KEY, path)
    assert blobs.get(KEY) == DATA


@pytest.mark.parametrize("start", [0, 250, len(DATA) - 3, len(DATA), len(DATA) + 9])
@pytest.mark.parametrize("length", [0, 1, 20, len(DATA)])
def test_ranges(blobs, start, length):
    blobs.put_bytes(KEY, DATA)
    assert blobs.get_range(KEY, start, length) == DATA[start : start + length]


def test_an_empty_blob(blobs):
    assert blobs.put_bytes(KEY, b"")
    assert blobs.get(KEY) == b""
    assert blobs.get_range(KEY, 0, 5) == b""
    assert blobs.size(KEY) == 0


def test_a_missing_blob(blobs):
    assert blobs.size(KEY) is None
    assert blobs.local_path(KEY) is None
    assert not blobs.delete(KEY)
    with pytest.raises(NotFoundError):
        blobs.get(KEY)
    with pytest.raises(NotFoundError):
        blobs.get_range(KEY, 0, 1)


def test_a_deleted_blob_is_gone_and_can_come_back(blobs):
    blobs.put_bytes(KEY, DATA)
    assert blobs.delete(KEY)
    assert blobs.size(KEY) is None
    assert list(blobs.keys()) == []
    assert blobs.put_bytes(KEY, DATA)


def test_keys_by_prefix(blobs):
    keys = [f"{child}/{name}" for child in ("c1", "c10", "c2") for name in ("aa", "ab", "b")]
    for key in keys:
        blobs.put_bytes(key, b"x")
    assert sorted(blobs.keys()) == sorted(keys)
    assert sorted(blobs.keys("c1/")) == ["c1/aa", "c1/ab", "c1/b"]
    assert sorted(blobs.keys("c1/a")) == ["c1/aa", "c1/ab"]
    assert sorted(blobs.keys("c1")) == sorted(k for k in keys if k.startswith("c1"))
    assert list(blobs.keys("c3/")) == []


@pytest.mark.parametrize(
    "key", ["", "..", "../../etc/passwd", "/etc/passwd", "c1/../c2", "c1//x", "c1/.part-x", "c1/x\n"]
)
def test_what_cannot_be_a_key_is_refused(blobs, key):
    for call in (blobs.size, blobs.get, blobs.delete, blobs.local_path, lambda k: blobs.put_bytes(k, b"x")):
        with pytest.raises(StoreError) as caught:
            call(key)
        assert caught.value.code == "store.key"


def test_a_large_file_in_pieces(blobs, tmp_path):
    path = tmp_path / "long.wav"
    path.write_bytes(random.Random(5).randbytes(BIG))
    assert blobs.put_file(KEY, path)
    assert not blobs.put_file(KEY, path)
    assert blobs.size(KEY) == BIG
    found = hashlib.sha256()
    for start in range(0, BIG, 3_000_000):
        found.update(blobs.get_range(KEY, start, 3_000_000))
    assert found.hexdigest() == sha256_of(path)


def test_of_many_writers_of_a_key_one_writes_it(blobs):
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: blobs.put_bytes(KEY, DATA), range(8)))
    assert made.count(True) == 1
    assert blobs.get(KEY) == DATA


def test_more_keys_than_a_page_holds(s3):
    bucket = s3.new_bucket()
    s3.fill(bucket, [f"c1/{number:04}" for number in range(1001)])
    blobs = S3Blobs(Bucket(bucket, "", s3.url, REGION, KEY_ID, SECRET))
    assert len(set(blobs.keys("c1/"))) == 1001


# The folder alone


@pytest.fixture
def folder(tmp_path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")


def test_the_folder_lends_its_files(folder, tmp_path):
    folder.put_bytes(KEY, DATA)
    assert folder.local_path(KEY).read_bytes() == DATA
    assert folder.presigned(KEY, 60) is None
    assert files_of(tmp_path / "blobs") == [tmp_path / "blobs" / KEY]


def test_the_folder_of_a_child_goes_with_its_last_blob(folder, tmp_path):
    folder.put_bytes(KEY, DATA)
    folder.put_bytes("c1/b", b"x")
    folder.delete("c1/b")
    assert folder.get(KEY) == DATA
    folder.delete(KEY)
    assert list((tmp_path / "blobs").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(folder, tmp_path):
    (tmp_path / "blobs").rmdir()
    with pytest.raises(StoreError) as caught:
        folder.put_bytes(KEY, DATA)
    assert caught.value.code == "store.blob"


def test_what_a_kill_left_behind_is_swept_a_day_later(folder, tmp_path):
    old, new = (tmp_path / "blobs" / f".part-{name}" for name in ("old", "new"))
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    folder.put_bytes(KEY, b"whole")
    again = FolderBlobs(tmp_path / "blobs")
    assert not old.exists()
    assert new.exists()
    assert list(again.keys()) == [KEY]
