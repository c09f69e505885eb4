"""Goals: each change a version, the earlier ones kept."""

from dataclasses import replace

import pytest

from sdc.errors import ConflictError, NotFoundError
from sdc.session import Goal
from sdc.store.goals import GOALS, Goals


@pytest.fixture
def goals(documents):
    return Goals(documents)


@pytest.fixture
def goal(goals):
    return goals.add(Goal("", "c1", "longer utterances", "in play", "mlu_words", 4.0, "at_least", "2026-12-24"))


def test_a_change_keeps_what_stood_before(goals, goal):
    changed = goals.change(replace(goal, criterion=5.0, changed_by="a1"), seen=1)
    assert (changed.version, changed.criterion, changed.changed_by) == (2, 5.0, "a1")
    assert goals.get("c1", goal.id) == changed
    closed = goals.close("c1", goal.id, why="met", by="a2")
    assert (closed.version, closed.is_open, closed.closed_why) == (3, False, "met")
    assert [(g.version, g.criterion, g.is_open) for g in goals.earlier("c1", goal.id)] == [
        (1, 4.0, True),
        (2, 5.0, True),
    ]


def test_a_stale_writer_is_refused(goals, goal):
    goals.change(replace(goal, criterion=5.0), seen=1)
    with pytest.raises(ConflictError) as refused:
        goals.change(replace(goal, criterion=6.0), seen=1)
    assert refused.value.code == "goal.stale"
    assert goals.get("c1", goal.id).criterion == 5.0


def test_a_closed_goal_stays_as_it_is(goals, goal):
    goals.close("c1", goal.id)
    with pytest.raises(ConflictError) as refused:
        goals.change(replace(goal, criterion=6.0), seen=2)
    assert refused.value.code == "goal.closed"


def test_another_childs_goal_is_not_there(goals, goal):
    for call in (lambda: goals.change(replace(goal, child_id="c2"), seen=1), lambda: goals.earlier("c2", goal.id)):
        with pytest.raises(NotFoundError):
            call()


def test_a_goal_of_an_earlier_store_can_be_changed(goals, goal, documents):
    """Its document has neither version nor earlier ones."""
    document = documents.find_one(GOALS, {"_id": goal.id})
    old = {k: v for k, v in document.items() if k not in ("version", "earlier")}
    old["goal"] = {
        k: v for k, v in old["goal"].items() if k not in ("version", "changed_at", "changed_by", "closed_why")
    }
    documents.replace_one(GOALS, {"_id": goal.id}, old)
    assert goals.close("c1", goal.id).version == 2
