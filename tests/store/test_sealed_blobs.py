"""Sealed blobs: what comes back, what cannot be seen, and every kind of damage is found."""

import hashlib
import os
import tracemalloc

import pytest

from sdc.errors import NotFoundError, StoreError
from sdc.store.folder import FolderBlobs
from sdc.store.keyring import Keyring
from sdc.store.sealed_blobs import SealedBlobs
from sdc.store.sealed_format import CHUNK_BYTES, HEADER_BYTES, SEALED_CHUNK_BYTES
from sdc.store.sqlite import SqliteDocuments

DATA = bytes(range(256)) * 1000 + b"the end"  # four chunks, the last one short


def key_for(data, child="c1"):
    return f"{child}/{hashlib.sha256(data).hexdigest()}"


KEY = key_for(DATA)


@pytest.fixture
def keyring(tmp_path):
    raw = SqliteDocuments(tmp_path / "raw.sqlite3")
    keyring = Keyring.create(raw, bytes(32))
    for child in ("c1", "c2"):
        keyring.make(child)
    yield keyring
    raw.close()


@pytest.fixture
def inner(tmp_path):
    return FolderBlobs(tmp_path / "blobs")


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def sealed(inner, keyring, work):
    return SealedBlobs(inner, keyring, work)


def change(inner, sealed, key, changed):
    """Put other bytes in the place of a sealed blob."""
    address = sealed.address(key)
    raw = inner.get(address)
    inner.delete(address)
    inner.put_bytes(address, changed(raw))


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_every_length_comes_back(sealed, inner, size):
    data = os.urandom(size)
    key = key_for(data)
    assert sealed.put_bytes(key, data)
    assert sealed.get(key) == data
    assert sealed.size(key) == size
    assert list(sealed.keys()) == [key]
    assert inner.size(sealed.address(key)) == size + HEADER_BYTES + 16 * max(1, -(-size // CHUNK_BYTES))


@pytest.mark.parametrize(
    ("start", "length"),
    [(0, 10), (CHUNK_BYTES - 1, 2), (CHUNK_BYTES, CHUNK_BYTES), (5, 200_000), (len(DATA) - 3, 10), (len(DATA), 5)],
)
def test_ranges(sealed, start, length):
    sealed.put_bytes(KEY, DATA)
    assert sealed.get_range(KEY, start, length) == DATA[start : start + length]


def test_a_range_reads_only_its_chunks(sealed, inner, monkeypatch):
    sealed.put_bytes(KEY, DATA)
    read, asked = inner.get_range, []
    monkeypatch.setattr(inner, "get_range", lambda key, start, n: asked.append((start, n)) or read(key, start, n))
    sealed.get_range(KEY, CHUNK_BYTES + 5, 10)
    assert asked == [(0, HEADER_BYTES), (HEADER_BYTES + SEALED_CHUNK_BYTES, SEALED_CHUNK_BYTES)]
    asked.clear()
    sealed.get_range(KEY, 5, 10)  # the header is known by now
    assert asked == [(HEADER_BYTES, SEALED_CHUNK_BYTES)]


def test_a_blob_is_written_once_and_can_be_deleted(sealed, inner):
    assert sealed.put_bytes(KEY, DATA)
    before = inner.get(sealed.address(KEY))
    assert not sealed.put_bytes(KEY, DATA)
    assert inner.get(sealed.address(KEY)) == before
    assert sealed.delete(KEY)
    assert not sealed.delete(KEY)
    assert sealed.size(KEY) is None
    with pytest.raises(NotFoundError):
        sealed.get(KEY)


def test_nothing_of_content_or_name_shows(sealed, inner, work, tmp_path):
    sealed.put_bytes(KEY, DATA)
    everything = b"".join(p.read_bytes() + str(p).encode() for p in (tmp_path / "blobs").rglob("*") if p.is_file())
    assert b"the end" not in everything
    assert DATA[:16] not in everything
    assert KEY.partition("/")[2].encode() not in everything
    assert list(work.iterdir()) == []
    assert sealed.local_path(KEY) is None
    assert sealed.presigned(KEY, 60) is None


def test_the_same_content_of_two_children_looks_different(sealed, inner):
    for child in ("c1", "c2"):
        sealed.put_bytes(key_for(DATA, child), DATA)
    first, second = (sealed.address(key_for(DATA, child)) for child in ("c1", "c2"))
    assert first.partition("/")[2] != second.partition("/")[2]
    assert inner.get(first)[HEADER_BYTES:] != inner.get(second)[HEADER_BYTES:]
    assert list(sealed.keys("c2/")) == [key_for(DATA, "c2")]
    assert sorted(sealed.keys()) == [key_for(DATA, "c1"), key_for(DATA, "c2")]


def swapped(raw):
    first, second = HEADER_BYTES, HEADER_BYTES + SEALED_CHUNK_BYTES
    return (
        raw[:first] + raw[second : second + SEALED_CHUNK_BYTES] + raw[first:second] + raw[second + SEALED_CHUNK_BYTES :]
    )


def flipped(at):
    def change(raw):
        place = at % len(raw)
        return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]

    return change


DAMAGE = {
    "cut by a byte": lambda raw: raw[:-1],
    "cut at a chunk": lambda raw: raw[: HEADER_BYTES + SEALED_CHUNK_BYTES],
    "cut to the header": lambda raw: raw[:HEADER_BYTES],
    "cut in the header": lambda raw: raw[:20],
    "emptied": lambda raw: b"",
    "longer": lambda raw: raw + b"x",
    "a chunk twice": lambda raw: raw + raw[-23:],
    "chunks swapped": swapped,
    "another magic": lambda raw: b"SDCSEAL2" + raw[8:],
    "another size": lambda raw: raw[:15] + b"\xff" + raw[16:],
    **{f"bit of byte {at}": flipped(at) for at in (0, 9, 17, 23, 25, 40, 170, HEADER_BYTES, 70_000, -20, -1)},
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found(sealed, inner, damage):
    sealed.put_bytes(KEY, DATA)
    change(inner, sealed, KEY, DAMAGE[damage])
    with pytest.raises(StoreError) as caught:
        sealed.get(KEY)
    assert caught.value.code == "store.damaged"


def test_the_last_chunk_cannot_be_passed_off_as_another_end(sealed, inner):
    """A file that was cut at a chunk, with a header that is made to fit, is still found."""
    sealed.put_bytes(KEY, DATA)

    def shorter(raw):
        return raw[:8] + (2 * CHUNK_BYTES).to_bytes(8, "big") + raw[16 : HEADER_BYTES + 2 * SEALED_CHUNK_BYTES]

    change(inner, sealed, KEY, shorter)
    with pytest.raises(StoreError):
        sealed.get(KEY)
    with pytest.raises(StoreError):
        sealed.size(KEY)


@pytest.mark.parametrize("other", [key_for(DATA[:-1]), key_for(DATA, "c2")])
def test_a_file_in_the_place_of_another_is_found(sealed, inner, other):
    sealed.put_bytes(KEY, DATA)
    content = DATA[:-1] if other.startswith("c1") else DATA
    sealed.put_bytes(other, content)
    moved = inner.get(sealed.address(other))
    change(inner, sealed, KEY, lambda raw: moved)
    for ask in (sealed.get, sealed.size, lambda key: list(sealed.keys())):
        with pytest.raises(StoreError) as caught:
            ask(KEY)
        assert caught.value.code == "store.damaged"


def test_a_blob_that_was_cut_has_no_size(sealed, inner):
    sealed.put_bytes(KEY, DATA)
    change(inner, sealed, KEY, lambda raw: raw[:-1])
    with pytest.raises(StoreError):
        sealed.size(KEY)


def test_damage_after_the_header_was_read_is_found(sealed, inner):
    sealed.put_bytes(KEY, DATA)
    sealed.get_range(KEY, 0, 10)
    change(inner, sealed, KEY, lambda raw: raw[: HEADER_BYTES + SEALED_CHUNK_BYTES - 5])
    for start in (0, CHUNK_BYTES):
        with pytest.raises(StoreError):
            sealed.get_range(KEY, start, 10)
    assert sealed.delete(KEY)
    with pytest.raises(NotFoundError):
        sealed.get_range(KEY, 0, 10)


def test_a_destroyed_key_leaves_nothing_to_read(sealed, inner, keyring):
    sealed.put_bytes(KEY, DATA)
    sealed.get_range(KEY, 0, 10)
    keyring.destroy("c1")
    with pytest.raises(NotFoundError):
        sealed.get_range(KEY, 0, 10)
    keyring.make("c1")  # a new key does not open what the old one sealed
    assert sealed.size(KEY) is None
    with pytest.raises(StoreError):
        list(sealed.keys("c1/"))


def test_a_file_goes_through_in_constant_memory(sealed, tmp_path):
    path = tmp_path / "long.wav"
    block = os.urandom(1 << 20)
    with path.open("wb") as file:
        for _ in range(24):
            file.write(block)
    key = "c1/" + hashlib.sha256(path.read_bytes()).hexdigest()
    tracemalloc.start()
    sealed.put_file(key, path)
    for start in range(0, 24 << 20, 1 << 20):
        assert sealed.get_range(key, start, 1 << 20) == block
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_a_file_that_changes_meanwhile_is_refused(sealed, inner, tmp_path, work):
    path = tmp_path / "growing.wav"
    path.write_bytes(DATA)
    real = path.stat

    class Shorter:
        open = staticmethod(path.open)

        @staticmethod
        def stat():
            size = real().st_size - 1
            return type("Stat", (), {"st_size": size})

    with pytest.raises(StoreError) as caught:
        sealed.put_file(KEY, Shorter)
    assert caught.value.code == "store.changed"
    assert list(inner.keys()) == list(work.iterdir()) == []


@pytest.mark.parametrize("key", ["", "c1", "/x", "c1/" + "x" * 96])
def test_strange_keys_are_refused(sealed, key):
    with pytest.raises(StoreError):
        sealed.put_bytes(key, b"x")
