"""The fact base: what is inside a period, weeks from the child's first session, what is left out."""

from dataclasses import replace

import pytest

from sdc.errors import InputError
from sdc.reports import Period, report_facts
from sdc.session import Goal
from sdc.store.records import Child


def test_a_period_keeps_weeks_and_leaves_out_the_rest(facts):
    found = facts(5, period=Period("2026-03-09", "2026-03-23"))
    assert [(s.date, s.week) for s in found.sessions] == [("2026-03-09", 2), ("2026-03-16", 3), ("2026-03-23", 4)]
    assert [p.week for p in found.progress[0].points] == [2, 3, 4]
    assert len(found.line) == 5


def test_days_inside_are_inclusive_and_either_end_may_be_open(facts):
    assert len(facts(3, period=Period(last="2026-03-09")).sessions) == 2
    assert len(facts(3, period=Period(first="2026-03-09")).sessions) == 2


def test_sessions_without_a_date_count_only_where_nothing_is_left_out(facts):
    assert len(facts(2, dated=False).sessions) == 2
    with pytest.raises(InputError, match="no session of Mia from 2026-01-01"):
        facts(2, dated=False, period=Period(first="2026-01-01"))


@pytest.mark.parametrize(("first", "last"), [("2026-02-30", None), (None, "soon"), ("2026-03-09", "2026-03-02")])
def test_a_period_that_is_none_is_refused(first, last):
    with pytest.raises(InputError) as caught:
        Period(first, last)
    assert caught.value.code == "report.period" and caught.value.hint


def test_the_latest_session_is_one_that_lies_on_the_time_line(stored):
    aged, ageless = stored(2, dated=False)
    ageless = replace(
        ageless, session=replace(ageless.session, participants=()), entry=replace(ageless.entry, age_months=None)
    )
    found = report_facts(Child("c1", "Mia"), [ageless, aged], ["mlu_words"])
    assert [s.week for s in found.sessions] == [1, None]
    assert (found.latest.id, found.latest.name) == ("s0", "session week0.cha")


def test_no_session_at_all_says_what_to_do(facts):
    with pytest.raises(InputError) as caught:
        facts(0)
    assert caught.value.code == "report.no-session" and "sdc add" in caught.value.hint


def test_dismissed_insights_are_left_out(stored):
    (one,) = stored(1)
    assert len(one.insights) > 1
    dismissed = replace(
        one, insights=tuple(replace(i, status="dismissed") for i in one.insights[1:]) + one.insights[:1]
    )
    found = report_facts(Child("c1", "Mia"), [dismissed], ["mlu_words"])
    assert [i.id for i in found.latest.insights] == [one.insights[0].id]


def test_norms_are_placed_for_toy_play_alone(facts):
    placed = facts(1, n_lines=56).latest.norms["mlu_words"]
    assert placed.norm is not None and placed.norm.age_band == "3;00-3;05"
    elsewhere = facts(1, n_lines=56, context="dinner").latest.norms["mlu_words"]
    assert elsewhere.norm is None and "toy play" in elsewhere.reason


def test_open_goals_have_a_standing(stored):
    goal = Goal("g1", "c1", "uses longer utterances", "in play", "mlu_words", 3.5, "at_least", "2026-12-24")
    closed = replace(goal, id="g2", is_open=False)
    found = report_facts(Child("c1", "Mia"), stored(3), ["mlu_words"], goals=[goal, closed])
    assert [s.goal.id for s in found.standings] == ["g1"]
