"""What only the embedded documents promise: many threads, many processes, a clear error for a bad file."""

import multiprocessing
import sqlite3
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
