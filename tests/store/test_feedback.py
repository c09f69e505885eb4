"""Decisions in versions, answers of families, approved pairs; each child's apart."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sdc.errors import ConflictError
from sdc.store.feedback import ActivityAnswer, Decision, Feedback, Pair, Pairs


def decision(child="c1", key="k1", verb="approve", text=None):
    return Decision(child, key, "seen.mlu_words", verb, text, "a1")


def test_each_decision_is_a_version(documents):
    feedback = Feedback(documents)
    assert feedback.decide(decision(), seen=0).version == 1
    assert feedback.decide(decision(verb="edit", text="x"), seen=1).version == 2
    assert feedback.decide(decision(child="c2"), seen=0).version == 1
    assert [(d.version, d.verb, d.text) for d in feedback.history("c1")] == [(1, "approve", None), (2, "edit", "x")]
    assert feedback.decisions("c1")["k1"].verb == "edit"
    assert set(feedback.decisions("c3")) == set()


def test_a_stale_writer_is_refused(documents):
    feedback = Feedback(documents)
    feedback.decide(decision(), seen=0)
    for seen in (0, 2):
        with pytest.raises(ConflictError) as refused:
            feedback.decide(decision(verb="dismiss"), seen=seen)
        assert refused.value.code == "insight.stale"
    assert len(feedback.history("c1")) == 1


def test_of_many_writers_at_once_exactly_one_wins(documents):
    feedback = Feedback(documents)

    def write(number):
        try:
            return feedback.decide(decision(text=str(number)), seen=0).version
        except ConflictError:
            return None

    with ThreadPoolExecutor(4) as pool:
        assert [v for v in pool.map(write, range(8)) if v] == [1]


def test_answers_are_the_childs(documents):
    feedback = Feedback(documents)
    kept = feedback.answer(ActivityAnswer("", "c1", "wait_and_look", "1", "well", "a2"))
    assert kept.id
    assert kept.at
    assert feedback.answers("c1") == [kept]
    assert feedback.answers("c2") == []
    assert feedback.history("c1") == []


def pair(child, key, at, kind="change", text="t"):
    return Pair(child, key, kind, "parent", "R-1", "{}", text, False, at)


def test_pairs_by_kind_newest_first(documents):
    pairs = Pairs(documents)
    for child, key, at in (("c1", "a", "2026-01-01"), ("c2", "b", "2026-01-03"), ("c1", "c", "2026-01-02")):
        pairs.keep(pair(child, key, at))
    pairs.keep(pair("c1", "d", "2026-01-04", kind="seen"))
    assert [p.key for p in pairs.approved_pairs("change")] == ["b", "c", "a"]
    assert [p.key for p in pairs.approved_pairs("change", limit=1)] == ["b"]
    pairs.keep(pair("c1", "a", "2026-01-05", text="new"))
    assert [p.text for p in pairs.approved_pairs("change")] == ["new", "t", "t"]
    pairs.drop("c2", "a")
    pairs.drop("c1", "a")
    assert [p.key for p in pairs.approved_pairs("change")] == ["b", "c"]
