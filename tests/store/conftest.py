"""A store of each back end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sdc.store.blobs import ObstoreBlobs
from sdc.store.documents import Documents
from sdc.store.repository import Repository
from sdc.store.sqlite import SqliteDocuments


@pytest.fixture(params=["sqlite"])
def documents(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Documents]:
    store = {"sqlite": lambda: SqliteDocuments(tmp_path / "test.sqlite3")}[request.param]()
    yield store
    store.close()


@pytest.fixture
def blobs(tmp_path: Path) -> ObstoreBlobs:
    return ObstoreBlobs(tmp_path / "blobs")


@pytest.fixture
def repository(documents: Documents, blobs: ObstoreBlobs) -> Repository:
    return Repository(documents, blobs)
