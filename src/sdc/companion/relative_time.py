"""Times that are counted from today: last month, the last four weeks, this year.

They are resolved to dates at once, so that what is asked does not hang on the day on which it is
answered. Without a today they are not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from sdc.companion.question_time import CARDINALS, Day, Period, number_of

MAX_MONTHS = 120
"""A question that reaches back farther is asked back."""

_N = rf"(?:\d{{1,3}}|{'|'.join(CARDINALS)})"
_IN = r"\b(?:(?:in|over|during|for|since)\s+)?(?:the\s+)?"


def find_relative(text: str, today: date) -> tuple[Period, str] | None:
    """Return the time that a question counts from today, and the question without it; None when there is none.

    Parameters
    ----------
    text : str
    today : date
    """
    for pattern, make in _RELATIVE:
        match = pattern.search(text)
        period = make(match, today) if match else None
        if match and period:
            return period, f"{text[: match.start()]} {text[match.end() :]}"
    return None


def _since_day(day: date) -> Period:
    return Period("days", first_day=Day(day.month, day.day, day.year))


def _last_month(_: re.Match[str], today: date) -> Period:
    before = date(today.year, today.month, 1) - timedelta(days=1)
    return Period("days", first_day=Day(before.month, None, before.year), last_day=Day(before.month, None, before.year))


def _this_month(_: re.Match[str], today: date) -> Period:
    return Period("days", first_day=Day(today.month, None, today.year), last_day=Day(today.month, None, today.year))


def _last_year(_: re.Match[str], today: date) -> Period:
    return Period("days", first_day=Day(1, 1, today.year - 1), last_day=Day(12, 31, today.year - 1))


def _this_year(_: re.Match[str], today: date) -> Period:
    return _since_day(date(today.year, 1, 1))


def _last_weeks(match: re.Match[str], today: date) -> Period:
    return _since_day(today - timedelta(weeks=number_of(match["n"])))


def _last_months(match: re.Match[str], today: date) -> Period | None:
    n = number_of(match["n"])
    return _months_before(today, n) if 0 < n <= MAX_MONTHS else None


def _months_before(today: date, n: int) -> Period:
    months = today.year * 12 + today.month - 1 - n
    year, month = divmod(months, 12)
    first = date(year, month + 1, 1)
    last_of_month = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return _since_day(first.replace(day=min(today.day, last_of_month)))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_RELATIVE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]], ...] = (
    (_compile(rf"{_IN}(?:last|past)\s+(?P<n>{_N})\s+weeks\b"), _last_weeks),
    (_compile(rf"{_IN}(?:last|past)\s+(?P<n>{_N})\s+months\b"), _last_months),
    (_compile(rf"{_IN}last\s+month\b"), _last_month),
    (_compile(rf"{_IN}this\s+month\b"), _this_month),
    (_compile(rf"{_IN}last\s+year\b"), _last_year),
    (_compile(rf"{_IN}this\s+year\b"), _this_year),
)
