"""Files on their way in: how they survive, what they are checked for."""

import errno
import hashlib
import os
import threading
from collections.abc import Iterator

import pytest

from sdc.errors import ConflictError, InputError, NotFoundError, StoreError
from sdc.store.folder import FolderBlobs
from sdc.store.incoming import Incoming
from sdc.store.repository import Repository
from sdc.store.spool import ABANDONED_S, OffsetError, Spool
from sdc.store.sqlite import SqliteDocuments

DATA = bytes(range(256)) * 40


@pytest.fixture
def repository(tmp_path) -> Iterator[Repository]:
    documents = SqliteDocuments(tmp_path / "sdc.sqlite3")
    yield Repository(documents, FolderBlobs(tmp_path / "blobs"))
    documents.close()


@pytest.fixture
def spool(tmp_path) -> Spool:
    return Spool(tmp_path / "spool")


@pytest.fixture
def incoming(repository, spool) -> Incoming:
    return Incoming(repository, spool, 1_000_000)


@pytest.fixture
def child(repository) -> str:
    return repository.add_child("Mia").id


def send(incoming: Incoming, upload_id: str, offset: int, data: bytes) -> None:
    with incoming.append(upload_id, offset) as receiver:
        receiver.write(data)


def files_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_pieces_make_an_upload(incoming, repository, child, tmp_path):
    begun = incoming.begin(child, "Visit 1.CHA", len(DATA))
    assert (begun.offset, begun.size, begun.upload) == (0, len(DATA), None)
    for start in range(0, len(DATA), 3000):
        assert incoming.progress(begun.id).offset == start
        assert incoming.finish(begun.id).upload is None
        send(incoming, begun.id, start, DATA[start : start + 3000])
    done = incoming.finish(begun.id)
    assert done.upload == repository.upload(begun.id)
    assert done.upload.sha256 == hashlib.sha256(DATA).hexdigest()
    assert repository.blobs.get(done.upload.key) == DATA
    assert incoming.progress(begun.id) == incoming.finish(begun.id) == done
    for call in (lambda: send(incoming, begun.id, len(DATA), b""), lambda: incoming.forget(begun.id)):
        with pytest.raises(ConflictError) as caught:
            call()
        assert caught.value.code == "upload.whole"
    assert files_in(tmp_path / "spool") == []


def test_a_file_goes_on_after_a_restart(incoming, repository, child, tmp_path):
    begun = incoming.begin(child, "visit.cha", len(DATA), hashlib.sha256(DATA).hexdigest())
    send(incoming, begun.id, 0, DATA[:5000])
    again = Incoming(repository, Spool(tmp_path / "spool"), 1_000_000)
    assert again.progress(begun.id).offset == 5000
    send(again, begun.id, 5000, DATA[5000:])
    third = Incoming(repository, Spool(tmp_path / "spool"), 1_000_000)  # whole, but not kept yet
    assert repository.blobs.get(third.finish(begun.id).upload.key) == DATA


def test_a_piece_at_another_place_is_refused_with_the_right_one(incoming, child):
    begun = incoming.begin(child, "visit.cha", len(DATA))
    send(incoming, begun.id, 0, DATA[:100])
    for offset in (0, 99, 101):
        with pytest.raises(OffsetError) as caught:
            send(incoming, begun.id, offset, DATA[100:])
        assert caught.value.offset == 100
    assert incoming.progress(begun.id).offset == 100


def test_what_came_before_a_break_stays(incoming, child):
    begun = incoming.begin(child, "visit.cha", len(DATA))
    with pytest.raises(RuntimeError), incoming.append(begun.id, 0) as receiver:
        receiver.write(DATA[:700])
        raise RuntimeError
    assert incoming.progress(begun.id).offset == 700


def test_the_newest_connection_has_the_file(incoming, repository, child):
    begun = incoming.begin(child, "visit.cha", len(DATA))
    with incoming.append(begun.id, 0) as stale:
        stale.write(DATA[:100])
        with incoming.append(begun.id, 100) as fresh:
            fresh.write(DATA[100:200])
            with pytest.raises(InputError) as caught:
                stale.write(b"late")
            fresh.write(DATA[200:])
    assert caught.value.code == "upload.taken-over"
    assert repository.blobs.get(incoming.finish(begun.id).upload.key) == DATA


def test_of_two_connections_at_once_one_writes(incoming, repository, child):
    begun = incoming.begin(child, "visit.cha", len(DATA))
    results = []

    def work():
        try:
            send(incoming, begun.id, 0, DATA)
            results.append("written")
        except (OffsetError, InputError) as error:
            results.append(error.code)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("written") == 1
    assert repository.blobs.get(incoming.finish(begun.id).upload.key) == DATA


