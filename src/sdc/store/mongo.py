"""Documents in MongoDB, through the synchronous driver.

Filters, updates and sorts go to the server as they are. What MongoDB would do otherwise than the
port states is made equal here: what it would accept and others refuse is refused before it is
sent, the first match is the one of the lowest ``_id``, whole numbers come back as ``int``.

Writes wait until a majority of the replica set has them in its journal. An outage shorter than
``wait_s`` is waited for: the driver sends a write again under the same transaction number, so
that it is done once (this needs a replica set, of one member at least); reads are begun again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sdc.errors import ConflictError, ExtraMissingError, SDCError, SettingsError, StoreError
from sdc.store.documents import Document, Filter, Sort, Update, check_collection, check_field, encode
from sdc.store.filters import compile_filter, compile_sort
from sdc.store.updates import check_update

if TYPE_CHECKING:
    from pymongo import MongoClient
    from pymongo.collection import Collection

    Client = MongoClient[Document]

T = TypeVar("T")

CONNECT_S = 5.0
PAUSE_S = 0.2
"""Between two tries of a read."""

OLDEST_WIRE_VERSION = 13

BY_ID = ("_id", 1)


@dataclass(frozen=True, slots=True)
class Deployment:
    """What answers at an address.

    Attributes
    ----------
    replica_set : str or None
        Its name; None for a server by itself.
    wire_version : int
        The newest form of the protocol that it speaks; 13 is MongoDB 5.0.
    """

    replica_set: str | None
    wire_version: int

    @property
    def complaint(self) -> str | None:
        """What keeps it from being a place for SDC's documents; None when nothing does."""
        if self.wire_version < OLDEST_WIRE_VERSION:
            return "It is older than MongoDB 5.0."
        if self.replica_set is None:
            return "It is no replica set, so a write whose answer is lost may be done twice or not at all."
        return None


