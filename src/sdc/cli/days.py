"""Options that are a day, such as ``--date 2024-03-04``."""

from __future__ import annotations

from datetime import date, datetime

import typer

DAY = "YYYY-MM-DD"
"""How the help writes such an option's value."""


def day(text: str) -> date:
    """Return the day that an option names.

    Parameters
    ----------
    text : str
        Year-month-day: ``2024-03-04``, ``2024-3-4``.

    Raises
    ------
    typer.BadParameter
        Not such a day. A date in any other order is refused, not guessed: 4.3. and 3/4 are read differently
        by different people.
    """
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        wanted = "write it as year-month-day, like 2024-03-04"
        raise typer.BadParameter(f"{text!r} is not a date; {wanted}.") from None
