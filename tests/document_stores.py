"""A document store of each back end, empty, for as long as a block lasts.

============= =========================================================================
name          what it is
============= =========================================================================
sqlite        the embedded store
mongomock     ``MongoDocuments`` over mongomock's client: no wire, no driver
wire          ``MongoDocuments`` over the real driver and BSON, to a fake server on loopback
sealed        ``SealedDocuments`` over the embedded store
mongodb       ``MongoDocuments`` over a real MongoDB, where SDC_TEST_MONGO_URL names one
============= =========================================================================
"""

import itertools
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import mongomock
import pymongo

from fakes.mongo_wire import FakeMongo
from sdc.store.collections import COLLECTIONS, Collection
from sdc.store.documents import Documents
from sdc.store.keyring import ChildKeys, Keyring
from sdc.store.mongo import MongoDocuments
from sdc.store.sealed_documents import SealedDocuments
from sdc.store.sqlite import SqliteDocuments

REAL_URL = os.environ.get("SDC_TEST_MONGO_URL", "")
NUMBERS = itertools.count(1)


@contextmanager
def sqlite(wire: FakeMongo) -> Iterator[Documents]:
    with TemporaryDirectory() as folder:
        store = SqliteDocuments(Path(folder) / "test.sqlite3")
        yield store
        store.close()


@contextmanager
def mocked(wire: FakeMongo) -> Iterator[Documents]:
    store = MongoDocuments("mongodb://mock/test", connect=lambda url, wait_s: mongomock.MongoClient())
    yield store
    store.close()


@contextmanager
def wired(wire: FakeMongo) -> Iterator[Documents]:
    name = f"test{next(NUMBERS)}"
    store = MongoDocuments(f"{wire.url}/{name}", wait_s=5)
    yield store
    store.close()
    wire.databases.pop(name, None)


@contextmanager
def real(wire: FakeMongo) -> Iterator[Documents]:
    name = f"sdc_test_{secrets.token_hex(6)}"
    address, _, options = REAL_URL.partition("?")
    store = MongoDocuments(f"{address.rstrip('/')}/{name}?{options}")
    yield store
    store.close()
    with pymongo.MongoClient(REAL_URL) as client:
        client.drop_database(name)


class MakingKeyring(Keyring):
    """Makes the key of a child when it is first asked for: the contract's documents come without their child."""

    def keys_of(self, child_id: str) -> ChildKeys:
        self.make(child_id)
        return super().keys_of(child_id)


@contextmanager
def sealed(wire: FakeMongo) -> Iterator[Documents]:
    things = Collection("things", owner="_id", sealed=("ä", "line", "other", "deep"))
    with sqlite(wire) as inner:
        Keyring.create(inner, bytes(32))
        yield SealedDocuments(inner, MakingKeyring(inner, bytes(32)), (*COLLECTIONS, things))


STORES: dict[str, Callable[[FakeMongo], AbstractContextManager[Documents]]] = {
    "sqlite": sqlite,
    "mongomock": mocked,
    "wire": wired,
    "sealed": sealed,
    **({"mongodb": real} if REAL_URL else {}),
}

MOCK_DIFFERS = {
    "test_filters[mongomock-filter8-]": "takes True for 1",
    "test_filters[mongomock-filter9-]": "takes 1 for True",
    "test_a_refused_update_changes_nothing[mongomock]": "counts up what is no number with a TypeError of its own",
    "test_updates_outside_the_subset_are_refused_and_change_nothing[mongomock-update9]": "as before",
    "test_updates_outside_the_subset_are_refused_and_change_nothing[mongomock-update10]": "counts up beyond 64 bits",
    "test_updates_outside_the_subset_are_refused_and_change_nothing[mongomock-update11]": "sets nothing, silently",
}
"""Test → where mongomock does otherwise than MongoDB (and the driver against the wire does not)."""

PLAIN = [name for name in STORES if name != "sealed"]
"""Back ends that a store of version 1 may lie in: it was never sealed."""

ATOMIC = [name for name in STORES if name != "mongomock"]
"""Back ends whose updates are one step; mongomock's find and its update are two."""