class MongoDocuments:
    """A database of MongoDB (5.0 or later) as a document store.

    Parameters
    ----------
    url : str
        ``mongodb://user:password@host/database``, or ``mongodb+srv://…``. The database is named.
    wait_s : float
        So long an outage is waited for, in seconds.
    connect : callable, optional
        Makes the client from ``url`` and ``wait_s``; default the real driver's.

    Raises
    ------
    SettingsError
        The address cannot be read or names no database.
    ExtraMissingError
        The driver is not installed.
    """

    def __init__(
        self, url: str, *, wait_s: float = 20.0, connect: Callable[[str, float], Client] | None = None
    ) -> None:
        self._wait_s = wait_s
        self._closed = False
        name = database_name(url)
        self._client = (connect or connect_to)(url, wait_s)
        self._database = self._client.get_database(name)

    def insert_one(self, collection: str, document: Document) -> None:
        """Add a document."""
        encode(document)
        with self._told():
            self._at(collection).insert_one(dict(document))

    def replace_one(self, collection: str, filter: Filter, document: Document, *, upsert: bool = False) -> bool:
        """Replace the first match, or insert."""
        encode(document)
        compile_filter(filter)
        with self._told():
            found = self._at(collection).find_one_and_replace(filter, document, {"_id": 1}, sort=[BY_ID], upsert=upsert)
        return upsert or found is not None

    def find_one(self, collection: str, filter: Filter, *, sort: Sort = ()) -> Document | None:
        """Return the first match."""
        return next(iter(self.find(collection, filter, sort=sort, limit=1)), None)

    def find(
        self, collection: str, filter: Filter, *, sort: Sort = (), limit: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        """Return the matches."""
        compile_filter(filter)
        place, order = self._at(collection), _order(sort)
        wanted = dict.fromkeys(map(check_field, fields), 1) or None
        return self._patiently(lambda: list(place.find(filter, wanted, sort=order, limit=limit)))

    def find_one_and_update(
        self, collection: str, filter: Filter, update: Update, *, sort: Sort = ()
    ) -> Document | None:
        """Change the first match in one step."""
        compile_filter(filter)
        check_update(update)
        with self._told():
            return self._at(collection).find_one_and_update(
                filter,
                update,
                sort=_order(sort),
                return_document=True,  # as it is afterwards
            )

    def delete_one(self, collection: str, filter: Filter) -> bool:
        """Delete the first match."""
        compile_filter(filter)
        with self._told():
            return self._at(collection).find_one_and_delete(filter, {"_id": 1}, sort=[BY_ID]) is not None

    def count(self, collection: str, filter: Filter) -> int:
        """Count the matches."""
        compile_filter(filter)
        place = self._at(collection)
        return self._patiently(lambda: place.count_documents(filter))

    def create_index(self, collection: str, fields: Sequence[str], *, unique: bool = False) -> None:
        """Index fields of a collection."""
        keys = [(check_field(field), 1) for field in fields]
        place = self._at(collection)
        self._patiently(lambda: place.create_index(keys, unique=unique))

    def deployment(self) -> Deployment:
        """Ask what answers; ``StoreError`` when nothing does."""
        answer = self._patiently(lambda: self._client.admin.command("hello"))
        name = answer.get("setName") or ("a sharded cluster" if answer.get("msg") == "isdbgrid" else None)
        return Deployment(name, int(answer["maxWireVersion"]))

    def together(self) -> AbstractContextManager[None]:
        """Nothing to gain here: each write goes to the server by itself."""
        return nullcontext()

    def scrub(self) -> bool:
        """Return False: MongoDB keeps what was deleted in its journal, its oplog and free pages for a while."""
        return False

    def close(self) -> None:
        """Close all connections."""
        self._closed = True
        self._client.close()

    def _at(self, collection: str) -> Collection[Document]:
        if self._closed:
            raise StoreError("The store is closed.", code="store.closed")
        return self._database.get_collection(check_collection(collection))

    def _patiently(self, read: Callable[[], T]) -> T:
        """Do what may be done twice until it gets through or ``wait_s`` is over.

        The driver repeats a read that was cut off in its first answer, but none that was cut
        off later.
        """
        from pymongo.errors import AutoReconnect

        deadline = time.monotonic() + self._wait_s
        while True:
            with self._told():
                try:
                    return read()
                except AutoReconnect:
                    if time.monotonic() + PAUSE_S > deadline:
                        raise
                    time.sleep(PAUSE_S)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        from bson.errors import BSONError
        from pymongo.errors import PyMongoError

        try:
            yield
        except (PyMongoError, BSONError) as error:
            raise self._error(error) from error

    def _error(self, error: Exception) -> SDCError:
        from pymongo.errors import (
            ConnectionFailure,
            DocumentTooLarge,
            DuplicateKeyError,
            OperationFailure,
            PyMongoError,
        )

        if isinstance(error, DuplicateKeyError):
            return ConflictError(
                "The store holds this already.",
                code="store.duplicate",
                hint="Use another name, or the one that exists.",
            )
        if isinstance(error, ConnectionFailure) or (isinstance(error, PyMongoError) and error.timeout):
            return StoreError(
                f"MongoDB has not answered within {self._wait_s:g} s.",
                code="store.unreachable",
                hint="Check that it runs and can be reached (SDC_DOCUMENTS); what was asked for may be tried again.",
            )
        code = error.code if isinstance(error, OperationFailure) else None
        if isinstance(error, DocumentTooLarge) or code in SIZE_CODES:
            return StoreError("A document is larger than MongoDB keeps (16 MB).", code="store.too-large")
        if code in UPDATE_CODES:
            return StoreError("MongoDB cannot make this change of a document.", code="store.update")
        return StoreError(
            f"MongoDB refused ({type(error).__name__}, code {code}).",
            code="store.mongo",
            hint="Check user, password and rights in SDC_DOCUMENTS, and MongoDB's log.",
        )


SIZE_CODES = {10334, 17419, 17420}
"""BSONObjectTooLarge, and the two for what an update or a replacement makes too large."""

UPDATE_CODES = {2, 9, 14, 28, 40, 52, 66}
"""BadValue, FailedToParse, TypeMismatch, PathNotViable, ConflictingUpdateOperators, DollarPrefixedFieldName,
ImmutableField: https://www.mongodb.com/docs/manual/reference/error-codes/"""


def connect_to(url: str, wait_s: float) -> Client:
    """Return a client of the real driver that waits ``wait_s`` for an absent server."""
    try:
        from bson.codec_options import TypeDecoder, TypeRegistry
        from bson.int64 import Int64
        from pymongo import MongoClient
        from pymongo.errors import PyMongoError
    except ModuleNotFoundError as error:
        raise ExtraMissingError(
            "Documents in MongoDB need its driver.",
            hint="Install it with `pip install 'speech-development-companion[mongo]'`.",
        ) from error

    class PlainInt(TypeDecoder):
        """Whole numbers of 64 bits come back as ``int``, not as the driver's own kind."""

        bson_type = Int64

        def transform_bson(self, value: Any) -> int:
            return int(value)

    try:
        return MongoClient(
            url,
            appname="sdc",
            w="majority",
            journal=True,
            retryWrites=True,
            retryReads=True,
            timeoutMS=round(wait_s * 1000),  # with it, the driver retries until then, not only once
            serverSelectionTimeoutMS=round(wait_s * 1000),
            connectTimeoutMS=round(min(wait_s, CONNECT_S) * 1000),
            type_registry=TypeRegistry([PlainInt()]),
        )
    except (PyMongoError, ValueError) as error:
        raise _bad_address() from error


def database_name(url: str) -> str:
    """Return the database that an address names; ``SettingsError`` when it names none."""
    path = url.partition("://")[2].partition("?")[0].partition("/")[2]
    if not path or not path.replace("_", "").replace("-", "").isalnum():
        raise _bad_address()
    return path


def _bad_address() -> SettingsError:
    # The address may hold a password, so it is not repeated.
    return SettingsError(
        "SDC_DOCUMENTS is no address of a MongoDB database.",
        code="settings.documents",
        hint="Write mongodb://host:27017/sdc, with user:password@ before the host where it asks for them.",
    )


def _order(sort: Sort) -> list[tuple[str, int]]:
    compile_sort(sort)
    return [*sort, *([] if any(field == "_id" for field, _ in sort) else [BY_ID])]
