"""Times that are counted from today."""

from datetime import date

import pytest

from sdc.companion.question import parse_question
from sdc.companion.question_time import Day, Period
from sdc.errors import QuestionError

TODAY = date(2026, 3, 31)


def asked(question: str, today: date | None = TODAY):
    query = parse_question(question, "Sarah", today=today)
    return query.theme.name, query.period, query.mode


def since(year: int, month: int, day: int) -> Period:
    return Period("days", first_day=Day(month, day, year))


@pytest.mark.parametrize(
    ("time", "period"),
    [
        ("last month", Period("days", None, None, Day(2, None, 2026), Day(2, None, 2026))),
        ("this month", Period("days", None, None, Day(3, None, 2026), Day(3, None, 2026))),
        ("in the last four weeks", since(2026, 3, 3)),
        ("over the past 2 weeks", since(2026, 3, 17)),
        ("in the last 1 months", since(2026, 2, 28)),  # 31 February is 28 February
        ("in the last 13 months", since(2025, 2, 28)),
        ("this year", since(2026, 1, 1)),
        ("last year", Period("days", None, None, Day(1, 1, 2025), Day(12, 31, 2025))),
    ],
)
def test_time(time, period):
    assert asked(f"How has the fluency changed {time}?") == ("fluency", period, "compare")


def test_january_comes_after_december():
    _, period, _ = asked("fluency last month", date(2026, 1, 5))
    assert period.first_day == Day(12, None, 2025)


def test_a_month_is_described_or_compared_as_it_is_asked():
    assert asked("How was the fluency last month?")[2] == "describe"
    assert asked("How was the fluency in March 2026?")[2] == "describe"
    assert asked("How did the fluency change in March 2026?")[2] == "compare"


@pytest.mark.parametrize("time", ["last month", "this year", "in the last four weeks"])
def test_without_a_today_it_is_asked_back(time):
    with pytest.raises(QuestionError, match="time"):
        asked(f"How has the fluency changed {time}?", None)


@pytest.mark.parametrize(
    "time", ["before Easter", "last week", "in the last 999 months", "recently", "in the last 0 months"]
)
def test_what_is_not_understood_is_asked_back(time):
    with pytest.raises(QuestionError, match="time"):
        asked(f"How has the fluency changed {time}?")
