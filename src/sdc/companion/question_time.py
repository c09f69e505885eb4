"""The time that a question names: weeks, dates, the first or last session."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sdc.companion.grounding import MONTHS
from sdc.companion.wordbook import fill
from sdc.errors import QuestionError

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one first",
            "two second",
            "three third",
            "four fourth",
            "five fifth",
            "six sixth",
            "seven seventh",
            "eight eighth",
            "nine ninth",
            "ten tenth",
            "eleven eleventh",
            "twelve twelfth",
        ),
        1,
    )
    for word in words.split()
}
CARDINALS = tuple(word for i, word in enumerate(_NUMBERS) if not i % 2)
"""``one`` to ``twelve``."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day or a month as written; without a year it is the latest one that the sessions know."""

    month: int
    day: int | None = None
    year: int | None = None

    def first_day(self, latest: date) -> date:
        """Return the first day that is meant, not after ``latest`` where the year is not told."""
        year = self.year or latest.year
        day = self._in_year(year)
        return day if self.year or day <= latest or year == date.min.year else self._in_year(year - 1)

    def last_day(self, latest: date) -> date:
        """Return the last day that is meant."""
        first = self.first_day(latest)
        if self.day is not None:
            return first
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)

    def _in_year(self, year: int) -> date:
        try:
            return date(year, self.month, self.day or 1)
        except ValueError as error:
            shown = " ".join(filter(None, [str(self.day or ""), MONTHS[self.month - 1], str(year)]))
            raise QuestionError(fill("ask_back", "no_day", day=shown), hint=fill("ask_back", "time_can")) from error


@dataclass(frozen=True, slots=True)
class Period:
    """The time asked for.

    Attributes
    ----------
    kind : {"all", "weeks", "days", "last", "first"}
        ``all``: no time was named.
    first_week, last_week : int or None
        Of ``weeks``; no last week: up to the last session.
    first_day, last_day : Day or None
        Of ``days``; no last day: up to the last session.
    """

    kind: Literal["all", "weeks", "days", "last", "first"] = "all"
    first_week: int | None = None
    last_week: int | None = None
    first_day: Day | None = None
    last_day: Day | None = None

    @property
    def is_open(self) -> bool:
        """Whether a stretch up to the last session is asked for, not two times that were named."""
        to_the_last = self.kind == "weeks" and self.last_week is None
        return self.kind == "all" or to_the_last or (self.kind == "days" and self.last_day is None)

    @property
    def is_month(self) -> bool:
        """Whether one month is asked for: it may hold several sessions."""
        day = self.first_day
        return self.kind == "days" and day is not None and day == self.last_day and day.day is None

    @property
    def is_single(self) -> bool:
        """Whether one session or week is asked for."""
        same_week = self.kind == "weeks" and self.first_week == self.last_week
        same_day = self.kind == "days" and self.first_day == self.last_day and not self.is_month
        return self.kind in ("last", "first") or same_week or same_day


def find_period(text: str) -> tuple[Period, str]:
    """Return the time that a question names, and the question without it."""
    for pattern, make in _PAIRS:
        if match := pattern.search(text):
            return make(match), f"{text[: match.start()]} {text[match.end() :]}"
    if found := two_apart(text):
        return found
    for pattern, make in (*_OPEN, *_SINGLE):
        if match := pattern.search(text):
            return make(match), f"{text[: match.start()]} {text[match.end() :]}"
    return Period(), text


def two_apart(text: str) -> tuple[Period, str] | None:
    """Return the time between two that stand apart or in either order (``in week 5 compared to week 1``), or None."""
    found = list(_MENTION.finditer(text))
    if len(found) != 2:
        return None
    period = _between(*(_mentioned(match) for match in found))
    return None if period is None else (period, _MENTION.sub(" ", text))


def _mentioned(match: re.Match[str]) -> Period:
    if match["day"]:
        return Period("days", first_day=_day(match["day"]), last_day=_day(match["day"]))
    if match["first"] or match["last"]:
        return Period("first") if match["first"] else Period("last")
    return Period("weeks", number := number_of(match["week"] or match["nth"]), number)


