import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.progress import SessionPoint, contradictions, missing_weeks, place
from sdc.session.child import DAYS_PER_MONTH


def weeks(points):
    return [(p.point.session_id, p.week, p.placed_by) for p in place(points)]


def test_week_1_is_day_0_to_6(point):
    dates = {"a": "2026-03-02", "b": "2026-03-08", "c": "2026-03-09", "d": "2026-03-30"}
    points = [point(name, date=day) for name, day in reversed(dates.items())]
    assert weeks(points) == [("a", 1, "date"), ("b", 1, "date"), ("c", 2, "date"), ("d", 5, "date")]


def test_ages_place_where_no_session_has_a_date(point):
    points = [point("later", age_months=27 + 15 / DAYS_PER_MONTH), point("first", age_months=27.0)]
    assert weeks(points) == [("first", 1, "age"), ("later", 3, "age")]


def test_an_age_is_placed_between_dates_by_the_birth_date_that_they_share(point):
    """Born 60 months of days before 2026-01-01; 14 days later is week 3."""
    born_months = 60.0
    points = [
        point("dated", date="2026-01-01", age_months=born_months),
        point("dated-too", date="2026-02-01", age_months=born_months + 31 / DAYS_PER_MONTH),
        point("undated", age_months=born_months + 14.5 / DAYS_PER_MONTH),
    ]
    assert weeks(points) == [("dated", 1, "date"), ("undated", 3, "age"), ("dated-too", 5, "date")]


@pytest.mark.parametrize("fields", [{}, {"age_months": 30.0}, {"date": "not a day"}])
def test_what_nothing_places_comes_last_and_has_no_week(point, fields):
    points = [point("nowhere", **fields), point("dated", date="2026-01-01")]
    assert weeks(points) == [("dated", 1, "date"), ("nowhere", None, None)]


def test_missing_weeks(point):
    line = place([point("a", date="2026-03-02"), point("b", date="2026-03-30")])
    assert missing_weeks(line, 1, 5) == (2, 3, 4)
    assert missing_weeks(line, 5, 6) == (6,)


def test_a_date_that_contradicts_the_ages(point):
    """Born by the others on 1 March 2024; the third date is a year off."""
    points = [
        point("a", date="2026-03-01", age_months=24.0),
        point("b", date="2026-04-01", age_months=25.0),
        point("c", date="2025-05-01", age_months=26.0),
        point("d", date="2026-06-01", age_months=27.2),
        point("undated", age_months=28.0),
    ]
    ((odd, days),) = contradictions(points)
    assert odd.session_id == "c"
    assert days == pytest.approx(-365, abs=5)
    assert contradictions(points[:2] + points[3:]) == ()
    assert contradictions(points[1:3]) == ()  # of two nobody can say which is wrong


def test_no_session_no_line():
    assert place([]) == ()


@given(st.lists(st.tuples(st.none() | st.dates().map(str), st.none() | st.floats(0, 200)), max_size=12))
def test_every_session_is_placed_once_in_order(sessions):
    points = [SessionPoint(f"s{i}", date=d, age_months=a) for i, (d, a) in enumerate(sessions)]
    placed = place(points)
    assert sorted(p.point.session_id for p in placed) == sorted(p.session_id for p in points)
    days = [p.day for p in placed if p.day is not None]
    assert days == sorted(days)
    assert not days or days[0] == 0
    assert all(p.day is None for p in placed[len(days) :])
    assert all((p.week is None) == (p.day is None) for p in placed)
    assert [p.point.date for p in placed if p.placed_by == "date"] == sorted(d for d, _ in sessions if d)
