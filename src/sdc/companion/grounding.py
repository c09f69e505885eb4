"""Law 3: each figure and each quotation in a sentence is found in the evidence that the sentence cites.

The check reads numbers (also in words, as ordinals, as dates, as weeks) and quotations out of
the finished text; it does not ask how the text came about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sdc.companion.wording import QUOTED
from sdc.progress.timeline import calendar_day
from sdc.session import Claim, Evidence

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEK = "week"
"""Measure id of the evidence that says in which week a session lies."""
CHANGE = ".change"
"""Ending of the id of evidence that holds a difference; a sentence shows its size without the sign."""

_CARDINALS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_WORDS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_CARDINALS)},
    **{word: float(value) for value, word in enumerate(_ORDINALS, 1) if value > 2},
    **{"twice": 2.0, "double": 2.0, "doubled": 2.0, "triple": 3.0, "tripled": 3.0, "half": 0.5, "halved": 0.5},
    **{"dozen": 12.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0},
    **{"eighty": 80.0, "ninety": 90.0, "hundred": 100.0, "thousand": 1000.0, "million": 1e6},
    **{"thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0, "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0},
    **{"nineteen": 19.0, "quarter": 0.25, "nan": float("nan"), "inf": float("nan"), "infinity": float("nan")},
}
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][+-]?\d+)?"
_SIGNED = re.compile(rf"(?P<sign>(?<![\w.])[-−+])?(?P<number>{_NUMBER})")
_DATE = re.compile(rf"\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b|\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_WEEKS = re.compile(
    r"\bweek\s+(\d+)(?![\d.]*\d)|\bweeks\s+(\d+(?:(?:,\s*|\s+and\s+|,\s+and\s+|\s+to\s+|\s*–\s*)\d+)*)\b(?!\.\d)",
    re.IGNORECASE,
)
_ORDINAL_WEEK = re.compile(rf"\b({'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\s+week\b", re.IGNORECASE)
_ORDINAL_THING = re.compile(r"\b(first|second)\s+(?:session|recording|month|day|year)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """Something in a claim that its evidence does not hold.

    Attributes
    ----------
    claim : int
        Index of the claim.
    text : str
        The figure, quotation, date or evidence id.
    """

    claim: int
    text: str


def check_grounding(claims: Sequence[Claim], evidence: Iterable[Evidence]) -> list[Ungrounded]:
    """Return what the claims say and their evidence does not hold; nothing when all is grounded.

    Parameters
    ----------
    claims : Sequence[Claim]
    evidence : Iterable[Evidence]
        A claim is held against those that it cites, by id.

    Notes
    -----
    A figure is grounded when a cited value, rounded to as many decimals as the sentence shows,
    is that figure, or when it is a cited ``n``. Weeks are held against evidence of weeks only.
    """
    by_id = {e.id: e for e in evidence}
    found = []
    for index, claim in enumerate(claims):
        missing = [i for i in claim.evidence if i not in by_id]
        cited = [by_id[i] for i in claim.evidence if i in by_id]
        found += [Ungrounded(index, text) for text in (*missing, *_ungrounded(claim.text, cited))]
    return found


def _ungrounded(text: str, cited: Sequence[Evidence]) -> Iterator[str]:
    for quoted in QUOTED.findall(text):
        if not any(_same_words(quoted[1:-1], e.quote) for e in cited):
            yield quoted
    text = without_quotes(text)
    yield from (mark for mark in '“”"' if mark in text)  # an open quotation could hide anything
    for match in _DATE.finditer(text):
        if _day(match) not in {calendar_day(e.date) for e in cited if e.date}:
            yield match.group()
    text = _DATE.sub(_blank, text)
    for match in [*_WEEKS.finditer(text), *_ORDINAL_WEEK.finditer(text)]:
        yield from (shown for shown, week in _weeks(match) if not _is_week(week, cited))
    for figure in figures(without_times(text)):
        if not any(figure.shows(value) for e in cited for value in evidence_values(e)):
            yield figure.text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def without_quotes(text: str) -> str:
    """Return a text with blanks where somebody is quoted; what is left stands where it stood."""
    return QUOTED.sub(_blank, text)


def without_times(text: str) -> str:
    """Return a text with blanks where dates and weeks stood."""
    return _ORDINAL_WEEK.sub(_blank, _WEEKS.sub(_blank, _DATE.sub(_blank, text)))


def times(text: str) -> list[tuple[int, int, date | str | float]]:
    """Return each date and each week in a text: from where to where it stands, the day or the number of the week."""
    found: list[tuple[int, int, date | str | float]] = [(m.start(), m.end(), _day(m)) for m in _DATE.finditer(text)]
    text = _DATE.sub(_blank, text)
    for match in [*_WEEKS.finditer(text), *_ORDINAL_WEEK.finditer(text)]:
        found += [(match.start(), match.end(), week) for _, week in _weeks(match)]
    return sorted(found, key=lambda place: place[:2])


def _same_words(quoted: str, quote: str | None) -> bool:
    return quote is not None and " ".join(quoted.split()) == " ".join(quote.split())


def _day(match: re.Match[str]) -> date | str:
    year, month, day, day_too, name, year_too = match.groups()
    try:
        if year:
            return date(int(year), int(month), int(day))
        return date(int(year_too), MONTHS.index(name) + 1, int(day_too))
    except ValueError:
        return match.group()


def _weeks(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    word = next(group for group in match.groups() if group).lower()
    if word in _ORDINALS:
        yield match.group(), float(_ORDINALS.index(word) + 1)
    else:
        yield from ((f"week {digits}", float(digits)) for digits in re.findall(r"\d+", word))


def _is_week(week: float, cited: Sequence[Evidence]) -> bool:
    return any(e.measure == WEEK and e.value == week for e in cited)


def evidence_values(evidence: Evidence) -> Iterator[float]:
    """Yield what a figure in a sentence may show of an evidence; of a week nothing: weeks are held against weeks."""
    if evidence.measure == WEEK:
        return
    if evidence.value is not None:
        yield evidence.value
        if evidence.measure is not None and evidence.measure.endswith(CHANGE):
            yield abs(evidence.value)
    if evidence.n is not None:
        yield float(evidence.n)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence.

    Attributes
    ----------
    text : str
        As it is shown.
    value : float
    decimals : int
        How many are shown.
    start, end : int
        Where it stands.
    """

    text: str
    value: float
    decimals: int
    start: int
    end: int

    def shows(self, value: float) -> bool:
        """Tell whether a value, rounded to as many decimals, is this figure."""
        return _rounds_to(value, self.value, self.decimals)


def figures(text: str) -> Iterator[Figure]:
    """Yield each figure of a text: digits, words, ordinals of a thing, and numbers that are no digits."""
    for match in _SIGNED.finditer(text):
        number = match.group("number").replace(",", "")
        sign = -1 if match.group("sign") in ("-", "−") else 1
        decimals = 0 if "e" in number.lower() else len(number.partition(".")[2])
        yield Figure(match.group(), sign * float(number), decimals, *match.span())
    for match in _WORD.finditer(text):
        if match.group().lower() in _WORDS:
            yield Figure(match.group(), _WORDS[match.group().lower()], 2, *match.span())
    for match in _ORDINAL_THING.finditer(text):
        yield Figure(match.group(), 1.0 + _ORDINALS.index(match.group(1).lower()), 2, *match.span())
    # Superscripts, fractions, circled digits: numbers that are no digits.
    for index, c in enumerate(text):
        if unicodedata.category(c) in ("No", "Nl"):
            yield Figure(c, unicodedata.numeric(c), 2, index, index + 1)


def _rounds_to(value: float, shown: float, decimals: int) -> bool:
    return abs(value - shown) <= 0.5 * 10.0**-decimals * (1 + 1e-9) + 1e-12