def _between(one: Period, two: Period) -> Period | None:
    """Return the time from one to the other, whichever is named first; None when they cannot be put in order."""
    if one.kind == two.kind:
        if one.kind == "weeks":
            assert one.first_week is not None and two.first_week is not None
            return Period("weeks", min(one.first_week, two.first_week), max(one.first_week, two.first_week))
        return Period("days", first_day=one.first_day, last_day=two.first_day) if one.kind == "days" else None
    kinds = {one.kind: one, two.kind: two}
    start = kinds.get("weeks") or kinds.get("days") or Period("weeks", 1, 1)
    if "last" in kinds:
        return Period(start.kind, first_week=start.first_week, first_day=start.first_day)
    return Period("weeks", 1, start.first_week) if "first" in kinds and start.kind == "weeks" else None


def leftover_time(rest: str) -> str | None:
    """Return a word of time or a number that was not understood, or None."""
    match = _LEFTOVER.search(rest)
    return match.group() if match else None


_N = rf"(?:\d{{1,4}}(?:st|nd|rd|th)?|{'|'.join(_NUMBERS)})"
_NTH = rf"(?:\d{{1,4}}(?:st|nd|rd|th)|{'|'.join(w for i, w in enumerate(_NUMBERS) if i % 2)})"
_TO = r"\s*(?:to|until|till|through|and|vs\.?|versus|with|–|-)\s*(?:the\s+)?"
_MONTH = rf"(?:{'|'.join(MONTHS)}|{'|'.join(m[:3] for m in MONTHS)}|Sept)\.?"
_YEAR = r"(?:\s+\d{4})?"
_DAY = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}{_YEAR}"
    rf"|{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?!\d))?{_YEAR})"
)
_SESSION = r"\s+(?:session|recording|visit|week)"
_LATEST = r"(?:last|latest|newest|most\s+recent)"
_FROM = r"(?:(?:from|between|in|during|comparing|compare)\s+)?(?:the\s+)?"
_LEFTOVER = re.compile(
    rf"\d+(?:st|nd|rd|th)?|\b(?:weeks?|months?|years?|days?|yesterday|today|tomorrow|ago|since|until|before|after"
    rf"|recent(?:ly)?|now|last|latest|previous|earlier|{'|'.join(w for w in _NUMBERS if w not in ('one', 'second'))}"
    rf"|{'|'.join(m for m in MONTHS if m != 'May')}|spring|summer|autumn|winter|christmas|easter)\b",
    re.IGNORECASE,
)


def number_of(text: str) -> int:
    """Return a number that is written in digits or, up to twelve, as a word."""
    text = text.lower()
    return _NUMBERS[text] if text in _NUMBERS else int(re.sub(r"\D", "", text))


def _day(text: str) -> Day:
    if iso := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        year, month, day = map(int, iso.groups())
        if not 1 <= month <= len(MONTHS):
            raise QuestionError(fill("ask_back", "no_day", day=text), hint=fill("ask_back", "time_can"))
        return Day(month, day, year)
    month = next(n for n, name in enumerate(MONTHS, 1) if re.search(rf"\b{name[:3]}", text, re.IGNORECASE))
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    years, days = [n for n in numbers if n > 31], [n for n in numbers if n <= 31]
    return Day(month, days[0] if days else None, years[0] if years else None)


def _weeks(match: re.Match[str]) -> Period:
    first, last = sorted((number_of(match["a"]), number_of(match["b"])))
    return Period("weeks", first, last)


def _week(match: re.Match[str]) -> Period:
    return Period("weeks", number_of(match["a"]), number_of(match["a"]))


def _since_week(match: re.Match[str]) -> Period:
    return Period("weeks", number_of(match["a"]), None)


def _days(match: re.Match[str]) -> Period:
    return Period("days", first_day=_day(match["a"]), last_day=_day(match["b"]))


