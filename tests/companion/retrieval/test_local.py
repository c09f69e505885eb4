"""The index on this machine: what is held in memory, what other processes change, other embedders."""

import numpy as np
import pytest

from sdc.companion.retrieval.exact import numpy_scorer
from sdc.companion.retrieval.faiss import faiss_scorer
from sdc.companion.retrieval.lexical import LexicalEmbedder
from sdc.companion.retrieval.local import LocalIndex

EMBEDDER = LexicalEmbedder()


class Counting:
    """NumPy's scorer that counts how often a child is made ready."""

    def __init__(self):
        self.n = 0

    def __call__(self, vectors):
        self.n += 1
        return numpy_scorer(vectors)


@pytest.fixture
def scorer():
    return Counting()


@pytest.fixture
def index(documents, scorer):
    return LocalIndex(documents, EMBEDDER, scorer, max_held=5)


def fill(index, entry, child, n=2):
    index.upsert(child, [entry(child, f"s{child}", i, f"Child: dog {i}.", "2026-03-02") for i in range(n)])


def test_a_child_is_held_until_something_changes(index, entry, scorer, question):
    fill(index, entry, "c1")
    for _ in range(3):
        index.search("c1", question("dog"), 1)
    assert scorer.n == 1
    fill(index, entry, "c1", 3)
    assert len(index.search("c1", question("dog"), 9)) == 3
    assert scorer.n == 2


def test_who_was_not_asked_about_for_longest_goes(index, entry, scorer, question):
    for child in ("c1", "c2"):
        fill(index, entry, child)
        index.search(child, question("dog"), 1)
    index.search("c1", question("dog"), 1)
    fill(index, entry, "c3")
    index.search("c3", question("dog"), 1)  # six are more than five: c2 goes
    assert scorer.n == 3
    index.search("c1", question("dog"), 1)
    assert scorer.n == 3
    index.search("c2", question("dog"), 1)
    assert scorer.n == 4


def test_one_child_alone_may_be_more_than_is_held(index, entry, question):
    fill(index, entry, "c1", 9)
    assert len(index.search("c1", question("dog"), 99)) == 9


def test_another_process_is_seen(documents, index, entry, question):
    fill(index, entry, "c1")
    assert len(index.search("c1", question("dog"), 9)) == 2
    other = LocalIndex(documents, EMBEDDER, numpy_scorer)
    fill(other, entry, "c1", 4)
    assert len(index.search("c1", question("dog"), 9)) == 4
    other.delete_session("c1", "sc1")
    assert index.search("c1", question("dog"), 9) == []


def test_vectors_of_another_embedder_are_not_seen_but_deleted(documents, index, entry, question):
    class Other(LexicalEmbedder):
        id = "lexical.v0"

    fill(LocalIndex(documents, Other(), numpy_scorer), entry, "c1")
    assert (index.search("c1", question("dog"), 9), index.kept.n_sessions("c1")) == ([], 0)
    assert index.delete_child("c1") == 2
    assert documents.count("windows", {}) == documents.count("window_marks", {}) == 0


def test_a_session_that_says_nothing_counts_as_indexed(index):
    index.replace_session("c1", "s1", [])
    assert (index.count("c1"), index.kept.n_sessions("c1")) == (0, 1)


def test_vectors_come_back_bit_by_bit(index, entry):
    fill(index, entry, "c1", 1)
    (kept,) = index.kept.read("c1")
    assert np.array_equal(kept.vector, EMBEDDER.embed(["Child: dog 0."])[0])


@pytest.mark.parametrize("make", [numpy_scorer, faiss_scorer])
def test_scorers_find_what_a_sort_finds(make):
    rng = np.random.default_rng(7)
    vectors = rng.standard_normal((500, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    nearest = make(vectors)
    for k in (1, 10, 500):
        question = vectors[rng.integers(500)]
        rows, scores = nearest(question, k, None)
        assert list(rows) == list(np.argsort(-(vectors @ question), kind="stable")[:k])
        assert scores == pytest.approx((vectors @ question)[rows], abs=1e-5)
    allowed = np.flatnonzero(rng.random(500) < 0.2)
    rows, _ = nearest(question, 7, allowed)
    assert list(rows) == [r for r in np.argsort(-(vectors @ question), kind="stable") if r in set(allowed)][:7]
