"""`sdc add`, `sdc children`, `sdc sessions`: what is kept of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.days import DAY, day
from sdc.cli.output import (
    ACOUSTICS_HELP,
    EXIT_FAILURES,
    INPUTS_HELP,
    TARGET_HELP,
    TableFormat,
    as_json,
    as_table,
    note,
    number,
    plural,
    progress_bar,
    report_failures,
    say,
)
from sdc.cli.review import STATES

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.pipeline.intake import Added
    from sdc.store.records import SessionEntry

COLUMNS = ("mlu_words", "word_types", "maze_words_pct", "intelligible_utterances_pct")
"""Measures that the table of sessions shows; the JSON has all of them."""


def add(
    paths: Annotated[list[Path], typer.Argument(help=INPUTS_HELP)],
    child: Annotated[str, typer.Option(help="Whose sessions they are; a new name adds the child.")],
    date: Annotated[
        dt.date | None,
        typer.Option(parser=day, metavar=DAY, help="Day of the recording; default: the transcript's."),
    ] = None,
    context: Annotated[
        str | None, typer.Option(help="Situation, e.g. 'play with mother'; default: the transcript's.")
    ] = None,
    child_only: Annotated[
        bool, typer.Option("--child-only", help="Only the child speaks on a recording without a transcript.")
    ] = False,
    speakers: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=20,
            help="How many people speak on a recording without a transcript; 1: voices are not told apart.",
        ),
    ] = None,
    diarizer: Annotated[
        str | None, typer.Option(help="What tells voices apart: sdc or pyannote; default: SDC_DIARIZER.")
    ] = None,
    acoustics: Annotated[str | None, typer.Option(help=ACOUSTICS_HELP)] = None,
    target: Annotated[str | None, typer.Option(metavar="SPEAKER", help=TARGET_HELP)] = None,
) -> None:
    """Keep sessions of a child: read or transcribe, measure, compare, store.

    A .cha whose @Media names a file that lies beside it comes with it. Adding the same files
    again changes nothing.
    """
    from sdc.app import build_app
    from sdc.pipeline.intake import add_paths
    from sdc.pipeline.parts import Given
    from sdc.settings import read_settings

    given = Given(date.isoformat() if date else None, context, child_only, speakers, target)
    settings = read_settings()
    settings = replace(settings, diarizer=diarizer or settings.diarizer, acoustics=acoustics or settings.acoustics)
    with build_app(settings) as app, progress_bar("adding") as update:
        results = add_paths(app, paths, child, given, on_step=update, actor="cli")
        labelled = _about_labels(app, results)
    done = [item for item in results if item.entry is not None]
    for item in done:
        _tell_added(item, child)
    for text in labelled:
        note(text)
    failures = [failure for item in results for failure in item.failures]
    report_failures(failures)
    if failures:
        raise typer.Exit(EXIT_FAILURES)


def _about_labels(app: App, results: Sequence[Added]) -> list[str]:
    """Return what to print of the experimental model that was used, with its licence."""
    from sdc.errors import NotFoundError
    from sdc.pipeline.labelling import about_labels

    told: dict[str, None] = {}
    for item in results if app.settings.emotion_model else ():
        with suppress(NotFoundError):  # a session without a recording, or whose model was refused
            if item.entry is not None:
                told[about_labels(app.repository.voice_labels(item.entry.id))] = None
    return list(told)


def _tell_added(item: Added, child: str) -> None:
    assert item.entry is not None
    when = f" of {item.entry.date}" if item.entry.date else ""
    sound = f", recording {item.entry.duration_s:.0f} s" if item.entry.duration_s else ""
    say(f"{item.source}: {child}'s session{when}, {plural(item.entry.n_utterances, 'utterance')}{sound}")
    if item.entry.target is None:
        note(f"warning: {item.source}: no speaker is known to be the child, so nothing is measured of {child}.")
    for text in item.notes:
        note(f"warning: {item.source}: {text}")


def children(
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the list.")] = TableFormat.TABLE,
) -> None:
    """List the children that have sessions here."""
    from sdc.app import build_app
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        known = app.caseload().items
    if format is TableFormat.JSON:
        keys = ("id", "name", "birth_date", "sex")
        people = [
            {key: getattr(item.child, key) for key in keys}
            | {"n_sessions": item.summary.n_sessions, "last_session": item.summary.last_date}
            for item in known
        ]
        say(as_json({"children": people}))
        return
    if not known:
        say("No child here yet. Add one with: sdc add FILE --child NAME")
        return
    rows = [(item.child.name, item.summary.n_sessions, item.summary.last_date or "—") for item in known]
    say(as_table(("child", "sessions", "last session"), rows))


def sessions(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the list.")] = TableFormat.TABLE,
) -> None:
    """List a child's sessions with some measures; --format json has all of them."""
    from sdc.app import build_app
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        whose = app.repository.named_child(child)
        placed = app.timeline(whose.id)
    if format is TableFormat.JSON:
        rows = [_entry_document(p.point, p.week) for p in placed]
        say(as_json({"child": {"id": whose.id, "name": whose.name}, "sessions": rows}))
        return
    if not placed:
        say(f"No session of {whose.name} yet. Add one with: sdc add FILE --child '{whose.name}'")
        return
    say(sessions_table([(p.week, p.point) for p in placed], title=whose.name))


def sessions_table(rows: list[tuple[int | None, SessionEntry]], *, title: str) -> str:
    """Return sessions by week with the measures of ``COLUMNS``."""
    heads = ("week", "date", "source", "transcript", "utterances", *COLUMNS)
    lines = [
        (
            "—" if week is None else week,
            entry.date or "—",
            entry.source,
            STATES[entry.transcript_state],
            entry.n_utterances,
            *(_cell(entry, measure) for measure in COLUMNS),
        )
        for week, entry in rows
    ]
    return as_table(heads, lines, title=title)


def _cell(entry: SessionEntry, measure: str) -> str:
    found = entry.measures.get(measure)
    return number(found.value if found else None)


def _entry_document(entry: SessionEntry, week: int | None) -> dict[str, Any]:
    from sdc.pipeline.analyze import measure_document

    keys = ("id", "source", "origin", "date", "context", "age_months", "target", "n_utterances", "duration_s")
    document = {key: getattr(entry, key) for key in keys}
    measures = {name: measure_document(m) for name, m in entry.measures.items()}
    return document | {"week": week, "transcript_state": entry.transcript_state, "measures": measures}