def _since(match: re.Match[str]) -> Period:
    return Period("days", first_day=_day(match["a"]))


def _on(match: re.Match[str]) -> Period:
    return Period("days", first_day=_day(match["a"]), last_day=_day(match["a"]))


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_SAID = r"\s+(?:session|recording|visit|one|time)\b|(?=\s*(?:$|[?.!,;:]|compared|vs|versus|than|and|to|with))"
_MENTION = _compile(
    r"(?:\b(?:since|from|until|till|up\s+to|to|than|in|on|during|of|at|between|and)\s+)*(?:\bthe\s+)?\b(?:"
    rf"weeks?\s+(?P<week>{_N})(?!\w)|(?P<nth>{_NTH})\s+week\b|(?P<day>{_DAY})(?!\w)"
    rf"|(?P<first>first(?:{_SAID})|(?:beginning|start)\b)|(?P<last>{_LATEST}(?:{_SAID})|(?:now|today|end)\b))"
)
"""One time as people name it; the words before it that only join it to the rest belong to it."""

_Patterns = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]], ...]

_PAIRS: _Patterns = (
    (_compile(rf"\b{_FROM}weeks?\s+(?P<a>{_N}){_TO}(?:weeks?\s+)?(?P<b>{_N})(?!\w)"), _weeks),
    (_compile(rf"\b{_FROM}(?P<a>{_NTH})(?:\s+week)?{_TO}(?P<b>{_NTH})\s+weeks?\b"), _weeks),
    (_compile(rf"\b{_FROM}(?P<a>{_NTH})\s+week{_TO}(?P<b>{_NTH})(?!\w)"), _weeks),
    (_compile(rf"\b{_FROM}(?P<a>{_N}){_TO}weeks?\s+(?P<b>{_N})(?!\w)"), _weeks),
    (_compile(rf"\b{_FROM}(?P<a>{_DAY}){_TO}(?P<b>{_DAY})(?!\w)"), _days),
)
_OPEN: _Patterns = (
    (
        _compile(rf"\b(?:since\s+(?:the\s+)?week\s+(?P<a>{_N})|from\s+week\s+(?P<c>{_N})\s+on(?:wards?)?)\b"),
        lambda m: _since_week(m) if m["a"] else Period("weeks", number_of(m["c"]), None),
    ),
    (
        _compile(
            rf"\b(?:from\s+week\s+(?P<a>{_N})|week\s+(?P<c>{_N})){_TO}(?:{_LATEST}(?:{_SESSION})?|now|today|the\s+end)\b"
        ),
        lambda m: Period("weeks", number_of(m["a"] or m["c"]), None),
    ),
    (
        _compile(
            rf"\b{_FROM}(?:first(?:{_SESSION})?|beginning|start){_TO}(?:{_LATEST}(?:{_SESSION})?|now|today|end)\b"
        ),
        lambda _: Period("weeks", 1, None),
    ),
    (
        _compile(rf"\bsince\s+the\s+(?:beginning|start|first(?:{_SESSION}))\b"),
        lambda _: Period("weeks", 1, None),
    ),
    (_compile(rf"\bsince\s+(?P<a>{_DAY})(?!\w)"), _since),
)
_SINGLE: _Patterns = (
    (_compile(rf"\b(?:on|in|during)\s+(?P<a>{_DAY})(?!\w)"), _on),
    (_compile(rf"\b(?:(?:in|during|of)\s+)?(?:the\s+)?week\s+(?P<a>{_N})(?!\w)"), _week),
    (_compile(rf"\b(?:(?:in|during|of)\s+)?(?:the\s+)?(?P<a>{_NTH})\s+week\b"), _week),
    (_compile(rf"\b(?:in\s+)?(?:the\s+)?{_LATEST}\s+(?:session|recording|visit)\b"), lambda _: Period("last")),
    (_compile(r"\b(?:in\s+)?(?:the\s+)?first\s+(?:session|recording|visit)\b"), lambda _: Period("first")),
)
