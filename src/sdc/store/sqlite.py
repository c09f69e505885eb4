"""Documents in one SQLite file: a table per collection, a JSON text per document.

Write-ahead log, full synchronisation: what was written is on disk when the call returns,
and readers never wait for writers. Connections are lent to one thread at a time.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sdc.errors import ConflictError, StoreError
from sdc.store.disk import disk_is_full, no_room_for
from sdc.store.documents import Document, Filter, Sort, Update, check_collection, encode
from sdc.store.filters import compile_filter, compile_sort, field_sql, fields_sql, picked
from sdc.store.updates import apply_update

BUSY_TIMEOUT_S = 30.0
UNWRITTEN = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_FSYNC)
"""SQLite calls only one kind of a full disk by its name; a quota and a limit of the size of files end here."""
CHECKPOINT_TRIES, CHECKPOINT_PAUSE_S = 40, 0.05


class _Block(threading.local):
    """What a thread writes together: the connection that it keeps meanwhile, and whether it wrote already."""

    connection: sqlite3.Connection | None = None
    has_begun = False


class SqliteDocuments:
    """The embedded document store.

    Parameters
    ----------
    path : Path
        The database file; made when it is missing, in a folder that exists.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[sqlite3.Connection] = []
        self._tables: set[str] = set()
        self._lock = threading.Lock()
        self._block = _Block()
        self._closed = False
        with suppress(OSError):  # it is there, or SQLite says below what is wrong
            path.touch(mode=0o600, exist_ok=False)  # the log beside it gets the same rights
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")

    def insert_one(self, collection: str, document: Document) -> None:
        """Add a document."""
        text = encode(document)
        with self._write(collection) as connection:
            self._insert(connection, collection, document["_id"], text)

    def replace_one(self, collection: str, filter: Filter, document: Document, *, upsert: bool = False) -> bool:
        """Replace the first match, or insert."""
        text = encode(document)
        with self._write(collection) as connection:
            found = self._first_id(connection, collection, filter)
            if found is None and upsert:
                self._insert(connection, collection, document["_id"], text)
            elif found is not None:
                self._overwrite(connection, collection, found, document["_id"], text)
            return found is not None or upsert

    def find_one(self, collection: str, filter: Filter, *, sort: Sort = ()) -> Document | None:
        """Return the first match."""
        return next(iter(self.find(collection, filter, sort=sort, limit=1)), None)

    def find(
        self, collection: str, filter: Filter, *, sort: Sort = (), limit: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        """Return the matches."""
        with self._connection() as connection:
            self._ensure_table(connection, collection)
            rows = _select(connection, collection, fields_sql(fields), filter, _tail(sort, limit))
        if fields:
            return [picked(fields, json.loads(values)) for (values,) in rows]
        return [json.loads(body) for (body,) in rows]

    def find_one_and_update(
        self, collection: str, filter: Filter, update: Update, *, sort: Sort = ()
    ) -> Document | None:
        """Change the first match in one transaction."""
        with self._write(collection) as connection:
            document = self._first(connection, collection, filter, sort)
            if document is None:
                return None
            identity = document["_id"]
            apply_update(document, update)
            self._overwrite(connection, collection, identity, identity, encode(document))
            return document

    def delete_one(self, collection: str, filter: Filter) -> bool:
        """Delete the first match."""
        with self._write(collection) as connection:
            found = self._first_id(connection, collection, filter)
            if found is not None:
                connection.execute(f'DELETE FROM "{collection}" WHERE id = ?', [found])  # noqa: S608
            return found is not None

    def count(self, collection: str, filter: Filter) -> int:
        """Count the matches."""
        with self._connection() as connection:
            self._ensure_table(connection, collection)
            return int(_select(connection, collection, "count(*)", filter)[0][0])

    def create_index(self, collection: str, fields: Sequence[str], *, unique: bool = False) -> None:
        """Index fields of a collection."""
        name = "_".join(["ix", check_collection(collection), *(f.replace(".", "_") for f in fields)])
        columns = ", ".join(field_sql(field) for field in fields)
        with self._write(collection) as connection:
            connection.execute(
                f'CREATE {"UNIQUE " if unique else ""}INDEX IF NOT EXISTS "{name}" ON "{collection}" ({columns})'
            )

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write in one transaction, which has the write lock from its first write on."""
        if self._block.connection is not None:
            yield  # part of a larger block
            return
        with self._connection() as connection:
            self._block.connection, self._block.has_begun = connection, False
            try:
                yield
                if self._block.has_begun:
                    connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._block.connection = None

    def scrub(self) -> bool:
        """Write the file anew without what was deleted, and empty the log; False while others read from it."""
        if self._block.connection is not None:
            return False  # what is written together is not there yet
        with self._connection() as connection:
            connection.execute("VACUUM")
            for _ in range(CHECKPOINT_TRIES):
                (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not is_busy:
                    return True
                time.sleep(CHECKPOINT_PAUSE_S)  # somebody reads from the log or writes it
        return False

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _insert(self, connection: sqlite3.Connection, collection: str, identity: str, text: str) -> None:
        connection.execute(f'INSERT INTO "{collection}" (id, body) VALUES (?, ?)', [identity, text])  # noqa: S608

    def _overwrite(self, connection: sqlite3.Connection, collection: str, found: str, identity: str, text: str) -> None:
        if found != identity:
            raise StoreError("The _id of a document never changes.", code="store.update")
        connection.execute(f'UPDATE "{collection}" SET body = ? WHERE id = ?', [text, identity])  # noqa: S608

    def _first(
        self, connection: sqlite3.Connection, collection: str, filter: Filter, sort: Sort = ()
    ) -> Document | None:
        rows = _select(connection, collection, "body", filter, _tail(sort, 1))
        return json.loads(rows[0][0]) if rows else None

    def _first_id(self, connection: sqlite3.Connection, collection: str, filter: Filter) -> str | None:
        """Return the first match's id; what is in it, a transcript of megabytes, is not read."""
        rows = _select(connection, collection, "id", filter, _tail((), 1))
        return rows[0][0] if rows else None

    def _ensure_table(self, connection: sqlite3.Connection, collection: str) -> None:
        if collection not in self._tables:
            name = check_collection(collection)
            connection.execute(
                f'CREATE TABLE IF NOT EXISTS "{name}" (id TEXT PRIMARY KEY NOT NULL, body TEXT NOT NULL)'
            )
            if not connection.in_transaction:  # else it may be taken back
                self._tables.add(collection)

    @contextmanager
    def _write(self, collection: str) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a transaction that has the write lock from its start."""
        with self._connection() as connection:
            if self._block.connection is None:
                self._ensure_table(connection, collection)
                with _transaction(connection, "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)):
                    yield connection
                return
            self._begin_block(connection)
            self._ensure_table(connection, collection)
            with _transaction(connection, "SAVEPOINT one", "RELEASE one", ("ROLLBACK TO one", "RELEASE one")):
                yield connection

    def _begin_block(self, connection: sqlite3.Connection) -> None:
        if not self._block.has_begun:
            connection.execute("BEGIN IMMEDIATE")
            self._block.has_begun = True
        elif (
            not connection.in_transaction
        ):  # a full disk ended it: what comes now must not stand without the first part
            raise StoreError("What was to be written together is not there.", code="store.sqlite", hint="Try again.")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; turn SQLite's errors into ours."""
        try:
            if self._block.connection is not None:
                yield self._block.connection
                return
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)
        except sqlite3.IntegrityError as error:
            raise ConflictError(
                "The store holds this already.",
                code="store.duplicate",
                hint="Use another name, or the one that exists.",
            ) from error
        except sqlite3.Error as error:
            raise self._as_ours(error) from error

    def _as_ours(self, error: sqlite3.Error) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0)
        if code == sqlite3.SQLITE_FULL:
            return disk_is_full(self._path.parent)
        if code in UNWRITTEN:
            for file in (self._path, self._path.with_name(self._path.name + "-wal")):
                if file.exists() and (refused := no_room_for(file)):
                    return disk_is_full(self._path.parent, refused)
        return StoreError(
            f"The store in {self._path.parent} cannot be used: {error}.",
            code="store.sqlite",
            hint="Check that the folder can be written and the disk is not full (`sdc doctor`).",
        )

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreError("The store is closed.", code="store.closed")
            if self._idle:
                return self._idle.pop()
        connection = sqlite3.connect(self._path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # deleted content is overwritten with zeros
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str, end: str, undo: Sequence[str]) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute(end)
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            for statement in undo:
                connection.execute(statement)
        raise


def _select(
    connection: sqlite3.Connection, collection: str, columns: str, filter: Filter, tail: str = ""
) -> list[tuple[str]]:
    where, values = compile_filter(filter)
    # Names and paths are checked by regular expressions; every value is a parameter.
    sql = f'SELECT {columns} FROM "{collection}" WHERE {where}{tail}'  # noqa: S608
    return connection.execute(sql, values).fetchall()


def _tail(sort: Sort, limit: int) -> str:
    return compile_sort(sort) + (f" LIMIT {int(limit)}" if limit else "")
