"""The library of activities, and which one is chosen."""

import re

import pytest

from sdc.companion import check_grounding, lint_wording
from sdc.companion.activities import Tried, choose_activity, find_activity, library
from sdc.companion.question import themes
from sdc.companion.readability import reading_grade
from sdc.session import Claim


def text(activity):
    return " ".join([activity.title + ".", *activity.steps])


def test_the_library_is_whole():
    assert len(library()) >= 24
    assert len({a.title for a in library()}) == len(library())
    known = {theme.name for theme in themes()}
    for activity in library():
        assert len(activity.steps) == 3
        assert set(activity.themes) <= known, activity.id
        assert activity.sources
        assert activity.version == "1"
        for source in activity.sources:
            assert re.search(r"\((19|20)\d\d\), .+ \d+, \d+-\d+$", source)


def test_every_source_is_used():
    import tomllib
    from importlib.resources import files

    table = tomllib.loads(files("sdc.companion").joinpath("activities.toml").read_text(encoding="utf-8"))
    assert set(table["source"]) == {key for row in table["activity"].values() for key in row["sources"]}
    assert find_activity("wait_and_look").trains == "wait_time"
    assert find_activity("x") is None


@pytest.mark.parametrize("activity", library(), ids=lambda a: a.id)
def test_words_are_plain_and_say_no_figure(activity):
    assert lint_wording(text(activity)) == []
    assert check_grounding([Claim(text(activity))], []) == []
    assert reading_grade(text(activity)) <= 8


def test_goals_steer():
    assert "grammar" in choose_activity(themes=["grammar"]).themes
    assert choose_activity(themes=["sentence length"], adult=["shared_reading"]).trains == "shared_reading"
    assert choose_activity(adult=["wait_time"]).trains == "wait_time"


def test_the_age_counts():
    assert choose_activity(adult=["imitation"], age_months=30).trains == "imitation"
    assert choose_activity(adult=["imitation"], age_months=140).trains != "imitation"
    for age in (12, 30, 60, 140):
        assert choose_activity(themes=["sentence length"], age_months=age).fits(age)
    assert not find_activity("pause_in_a_song").fits(120)
    assert not find_activity("say_why").fits(30)


def test_tried_ones_rotate_through_all_and_begin_again_with_the_oldest():
    tried, seen = [], []
    for day in range(1, 40):
        found = choose_activity(themes=["fluency"], tried=tried)
        seen.append(found.id)
        tried.append(Tried(found.id, f"2026-03-{day:03d}", "so_so"))
    about = [a.id for a in library() if "fluency" in a.themes]
    assert sorted(seen[: len(about)]) == sorted(about)
    assert seen[len(about) : 2 * len(about)] == seen[: len(about)]


def test_what_fits_most_waits_when_it_was_tried():
    first = choose_activity(themes=["fluency"], adult=["comments"])
    assert first.id == "fewer_questions"
    second = choose_activity(themes=["fluency"], adult=["comments"], tried=[Tried(first.id, "2026-03-01", "well")])
    assert second.id != first.id


def test_rejected_kinds_are_not_repeated():
    kinds = {a.trains for a in library()}
    for rejected in kinds:
        found = choose_activity(themes=["vocabulary"], rejected=[rejected])
        assert found.trains != rejected
    assert choose_activity(rejected=kinds) is None


def test_how_it_went_counts_for_its_kind():
    def after(went):
        return choose_activity(themes=["amount of talk"], tried=[Tried("copy_the_play", "2026-03-01", went)]).trains

    assert after("well") == "imitation"
    assert after("not_yet") != "imitation"


@pytest.mark.parametrize(
    ("words", "grade"),
    [("The cat sat on the mat.", 0.39 * 6 + 11.8 * 1 - 15.59), ("Go. Sit.", 0.39 + 11.8 - 15.59)],
)
def test_reading_grade_by_hand(words, grade):
    assert reading_grade(words) == pytest.approx(grade)


def test_reading_grade_of_long_words_and_none():
    assert reading_grade("Communicative interventions necessitate considerable familiarisation.") > 20
    assert reading_grade("…") is None
