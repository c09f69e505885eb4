"""`sdc report`: a child's report as a file that can be handed over."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import note
from sdc.errors import InputError

if TYPE_CHECKING:
    from sdc.reports import Audience, Kind


class For(StrEnum):
    """Who reads it."""

    SLP = "slp"
    PARENT = "parent"


class ReportKind(StrEnum):
    """What is written."""

    PROGRESS = "progress"
    SESSION = "session"
    LETTER = "letter"


def report(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write: .pdf, .html or .csv.")],
    audience: Annotated[For, typer.Option("--for", help="Who reads it.")] = For.SLP,
    kind: Annotated[
        ReportKind | None,
        typer.Option(help="For therapists progress (the default), session (the last session) or letter."),
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="First day, e.g. 2026-03-02.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
) -> None:
    """Write a report about a child: for a therapist all figures with their n and rules, for a family a letter.

    Every report is a draft until a therapist has signed it.
    """
    from sdc.app import build_app
    from sdc.pipeline.reporting import WRITERS, ReportOrder, child_report
    from sdc.reports import Period
    from sdc.reports.practice import read_practice
    from sdc.settings import read_settings

    format = output.suffix.lower().removeprefix(".")
    if format not in WRITERS:
        raise InputError(
            f"A report cannot be written as {output.suffix or 'a file without an ending'}.",
            code="report.format",
            hint="Name a file that ends in .pdf, .html or .csv.",
            source=str(output),
        )
    settings = read_settings()
    practice = read_practice(settings.report_name, settings.report_logo)
    whom: Audience = audience.value
    what: Kind | None = kind.value if kind is not None else None
    with build_app(settings) as app:
        whose = app.repository.named_child(child)
        order = ReportOrder(whom, what, Period(from_, to))
        data = child_report(app.repository, whose.id, order, format, practice=practice)
    _write(data, output)


def _write(data: bytes, path: Path) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror or error}.",
            code="output.unwritable",
            hint="Choose another file with -o.",
            source=str(path),
        ) from error
    note(f"written: {path}")
