"""What only the embedded documents promise: many threads, many processes, a clear error for a bad file."""

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import threading

import pytest

from sdc.errors import ConflictError, StoreError
from sdc.store.sqlite import SqliteDocuments


def count_up(path, times):
    store = SqliteDocuments(path)
    for _ in range(times):
        store.find_one_and_update("counters", {"_id": "n"}, {"$inc": {"value": 1}})
    store.close()


def test_threads_lose_no_update(tmp_path):
    store = SqliteDocuments(tmp_path / "s.sqlite3")
    store.insert_one("counters", {"_id": "n", "value": 0})

    def work():
        for _ in range(25):
            store.find_one_and_update("counters", {"_id": "n"}, {"$inc": {"value": 1}})

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.find_one("counters", {"_id": "n"}) == {"_id": "n", "value": 200}
    store.close()


def test_processes_lose_no_update(tmp_path):
    path = tmp_path / "s.sqlite3"
    store = SqliteDocuments(path)
    store.insert_one("counters", {"_id": "n", "value": 0})
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=count_up, args=(path, 25)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert store.find_one("counters", {"_id": "n"}) == {"_id": "n", "value": 50}
    store.close()


def test_one_insert_of_many_wins(tmp_path):
    store = SqliteDocuments(tmp_path / "s.sqlite3")
    won = []

    def work(name):
        try:
            store.insert_one("things", {"_id": "same", "by": name})
            won.append(name)
        except ConflictError:
            pass

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert store.find_one("things", {"_id": "same"})["by"] == won[0]
    store.close()


def test_writes_are_forced_to_disk(tmp_path):
    store = SqliteDocuments(tmp_path / "s.sqlite3")
    with store._connection() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()


def test_an_index_is_used(tmp_path):
    store = SqliteDocuments(tmp_path / "s.sqlite3")
    store.create_index("jobs", ["state", "at.ms"])
    with store._connection() as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT body FROM jobs WHERE json_extract(body, '$.\"state\"') IS 'queued'"
        ).fetchall()
    assert "ix_jobs_state_at_ms" in str(plan)
    store.close()


def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "s.sqlite3"
    path.write_bytes(b"this is not a database" * 100)
    with pytest.raises(StoreError) as caught:
        SqliteDocuments(path)
    assert caught.value.code == "store.sqlite"
    assert isinstance(caught.value.__cause__, sqlite3.Error)


GROWS = """
import resource, sys
from pathlib import Path
from sdc.errors import StoreError
from sdc.store.folder import FolderBlobs
from sdc.store.sqlite import SqliteDocuments

home = Path(sys.argv[1])
store, blobs = SqliteDocuments(home / "s.sqlite3"), FolderBlobs(home / "blobs")
(home / "long").write_bytes(bytes(300_000))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for grow in (
    lambda: [store.insert_one("things", {"_id": str(n), "text": "x" * 20_000}) for n in range(50)],
    lambda: blobs.put_file("a", home / "long"),
):
    try:
        grow()
    except StoreError as error:
        print(error.code, error.message)
print(len(store.find("things", {})) > 2)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of the size of a file are set with POSIX")
def test_a_limit_of_the_size_of_files_is_told_as_no_room(tmp_path):
    run = subprocess.run([sys.executable, "-c", GROWS, tmp_path], capture_output=True, text=True, check=True)
    told = "has the largest size that is allowed here."
    assert [line.partition(" ")[0] for line in run.stdout.splitlines()] == ["store.full", "store.full", "True"]
    assert run.stdout.count(told) == 2


def test_a_write_that_fails_with_room_enough_is_no_full_disk(tmp_path):
    store = SqliteDocuments(tmp_path / "s.sqlite3")
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    with pytest.raises(StoreError) as caught, store._connection():
        raise error
    assert caught.value.code == "store.sqlite"
    assert {path.name for path in tmp_path.iterdir()} <= {"s.sqlite3", "s.sqlite3-shm", "s.sqlite3-wal"}
    store.close()


def test_a_closed_store_says_so(tmp_path):
    store = SqliteDocuments(tmp_path / "s.sqlite3")
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.find("things", {})


def test_what_goes_together_is_one_transaction(tmp_path):
    store, other = SqliteDocuments(tmp_path / "s.sqlite3"), SqliteDocuments(tmp_path / "s.sqlite3")
    store.insert_one("things", {"_id": "a"})
    assert other.count("things", {}) == 1
    with store.together():
        store.insert_one("things", {"_id": "b"})
        store.delete_one("things", {"_id": "a"})
        assert [d["_id"] for d in other.find("things", {})] == ["a"]
    assert [d["_id"] for d in other.find("things", {})] == ["b"]
    with pytest.raises(ZeroDivisionError), store.together():
        store.insert_one("things", {"_id": "c"})
        raise ZeroDivisionError
    assert [d["_id"] for d in other.find("things", {})] == ["b"]
    store.close()
    other.close()


def test_after_a_transaction_broke_off_nothing_of_its_rest_is_written(tmp_path):
    store = SqliteDocuments(tmp_path / "s.sqlite3")
    with pytest.raises(StoreError, match="together"), store.together():
        store.insert_one("things", {"_id": "a"})
        store._block.connection.execute("ROLLBACK")  # as SQLite does where the disk is full
        store.insert_one("things", {"_id": "b"})
    assert store.count("things", {}) == 0
    store.close()
