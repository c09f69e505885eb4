"""Identifiers that are known by their form: e-mail and web addresses, telephone numbers in digits or words, dates.

A date in one of the two forms that have a fixed width (``2026-03-02``, ``02-MAR-2026``) is moved by the
roster's days; any other is replaced as an identifier, since its form could not be put back exactly.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH_WORDS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
MIN_PHONE_DIGITS = 7

_DIGITS = (
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
)
_AS_DIGITS = ("oh", "o", "double", "triple", "doble")
_COUNTED = 5
"""So many words in a row, up or down or the same one again, are counting and no number of anybody."""


def _spoken_number() -> str:
    """Return the pattern of a telephone number that is said digit by digit, as it may stand on a line or a tier.

    Between its words may stand a comma, a hyphen, a pause, a filler, a mark of repetition, a time bullet; on ``%mor``
    each has its part of speech. What is counted is left: see ``_COUNTED``.
    """
    words = sorted({word for digits in _DIGITS for word in digits[:10]} | set(_AS_DIGITS))
    mark = r"(?:\((?:\.{1,3}|[\d:.]+)\)|&-\w+|\[/+\]|\x15\d+_\d+\x15|cm\|cm|[,<>])"
    between = rf"(?:[ _]*(?:{mark}[ _]*)+|[ _-]+)"
    digit = rf"(?:[a-z:]+\|)?(?i:{'|'.join(words)})(?![^\W_])(?:-[A-Z]\w*)*"
    rows = [row[i : i + _COUNTED] for digits in _DIGITS for row in (digits, digits[::-1]) for i in range(7)]
    rows += [(word,) * _COUNTED for word in words]
    bare = r"[^\w|]+(?:[a-z:]+\|)?"
    counted = "|".join(bare.join(row) for row in rows)
    marching = r"(?P<pair>\w+ \w+(?: \w+)?)(?: (?P=pair)){2}"
    not_counted = rf"(?!(?:{digit}{between})*?(?:[a-z:]+\|)?(?i:{counted}|{marching}))"
    first = "".join(f"(?<!(?i:{word}){gap})" for word in words for gap in (" ", ", "))  # all of it, or nothing
    return rf"(?<![\w\x15])(?={digit}){first}{not_counted}{digit}(?:{between}{digit}){{{MIN_PHONE_DIGITS - 1},24}}"


# A time bullet (\x15123_456\x15) holds digits that are no number of anybody.
_OPEN, _CLOSE = r"(?<![\w\x15])", r"(?![\w\x15])"
ISO_DATE = r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\d-])"
CHAT_DATE = rf"(?<![\w-])\d{{2}}-(?:{'|'.join(MONTHS)})-\d{{4}}(?![\w-])"
IDENTIFIER = "|".join(
    (
        r"(?<![\w.+%-])[A-Za-z0-9][\w.+%-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w])",
        r"(?<!\w)(?:https?://|ftp://|www\.)[^\s<>\"\x15]*[A-Za-z0-9/](?![\w])",
        rf"{_OPEN}\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d{{2}}){_CLOSE}",
        rf"{_OPEN}\d{{1,2}}(?:st|nd|rd|th)?[ .]+(?i:{_MONTH_WORDS})\.?,? +\d{{4}}{_CLOSE}",
        rf"{_OPEN}(?i:{_MONTH_WORDS})\.? +\d{{1,2}}(?:st|nd|rd|th)?,? +\d{{4}}{_CLOSE}",
        _spoken_number(),
        rf"{_OPEN}(?:\+ ?)?\(?\d(?:[ ()/.-]{{0,2}}\d){{{MIN_PHONE_DIGITS - 1},14}}{_CLOSE}",
    )
)


IDENTIFIERS = re.compile(IDENTIFIER)


def moved_date(text: str, days: int) -> str | None:
    """Return a date of fixed width, moved; None when it is none or falls out of the calendar."""
    try:
        if text[:4].isdigit():
            return (date.fromisoformat(text) + timedelta(days=days)).isoformat()
        day, month, year = text.split("-")
        moved = date(int(year), MONTHS.index(month) + 1, int(day)) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return f"{moved.day:02d}-{MONTHS[moved.month - 1]}-{moved.year:04d}"