@pytest.mark.parametrize("announced", [True, False])
def test_other_bytes_than_were_sent_are_found(incoming, repository, child, announced):
    wanted = hashlib.sha256(DATA).hexdigest()
    begun = incoming.begin(child, "visit.cha", len(DATA), wanted if announced else None)
    send(incoming, begun.id, 0, DATA[:-1] + b"?")
    with pytest.raises(InputError) as caught:
        incoming.finish(begun.id, None if announced else wanted.upper())
    assert caught.value.code == "upload.sum"
    assert list(repository.blobs.keys()) == []
    with pytest.raises(NotFoundError):
        incoming.progress(begun.id)


def test_the_same_file_twice_is_one_recording(incoming, repository, child):
    keys = set()
    for name in ("visit.cha", "copy.cha"):
        begun = incoming.begin(child, name, len(DATA))
        send(incoming, begun.id, 0, DATA)
        keys.add(incoming.finish(begun.id).upload.key)
    assert len(keys) == 1
    assert set(repository.blobs.keys()) == keys


def test_limits(incoming, child, tmp_path):
    for name, size, code in (
        ("x.wav", 1_000_001, "upload.too-large"),
        ("x.wav", 0, "upload.empty"),
        ("x.exe", 5, "upload.kind"),
    ):
        with pytest.raises(InputError) as caught:
            incoming.begin(child, name, size)
        assert caught.value.code == code
    with pytest.raises(NotFoundError):
        incoming.begin("nobody", "x.wav", 5)
    assert files_in(tmp_path / "spool") == []
    begun = incoming.begin(child, "x.wav", 5)
    with pytest.raises(InputError) as caught:
        send(incoming, begun.id, 0, b"123456")
    assert caught.value.code == "upload.size"
    unknown = incoming.begin(child, "x.wav")
    with pytest.raises(InputError) as caught:
        send(incoming, unknown.id, 0, b"1" * 1_000_001)
    assert caught.value.code == "upload.too-large"
    with pytest.raises(InputError) as caught:
        incoming.finish(unknown.id)
    assert caught.value.code == "upload.empty"


@pytest.mark.parametrize("identity", ["", "..", "../sdc", "u/../x", "none", "u\0"])
def test_unknown_uploads(incoming, identity):
    for call in (incoming.progress, incoming.finish, incoming.forget):
        with pytest.raises(NotFoundError):
            call(identity)


def test_a_full_disk_is_told_and_what_came_is_kept(incoming, repository, child, monkeypatch):
    begun = incoming.begin(child, "visit.cha", len(DATA))
    send(incoming, begun.id, 0, DATA[:100])
    write = os.write

    def nearly_full(descriptor, data):
        if os.fstat(descriptor).st_size >= 150:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data[: 150 - os.fstat(descriptor).st_size])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", nearly_full)
        with pytest.raises(StoreError) as caught:
            send(incoming, begun.id, 100, DATA[100:])
    assert caught.value.code == "store.full"
    assert incoming.progress(begun.id).offset == 150
    send(incoming, begun.id, 150, DATA[150:])
    assert repository.blobs.get(incoming.finish(begun.id).upload.key) == DATA


def test_what_nobody_goes_on_with_is_swept_after_a_day(incoming, spool, child, tmp_path):
    old, new = (incoming.begin(child, "visit.cha", 10).id for _ in range(2))
    os.utime(tmp_path / "spool" / f"{old}.part", (0, 0))
    os.utime(tmp_path / "spool" / f"{new}.json", (0, 0))  # announced long ago, added to just now
    Spool(tmp_path / "spool")
    assert files_in(tmp_path / "spool") == sorted([f"{new}.json", f"{new}.part"])
    assert ABANDONED_S == 24 * 3600


def test_a_childs_files_are_found_and_forgotten(incoming, spool, repository, child, tmp_path):
    begun = incoming.begin(child, "visit.cha", 10)
    other = incoming.begin(repository.add_child("Ben").id, "visit.cha", 10)
    assert [s.id for s in spool.of_child(child)] == [begun.id]
    assert spool.remove_child(child) == 1
    assert spool.of_child(child) == []
    assert incoming.progress(other.id).offset == 0
    incoming.forget(other.id)
    assert files_in(tmp_path / "spool") == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_the_owner_reads_the_spool(incoming, child, tmp_path):
    incoming.begin(child, "visit.cha", 10)
    assert (tmp_path / "spool").stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "spool").iterdir()} == {0o600}
