"""The contract of vector indexes, on every back end: NumPy and FAISS; Weaviate and Pinecone over their protocols."""

from datetime import date

import pytest

from sdc.errors import StoreError

TEXTS = {
    0: "Child: the red train goes.",
    1: "Mother: which animals did you see?",
    2: "Child: two cows and a horse.",
    3: "Child: I want more juice.",
}


@pytest.fixture
def filled(index, entry, ids):
    """Mia has two sessions, one of them without a date; Bo says nearly the same."""
    mia, bo = ids("cmia"), ids("cbo")
    first, second, third = ids("s1"), ids("s2"), ids("s3")
    index.upsert(mia, [entry(mia, first, n, text, "2026-03-02") for n, text in TEXTS.items()])
    index.upsert(mia, [entry(mia, second, 0, "Child: a train and a bus.", "2026-03-16")])
    index.upsert(mia, [entry(mia, third, 0, "Child: no train today.")])
    index.upsert(bo, [entry(bo, ids("s9"), 0, "Child: the red train goes.", "2026-03-02")])
    return {"mia": mia, "bo": bo, "s1": first, "s2": second, "s3": third, "s9": ids("s9")}


def test_the_nearest_come_first(index, filled, question):
    hits = index.search(filled["mia"], question("a red train"), 3)
    assert hits[0].window_id == f"{filled['s1']}.said0"
    assert {h.session_id for h in hits} == {filled["s1"], filled["s2"], filled["s3"]}
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert 0.3 < hits[0].score <= 1.0


def test_the_score_is_the_cosine(index, filled, question):
    (hit,) = index.search(filled["mia"], question(TEXTS[2]), 1)
    assert (hit.window_id, hit.score) == (f"{filled['s1']}.said2", pytest.approx(1.0, abs=1e-4))


def test_a_child_is_never_found_for_another(index, filled, question):
    sessions = {hit.session_id for hit in index.search(filled["bo"], question("a red train"), 100)}
    assert sessions == {filled["s9"]}
    assert filled["s9"] not in {h.session_id for h in index.search(filled["mia"], question("a red train"), 100)}
    # Not even when the other child's session is asked for by its id.
    assert index.search(filled["mia"], question("a red train"), 9, sessions={filled["s9"]}) == []
    assert index.search("nobody", question("a red train"), 9) == []


def test_an_entry_of_another_child_is_refused(index, entry, filled):
    before = index.count(filled["mia"])
    with pytest.raises(StoreError) as caught:
        index.upsert(filled["mia"], [entry(filled["bo"], filled["s9"], 5, "Child: mine.")])
    assert caught.value.code == "vectors.other-child"
    assert index.count(filled["mia"]) == before


def test_only_in_these_sessions(index, filled, question):
    hits = index.search(filled["mia"], question("a red train"), 9, sessions={filled["s2"], filled["s3"]})
    assert {h.session_id for h in hits} == {filled["s2"], filled["s3"]}
    assert index.search(filled["mia"], question("a red train"), 9, sessions=set()) == []


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (date(2026, 3, 2), None, {"s1", "s2"}),
        (date(2026, 3, 3), None, {"s2"}),
        (None, date(2026, 3, 15), {"s1"}),
        (date(2026, 3, 2), date(2026, 3, 2), {"s1"}),
        (date(2026, 3, 3), date(2026, 3, 15), set()),
    ],
)
def test_only_in_these_days(index, filled, question, since, until, found):
    hits = index.search(filled["mia"], question("a red train"), 9, since=since, until=until)
    assert {h.session_id for h in hits} == {filled[name] for name in found}


def test_k_is_kept(index, filled, question):
    assert len(index.search(filled["mia"], question("train"), 2)) == 2
    assert len(index.search(filled["mia"], question("train"), 100)) == 6
    assert index.search(filled["mia"], question("train"), 0) == []


def test_the_same_window_again_replaces_itself(index, entry, filled, question):
    mia, session = filled["mia"], filled["s1"]
    index.upsert(mia, [entry(mia, session, 3, "Child: a purple elephant.", "2026-03-02")])
    assert index.count(mia) == 6
    (hit,) = index.search(mia, question("purple elephant"), 1)
    assert (hit.window_id, hit.score > 0.5) == (f"{session}.said3", True)


def test_a_session_is_deleted_alone(index, filled, question):
    assert index.delete_session(filled["mia"], filled["s1"])
    assert index.count(filled["mia"]) == 2
    assert {h.session_id for h in index.search(filled["mia"], question("train"), 9)} == {filled["s2"], filled["s3"]}
    assert index.count(filled["bo"]) == 1


def test_another_childs_session_is_not_deleted(index, filled):
    index.delete_session(filled["mia"], filled["s9"])
    assert index.count(filled["bo"]) == 1
    assert index.delete_session("nobody", filled["s9"]) == 0


def test_a_child_is_deleted_alone(index, entry, filled, question):
    assert index.delete_child(filled["mia"]) == 6
    assert index.delete_child(filled["mia"]) == 0
    assert (index.count(filled["mia"]), index.count(filled["bo"])) == (0, 1)
    assert index.search(filled["mia"], question("train"), 9) == []
    # Whoever is added under the id again begins with nothing.
    index.upsert(filled["mia"], [entry(filled["mia"], filled["s2"], 0, "Child: a bus.")])
    assert index.count(filled["mia"]) == 1


def test_a_window_without_words_is_no_trouble(index, entry, ids, question):
    child = ids("cnone")
    index.upsert(child, [entry(child, ids("s7"), 0, "…"), entry(child, ids("s7"), 1, "Child: ball.")])
    assert index.search(child, question("ball"), 1)[0].window_id == f"{ids('s7')}.said1"
