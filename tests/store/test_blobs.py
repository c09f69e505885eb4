"""The contract of the blob port."""

import hashlib
import os

import pytest

from sdc.errors import NotFoundError, StoreError
from sdc.store.blobs import ObstoreBlobs

DATA = bytes(range(256)) * 5000
KEY = hashlib.sha256(DATA).hexdigest()


def files_of(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_come_back(blobs):
    assert blobs.put_bytes(DATA) == KEY
    assert blobs.get(KEY) == DATA
    assert blobs.size(KEY) == len(DATA)
    assert blobs.local_path(KEY).read_bytes() == DATA


def test_a_file_is_copied(blobs, tmp_path):
    path = tmp_path / "visit.wav"
    path.write_bytes(DATA)
    assert blobs.put_file(path) == KEY
    path.write_bytes(b"changed afterwards")
    assert blobs.get(KEY) == DATA


def test_nothing_is_stored_before_commit(blobs, tmp_path):
    with blobs.writer() as writer:
        writer.write(DATA)
    assert blobs.size(KEY) is None
    with pytest.raises(RuntimeError), blobs.writer() as writer:
        writer.write(DATA)
        raise RuntimeError
    assert files_of(tmp_path / "blobs") == []


def test_pieces_make_one_blob(blobs, tmp_path):
    with blobs.writer() as writer:
        for start in range(0, len(DATA), 7777):
            writer.write(DATA[start : start + 7777])
        assert writer.commit() == KEY
    assert blobs.get(KEY) == DATA
    assert len(files_of(tmp_path / "blobs")) == 1


def test_the_same_content_twice_is_one_blob(blobs, tmp_path):
    blobs.put_bytes(DATA)
    before = blobs.local_path(KEY).stat().st_ino
    assert blobs.put_bytes(DATA) == KEY
    assert blobs.local_path(KEY).stat().st_ino == before
    assert len(files_of(tmp_path / "blobs")) == 1


@pytest.mark.parametrize(("start", "length"), [(0, 10), (250, 20), (len(DATA) - 3, 10), (len(DATA), 5), (0, len(DATA))])
def test_ranges(blobs, start, length):
    blobs.put_bytes(DATA)
    assert blobs.get_range(KEY, start, length) == DATA[start : start + length]


def test_an_empty_blob(blobs):
    key = blobs.put_bytes(b"")
    assert blobs.get(key) == b""
    assert blobs.size(key) == 0


def test_a_missing_blob(blobs):
    assert blobs.size(KEY) is None
    assert blobs.local_path(KEY) is None
    with pytest.raises(NotFoundError):
        blobs.get(KEY)
    with pytest.raises(NotFoundError):
        blobs.get_range(KEY, 0, 1)


@pytest.mark.parametrize("key", ["", "..", "../../etc/passwd", KEY.upper(), KEY[:-1], KEY + "/x"])
def test_keys_are_sums_and_nothing_else(blobs, key):
    with pytest.raises(StoreError):
        blobs.size(key)


def test_a_folder_that_cannot_be_written_is_told(blobs, tmp_path):
    (tmp_path / "blobs").rmdir()
    with pytest.raises(StoreError) as caught:
        blobs.put_bytes(DATA)
    assert caught.value.code == "store.blob"


def test_what_a_kill_left_behind_is_swept_a_day_later(blobs, tmp_path):
    old, new = (tmp_path / "blobs" / f".part-{name}" for name in ("old", "new"))
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    key = blobs.put_bytes(b"whole")
    again = ObstoreBlobs(tmp_path / "blobs")
    assert not old.exists()
    assert new.exists()
    assert again.get(key) == b"whole"
