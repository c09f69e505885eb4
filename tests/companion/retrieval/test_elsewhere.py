"""Indexes elsewhere: what they are sent, what is said when they refuse; and that the fakes are strict."""

import socket
import uuid

import httpx
import numpy as np
import pytest

from fakes import pinecone, weaviate
from sdc.companion.retrieval import VectorIndexError
from sdc.companion.retrieval.lexical import LexicalEmbedder
from sdc.companion.retrieval.pinecone import PineconeIndex
from sdc.companion.retrieval.weaviate import WeaviateIndex
from sdc.errors import SettingsError

EMBEDDER = LexicalEmbedder()


@pytest.fixture
def at_weaviate(a_weaviate):
    index = WeaviateIndex(a_weaviate.url, weaviate.KEY, EMBEDDER, wait_s=5)
    yield index
    index.close()


@pytest.fixture
def at_pinecone(a_pinecone):
    index = PineconeIndex(a_pinecone.url, pinecone.KEY, wait_s=5)
    yield index
    index.close()


@pytest.fixture
def nowhere():
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_weaviate_holds_ids_days_and_vectors_and_no_text(at_weaviate, a_weaviate, entry, ids):
    child = ids("cmia")
    at_weaviate.upsert(child, [entry(child, ids("s1"), 0, "Child: secret words.", "2026-03-02")])
    (name,) = (n for n, tenants in a_weaviate.tenants.items() if child in tenants)
    assert a_weaviate.schemas[name]["multiTenancyConfig"]["enabled"] is True
    ((identity, stored),) = a_weaviate.tenants[name][child].items()
    assert uuid.UUID(identity).version == 5
    assert stored.properties == {"window": f"{ids('s1')}.said0", "session": ids("s1"), "day": 739677}
    assert stored.vector == pytest.approx(EMBEDDER.embed(["Child: secret words."])[0])


def test_another_embedder_has_another_collection(a_weaviate, at_weaviate, entry, ids):
    class Other(LexicalEmbedder):
        id = "lexical.v0"

    child = ids("ctwo")
    at_weaviate.upsert(child, [entry(child, ids("s1"), 0, "Child: a dog.")])
    other = WeaviateIndex(a_weaviate.url, weaviate.KEY, Other(), wait_s=5)
    assert (at_weaviate.count(child), other.count(child)) == (1, 0)
    other.close()


def test_weaviate_deletes_more_than_it_does_at_once(at_weaviate, a_weaviate, entry, ids, monkeypatch):
    monkeypatch.setattr(a_weaviate, "delete_at_once", 2)
    child = ids("cmany")
    at_weaviate.upsert(child, [entry(child, ids("s1"), n, f"Child: dog {n}.") for n in range(5)])
    assert at_weaviate.delete_session(child, ids("s1")) == 5
    assert at_weaviate.count(child) == 0


def test_a_vector_of_another_length_is_told(at_weaviate, entry, ids):
    from dataclasses import replace

    child = ids("codd")
    at_weaviate.upsert(child, [entry(child, ids("s1"), 0, "Child: a dog.")])
    odd = replace(entry(child, ids("s1"), 1, "Child: a cat."), vector=np.ones(3, np.float32))
    with pytest.raises(VectorIndexError) as caught:
        at_weaviate.upsert(child, [odd])
    assert "another length" in caught.value.message


def test_a_wrong_key_is_told_and_not_shown(a_weaviate, a_pinecone, entry):
    for index in (
        WeaviateIndex(a_weaviate.url, "wrong-key-1", EMBEDDER, wait_s=5),
        PineconeIndex(a_pinecone.url, "wrong-key-1", wait_s=5),
    ):
        with pytest.raises(VectorIndexError) as caught:
            index.upsert("c1", [entry("c1", "s1", 0, "Child: a dog.")])
        assert caught.value.code == "vectors.unreachable"
        assert "SDC_VECTORS_KEY" in caught.value.hint
        assert "wrong-key-1" not in str(caught.value)
        index.close()


def test_nobody_there_is_told(nowhere):
    index = WeaviateIndex(f"{nowhere}?grpc=127.0.0.1:1", "", EMBEDDER, wait_s=1)
    with pytest.raises(VectorIndexError) as caught:
        index.count("c1")
    assert nowhere in caught.value.message
    index.close()


@pytest.mark.parametrize(
    ("url", "leaves"),
    [
        ("http://localhost:8080", False),
        ("https://weaviate.clinic.example?grpc=weaviate.clinic.example:443", False),
        ("https://abc.weaviate.cloud?grpc=grpc-abc.weaviate.cloud:443", True),
    ],
)
def test_whose_server_it_is(url, leaves):
    assert WeaviateIndex(url, "", EMBEDDER).leaves_house is leaves


@pytest.mark.parametrize("url", ["localhost:8080", "ftp://localhost", "http://", "http://h:x", "http://h?grpc=h:x"])
def test_an_address_that_cannot_be_read_is_told(url):
    with pytest.raises(SettingsError) as caught:
        WeaviateIndex(url, "", EMBEDDER)
    assert caught.value.code == "settings.vectors"


def test_pinecone_is_sent_ids_days_and_vectors_and_no_text(at_pinecone, a_pinecone, entry):
    at_pinecone.upsert("c1", [entry("c1", "s1", 0, "Child: secret words.", "2026-03-02")])
    ((operation, body),) = a_pinecone.requests
    assert operation == "POST /vectors/upsert"
    assert body["namespace"] == "c1"
    (vector,) = body["vectors"]
    assert (vector["id"], vector["metadata"]) == ("s1.said0", {"session": "s1", "day": 739677})
    assert "secret" not in str(body)


def test_pinecone_is_sent_a_session_in_pieces(at_pinecone, a_pinecone, entry):
    at_pinecone.upsert("c1", [entry("c1", "s1", n, f"Child: dog {n}.") for n in range(101)])
    assert [len(body["vectors"]) for _, body in a_pinecone.requests] == [100, 1]
    assert at_pinecone.count("c1") == 101


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("query", {"vector": [0.1] * 1024}),
        ("query", {"vector": [0.1] * 1024, "topK": 0}),
        ("query", {"vector": [0.1], "topK": 1}),
        ("query", {"vector": [0.1] * 1024, "topK": 1, "filters": {}}),
        ("vectors/upsert", {"vectors": [{"id": "a", "values": [0.1] * 1024, "metadata": {"deep": {"er": 1}}}]}),
        ("vectors/upsert", {"vectors": [{"id": "ü", "values": [0.1] * 1024}]}),
        ("vectors/upsert", {"vectors": [{"id": "a", "values": [0.0] * 1024}]}),
        ("vectors/delete", {"namespace": "c1"}),
        ("vectors/delete", {"filter": {}}),
    ],
)
def test_the_fake_refuses_what_breaks_the_description(path, body):
    headers = {"Api-Key": pinecone.KEY, "X-Pinecone-Api-Version": "2026-07"}
    with pinecone.fake_pinecone(1024) as server:
        assert httpx.post(f"{server.url}/{path}", json=body, headers=headers).status_code == 400
        assert len(server.complaints) == 1
        assert server.namespaces == {}


def test_the_fake_refuses_another_version_and_no_key():
    with pinecone.fake_pinecone(1024) as server:
        url, key = f"{server.url}/describe_index_stats", {"Api-Key": pinecone.KEY}
        old = httpx.post(url, json={}, headers={**key, "X-Pinecone-Api-Version": "2024-07"})
        nobody = httpx.post(url, json={}, headers={"X-Pinecone-Api-Version": "2026-07"})
        assert (old.status_code, nobody.status_code) == (400, 401)
