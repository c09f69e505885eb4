"""Figures, dates and ages as people read them: the same text as the dashboard's (web/src/lib/format.ts)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sdc.companion.grounding import MONTHS
from sdc.progress.timeline import calendar_day

NONE = "—"

SCALES = frozenset({"", "%", "ratio", "s", "ms", "Hz", "dB", "st", "semitones"})
"""What is measured on a scale; every other unit without a stroke counts things."""


def show_value(value: float | None, unit: str = "") -> str:
    """Return a value with decimals that fit its size; whole counts have none, none is a dash."""
    if value is None:
        return NONE
    if unit not in SCALES and "/" not in unit and float(value).is_integer():
        return f"{value:,.0f}"
    size = abs(value)
    digits = 1 if unit == "%" else 0 if size >= 100 else 1 if size >= 20 else 2
    # Browsers round half away from zero, by the decimal digits of the number as it is written.
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{exact:,}"


def show_unit(unit: str) -> str:
    """Return a unit as it stands behind a measure's name; nothing for ratios."""
    return "" if unit in ("ratio", "count", "") else unit


def show_date(iso: str | None) -> str:
    """Return ``2 March 2026``; ``no date`` where there is none."""
    day = calendar_day(iso)
    return "no date" if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def show_day(iso: str | None) -> str:
    """Return ``2 Mar 2026``, for tables."""
    day = calendar_day(iso)
    return "no date" if day is None else f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def show_age(months: float | None) -> str:
    """Return an age in months as years;months, the way clinicians write it: ``2;06``."""
    if months is None:
        return NONE
    whole = int(months + 1e-9)
    return f"{whole // 12};{whole % 12:02d}"


def show_duration(seconds: float | None) -> str:
    """Return a length as ``4 min 5 s``."""
    if seconds is None:
        return NONE
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    return f"{rest} s" if not minutes else f"{minutes} min {rest} s" if rest else f"{minutes} min"


def shorten(text: str, length: int) -> str:
    """Return a text of at most so many letters; one that is longer ends in three dots."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def show_week(week: int | None) -> str:
    """Return a week's number, or a dash."""
    return NONE if week is None else str(week)


def show_interval(low: float, high: float, unit: str) -> str:
    """Return both ends of an interval, each as a value is shown."""
    return f"{show_value(low, unit)} to {show_value(high, unit)}"
