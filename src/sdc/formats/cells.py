"""What people typed, in cells of tables: never taken for a formula by a table program.

The rule, wherever SDC writes CSV: numbers stay numbers; a text that begins with one of ``= + - @``, their
full-width forms, a tab or a line end (after spaces, too) gets an apostrophe in front, which table programs
take for "this is text". Everything else is written as it is.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[ \u00a0]*[=+\-@\t\r\n＝＋－＠]")


def plain_cell(value: object) -> object:
    """Return what is written for a value: nothing for None, text that is no formula, a number as it is."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def plain_row(row: tuple[object, ...]) -> list[object]:
    """Return a row of such cells."""
    return [plain_cell(value) for value in row]
