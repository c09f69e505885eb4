"""Markdown of tables and cells."""

import re
from collections.abc import Iterable


def cell(text: object) -> str:
    """Return a text as it may stand in a cell of a table: one line, no column marks, no HTML."""
    return re.sub(r"\s+", " ", str(text)).strip().replace("|", "\\|").replace("<", "\\<")


def code(text: object) -> str:
    """Return a text in code type, for a cell."""
    line = re.sub(r"\s+", " ", str(text)).replace("|", "\\|")
    return f"`{line}`" if line else ""


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table; cells are Markdown already."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
