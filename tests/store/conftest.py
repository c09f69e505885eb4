"""A store of each back end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from document_stores import MOCK_DIFFERS, STORES
from fakes.mongo_wire import FakeMongo, fake_mongo
from sdc.store.blobs import Blobs
from sdc.store.documents import Documents
from sdc.store.folder import FolderBlobs
from sdc.store.repository import Repository


@pytest.fixture(scope="package")
def wire() -> Iterator[FakeMongo]:
    """A fake MongoDB on loopback; each store in it has a database of its own."""
    with fake_mongo() as server:
        yield server


@pytest.fixture(params=STORES)
def documents(request: pytest.FixtureRequest, wire: FakeMongo) -> Iterator[Documents]:
    if why := MOCK_DIFFERS.get(request.node.name):
        request.applymarker(pytest.mark.xfail(reason=why, strict=True))
    with STORES[request.param](wire) as store:
        yield store


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return FolderBlobs(tmp_path / "blobs")


@pytest.fixture
def repository(documents: Documents, blobs: Blobs) -> Repository:
    return Repository(documents, blobs)
