"""Everything that the command line says: the only place in SDC that prints.

Results go to stdout (or a file), everything else (progress, warnings, failures) to stderr,
so that ``sdc … --format json | jq`` always works.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from sdc.errors import SDCError
    from sdc.session import Session

EXIT_FAILURES = 1
EXIT_USAGE = 2
INPUTS_HELP = "Transcripts (.cha, .json, .eaf, .TextGrid, .srt, .vtt), recordings, or folders."
TARGET_HELP = "Who the child is: a speaker's code or name, where the file does not say it."
ACOUSTICS_HELP = "What measures pitch, loudness and voice: sdc, librosa or praat; default: SDC_ACOUSTICS."


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class TextFormat(StrEnum):
    """How prose is written."""

    TEXT = "text"
    JSON = "json"


class TableFormat(StrEnum):
    """How a list is written."""

    TABLE = "table"
    JSON = "json"


def console(*, stderr: bool = False) -> Console:
    """Return a console; plain text without colours where the output is no terminal."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=False)


_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"}
_PICTURES |= {0x7F: 0x2421, **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD)}


def visible(text: str) -> str:
    """Return a text whose control characters are pictures: what a transcript holds is no command to a terminal."""
    return text.translate(_PICTURES)


def say(text: str = "") -> None:
    """Print a line of the result."""
    sys.stdout.write(visible(text) + "\n")
    sys.stdout.flush()  # whoever reads a pipe waits for the address of the server


def note(text: str) -> None:
    """Print a line about the work on stderr."""
    sys.stderr.write(visible(text) + "\n")
    sys.stderr.flush()


def write(text: str, path: Path | None) -> None:
    """Write a result to a file, or to stdout when no file is given."""
    text = text if text.endswith("\n") else text + "\n"
    if path is None:
        sys.stdout.write(visible(text) if sys.stdout.isatty() else text)
        sys.stdout.flush()  # a full disk is told here, not when Python ends
        return
    from sdc.errors import InputError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror or error}.",
            code="output.unwritable",
            hint="Choose another file with -o.",
            source=str(path),
        ) from error
    note(f"written: {path}")


def as_json(document: Any) -> str:
    """Return indented JSON; NaN and infinity are refused (law 1)."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a CSV table with a header line; no text in it is taken for a formula (``sdc.formats.cells``)."""
    from sdc.formats.cells import plain_row

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(plain_row(tuple(row)) for row in rows)
    return buffer.getvalue()


def as_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> str:
    """Return an aligned table for people; columns of numbers stand to the right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = [["" if cell is None else str(cell) for cell in row] for row in rows]
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(_is_number(row[index]) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    buffer = io.StringIO()
    width = None if sys.stdout.isatty() else 160
    Console(file=buffer, width=width, highlight=False, force_terminal=False).print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


def _is_number(text: str) -> bool:
    return text in {"", "—"} or text.replace(".", "", 1).replace("-", "", 1).replace("%", "").isdigit()


def number(value: float | None) -> str:
    """Write a value with three significant decimals at most, a dash for none."""
    if value is None:
        return "—"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.3f}".rstrip("0").rstrip(".")


def plural(count: int, noun: str) -> str:
    """Return ``1 utterance``, ``2 utterances``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def say_warnings(session: Session) -> None:
    """List a session's warnings on stderr, each with its line."""
    for warning in session.warnings:
        where = f"{session.source}:{warning.line}" if warning.line else session.source
        note(f"warning: {where}: {warning.message} [{warning.code}]")


def report_failures(failures: Sequence[SDCError]) -> None:
    """List what could not be done, one line each, on stderr."""
    for error in failures:
        note(f"error: {error} [{error.code}]")


@contextmanager
def progress_bar(title: str, total: int | None = None) -> Iterator[Callable[[str, float], None]]:
    """Show a progress bar on stderr where it is a terminal; yield ``update(text, done)``.

    ``done`` is in units of ``total`` (default: a fraction from 0 to 1).
    """
    if not sys.stderr.isatty():
        yield lambda text, done: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=total or 1.0)
        yield lambda text, done: progress.update(task, description=text or title, completed=done)
