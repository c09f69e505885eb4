"""Identifiers that are known by their form: e-mail and web addresses, telephone numbers, dates.

A date in one of the two forms that have a fixed width (``2026-03-02``, ``02-MAR-2026``) is moved by the
roster's days; any other is replaced as an identifier, since its form could not be put back exactly.
"""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH_WORDS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
MIN_PHONE_DIGITS = 7

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
        rf"{_OPEN}(?:\+ ?)?\(?\d(?:[ ()/.-]{{0,2}}\d){{{MIN_PHONE_DIGITS - 1},14}}{_CLOSE}",
    )
)


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
