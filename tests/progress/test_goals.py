"""Goals: status from data, five levels beyond the error, T-score by hand."""

from dataclasses import replace
from math import sqrt

import pytest

from sdc.errors import InputError
from sdc.progress import SessionPoint, place
from sdc.progress.goals import (
    Standing,
    baseline_of,
    check_goal,
    goal_error,
    make_scale,
    standing,
    t_score,
)
from sdc.session import Goal, Measure

GOAL = Goal(
    "g1", "c1", "uses longer utterances", "in free play", "mlu_words", 3.0, "at_least", "2026-12-24", sessions=2
)


def points(*values, measure="mlu_words", n=50, unit="words/utterance"):
    return place(
        [
            SessionPoint(
                f"s{i}",
                date=f"2026-03-{i:02d}",
                context="free play",
                measures={measure: Measure(measure, value, unit, n, f"{measure}.v1")},
            )
            for i, value in enumerate(values, 1)
        ]
    )


def with_baseline(placed, goal=GOAL):
    return baseline_of(placed, goal, ["s1", "s2"])


def test_the_baseline_is_the_latest_sessions_unless_others_are_named():
    line = points(1.0, 2.0, 3.0)
    assert baseline_of(line, GOAL).baseline == 2.5
    assert baseline_of(line, GOAL).baseline_sessions == ("s2", "s3")
    assert with_baseline(line).baseline == 1.5


@pytest.mark.parametrize(
    ("later", "status", "reason"),
    [
        ((4.2, 4.4), "met", None),  # 4.3 − 3.0 > 1.96 · .15 · 4.3 / √2 = 0.89
        ((3.0, 3.2), "progressing", None),  # above the criterion, within its error; far above 1.5
        ((1.5, 1.6), "not_yet", None),
        ((4.4,), "cannot_tell", "few_sessions"),
        ((), "cannot_tell", "few_sessions"),
    ],
)
def test_status_from_the_latest_sessions(later, status, reason):
    line = points(1.4, 1.6, *later)
    found = standing(line, with_baseline(line))
    assert (found.status, found.reason) == (status, reason)
    assert found.used == tuple(f"s{i}" for i in range(3, 3 + len(later)))


def test_only_the_latest_sessions_count():
    line = points(1.4, 1.6, 9.0, 1.5, 1.5)
    found = standing(line, with_baseline(line))
    assert (found.used, found.mean, found.status) == (("s4", "s5"), 1.5, "not_yet")


def test_near_the_criterion_and_not_moved_is_not_told():
    line = points(2.7, 2.7, 2.9, 2.9)
    found = standing(line, with_baseline(line))
    assert (found.status, found.reason) == ("cannot_tell", "within_error")
    assert found.margin == pytest.approx(1.96 * 0.15 * 2.9 / sqrt(2), rel=1e-3)
    expected = 1.96 * 0.15 * sqrt((2.9**2 + 2.7**2) / 2)
    assert found.needed == pytest.approx(expected, rel=1e-3)


def test_less_can_be_wanted():
    line = points(20.0, 22.0, 2.0, 2.0, measure="maze_words_pct", n=2000, unit="%")
    goal = replace(GOAL, measure="maze_words_pct", criterion=8.0, direction="at_most")
    assert standing(line, with_baseline(line, goal)).status == "met"
    more = replace(goal, direction="at_least")
    assert standing(line, with_baseline(line, more)).status == "not_yet"


def test_without_a_known_error_nothing_is_told():
    line = points(10.0, 10.0, 90.0, 90.0, measure="contingency_pct", unit="%")
    goal = replace(GOAL, measure="contingency_pct", criterion=50.0)
    found = standing(line, with_baseline(line, goal))
    assert (found.status, found.reason, found.mean) == ("cannot_tell", "no_error", 90.0)
    with pytest.raises(InputError, match="not known yet"):
        check_goal(replace(goal, scale=(30, 40, 50, 60, 70)), goal_error(line, "contingency_pct"))


def test_own_sessions_set_the_error_from_six_on():
    line = points(10.0, 11.0, 10.0, 11.0, 30.0, 31.0, measure="contingency_pct", unit="%")
    error = goal_error(line, "contingency_pct")
    assert error is not None
    assert error.own is not None
    goal = replace(GOAL, measure="contingency_pct", criterion=5.0)
    assert standing(line, with_baseline(line, goal)).reason != "no_error"


def test_a_criterion_within_the_error_is_refused_with_what_would_do():
    line = points(2.0, 2.0)
    error = goal_error(line, "mlu_words")
    goal = with_baseline(line)
    needed = 1.96 * 0.15 * sqrt((2.0**2 + 2.5**2) / 2)
    with pytest.raises(InputError, match=f"differ by up to {needed:.2f}") as refused:
        check_goal(replace(goal, criterion=2.5), error)
    assert f"more than {2 + needed:.2f}" in refused.value.hint
    check_goal(goal, error)


@pytest.mark.parametrize(
    "scale",
    [(2.0, 2.5, 3.0, 3.5), (3.5, 2.5, 3.0, 3.5, 4.0), (1.0, 2.0, 3.1, 4.2, 5.5), (2.8, 2.9, 3.0, 3.1, 3.2)],
    ids=["four", "no order", "zero is not the criterion", "within the error"],
)
def test_scales_that_are_refused(scale):
    with pytest.raises(InputError) as refused:
        check_goal(replace(GOAL, scale=scale), goal_error(points(1.0, 1.0), "mlu_words"))
    assert refused.value.code == "goal.scale"


@pytest.mark.parametrize("direction", ["at_least", "at_most"])
def test_a_made_scale_passes_its_own_check(direction):
    error = goal_error(points(2.0, 2.0), "mlu_words")
    goal = replace(GOAL, direction=direction, criterion=4.0, sessions=4)
    scale = make_scale(goal, error)
    check_goal(replace(goal, scale=scale), error)
    assert scale[2] == 4.0
    assert (scale[0] < scale[4]) is (direction == "at_least")


def test_no_room_for_five_levels():
    error = goal_error(points(5.0, 5.0, measure="maze_words_pct", n=100, unit="%"), "maze_words_pct")
    with pytest.raises(InputError, match="no room"):
        make_scale(replace(GOAL, measure="maze_words_pct", criterion=2.0, direction="at_most"), error)


@pytest.mark.parametrize(("later", "level"), [(0.4, -2), (2.0, -1), (3.4, 0), (4.0, 1), (9.0, 2)])
def test_levels_are_reached_from_their_values_on(later, level):
    line = points(0.5, 0.5, later, later)
    goal = with_baseline(line, replace(GOAL, scale=(1.0, 2.0, 3.0, 4.0, 5.0)))
    assert standing(line, goal).level == level


def test_t_score_by_hand():
    def at(level, weight=1.0):
        return Standing(replace(GOAL, weight=weight), "met", level=level)

    assert t_score([]) is None
    assert t_score([at(None)]) is None
    assert t_score([at(0), at(0)]) == 50
    assert t_score([at(1)]) == pytest.approx(60)
    assert t_score([at(1), at(0), at(None)]) == pytest.approx(50 + 10 / sqrt(0.7 * 2 + 0.3 * 4))
    assert t_score([at(-2, 2.0), at(1)]) == pytest.approx(50 - 30 / sqrt(0.7 * 5 + 0.3 * 9))
