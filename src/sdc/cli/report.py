"""`sdc report`: a child's report as a file that can be handed over; `sdc reports`: those that were signed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.output import TableFormat, as_json, as_table, note, say
from sdc.errors import InputError

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.pipeline.reporting import ReportOrder
    from sdc.pipeline.signing import ListedReport
    from sdc.reports import Audience, Kind, Practice


class For(StrEnum):
    """Who reads it."""

    SLP = "slp"
    PARENT = "parent"


class ReportKind(StrEnum):
    """What is written."""

    PROGRESS = "progress"
    GOALS = "goals"
    SESSION = "session"
    LETTER = "letter"


def report(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write: .pdf, .html, .csv or .parquet.")],
    audience: Annotated[For, typer.Option("--for", help="Who reads it.")] = For.SLP,
    kind: Annotated[
        ReportKind | None,
        typer.Option(help="For therapists progress (the default), goals, session (the last session) or letter."),
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="First day, e.g. 2026-03-02.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    sections: Annotated[
        str | None, typer.Option(help="Optional sections that it is to have, with commas. Default: all.")
    ] = None,
    sign: Annotated[
        str | None,
        typer.Option(help="Sign it with this name and qualification; it is kept, and listed by `sdc reports`."),
    ] = None,
) -> None:
    """Write a report about a child: for a therapist all figures with their n and rules, for a family a letter.

    Every report is a draft until a therapist has signed it.
    """
    from sdc.app import build_app
    from sdc.pipeline.reporting import FORMATS, ReportOrder, child_report
    from sdc.reports import Period
    from sdc.reports.practice import read_practice
    from sdc.settings import read_settings

    format = output.suffix.lower().removeprefix(".")
    if format not in FORMATS:
        raise _wrong_format(output, "written", "Name a file that ends in .pdf, .html, .csv or .parquet.")
    settings = read_settings()
    practice = read_practice(settings.report_name, settings.report_logo)
    whom: Audience = audience.value
    what: Kind | None = kind.value if kind is not None else None
    order = ReportOrder(whom, what, Period(from_, to), _keys(sections))
    with build_app(settings) as app:
        child_id = app.repository.named_child(child).id
        if sign is None:
            data = child_report(app.repository, child_id, order, format, practice=practice)
        else:
            data = _signed(app, child_id, order, output, sign, practice)
    _write(data, output)


def _keys(sections: str | None) -> tuple[str, ...] | None:
    return None if sections is None else tuple(filter(None, (key.strip() for key in sections.split(","))))


def _signed(app: App, child_id: str, order: ReportOrder, output: Path, name: str, practice: Practice) -> bytes:
    from sdc.pipeline.reporting import DOCUMENTS
    from sdc.pipeline.signing import Signer, sign_report

    format = output.suffix.lower().removeprefix(".")
    if format not in DOCUMENTS:
        raise _wrong_format(output, "signed", "Name a file that ends in .pdf or .html.")
    _check_writable(output)
    kept = sign_report(app, child_id, order, Signer(name, "cli"), practice=practice)
    note(f"signed: {kept.id}, version {kept.version}{f', replaces {kept.replaces}' if kept.replaces else ''}")
    return app.repository.reports.content(kept, format)


def reports(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    get: Annotated[str | None, typer.Option(help="Id of a signed report: write its file as it was signed.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File for --get: .pdf or .html.")] = None,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the list.")] = TableFormat.TABLE,
) -> None:
    """List the signed reports of a child, newest first, and whether something has changed since; or fetch one."""
    from sdc.app import build_app
    from sdc.pipeline.signing import listed_reports
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        whose = app.repository.named_child(child)
        if get is not None:
            _fetch(app, whose.id, get, output)
            return
        found = listed_reports(app.repository, whose.id)
    if format is TableFormat.JSON:
        say(as_json({"child": {"id": whose.id, "name": whose.name}, "reports": [_document(item) for item in found]}))
    elif found:
        heads = ("report", "kind", "period", "version", "signed by", "signed at", "state")
        say(as_table(heads, [_row(item) for item in found], title=whose.name))
    else:
        say(f"No report of {whose.name} is signed yet. Sign one with: sdc report '{whose.name}' --sign NAME -o x.pdf")


def _fetch(app: App, child_id: str, report_id: str, output: Path | None) -> None:
    if output is None:
        raise InputError("--get needs a file to write.", code="report.output", hint="Name it with -o, e.g. -o x.pdf.")
    signed = app.repository.reports.get(child_id, report_id)
    _write(app.repository.reports.content(signed, output.suffix.lower().removeprefix(".")), output)
    app.audit.record(actor="cli", action="report.fetch", child_id=child_id, object_id=report_id)


def _row(item: ListedReport) -> tuple[object, ...]:
    report = item.report
    period = " to ".join(dict.fromkeys(day for day in (report.first, report.last) if day)) or "no dates"
    version = f"{report.version}{' (replaces ' + report.replaces + ')' if report.replaces else ''}"
    return (report.id, report.kind, period, version, report.signer, report.signed_at, _state(item))


def _state(item: ListedReport) -> str:
    changes = {
        "transcript changed": item.edited,
        "session removed": item.removed,
        "session added": item.added,
        "note changed": ("1",) if item.note_changed else (),
        "made by an older rule": item.rules,
        "review state changed": item.rereviewed,
        "phases changed": ("1",) if item.phases_changed else (),
    }
    told = [f"{words} ({len(ids)})" if len(ids) > 1 else words for words, ids in changes.items() if ids]
    return ": ".join(filter(None, [item.state, ", ".join(told)]))


def _document(item: ListedReport) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(item)


def _wrong_format(path: Path, done: str, hint: str) -> InputError:
    ending = path.suffix or "a file without an ending"
    return InputError(f"A report cannot be {done} as {ending}.", code="report.format", hint=hint, source=str(path))


def _check_writable(path: Path) -> None:
    """Refuse before anything is signed: what is kept as signed should also be handed over."""
    if not path.absolute().parent.is_dir():
        raise _unwritable(path, "the folder is not there")


def _write(data: bytes, path: Path) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _unwritable(path, str(error.strerror or error)) from error
    note(f"written: {path}")


def _unwritable(path: Path, why: str) -> InputError:
    return InputError(
        f"cannot be written: {why}.",
        code="output.unwritable",
        hint="Choose another file with -o.",
        source=str(path),
    )
