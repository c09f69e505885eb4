"""`sdc search`: where something was talked about."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.days import DAY, day
from sdc.cli.output import TextFormat, as_json, note, plural, say

if TYPE_CHECKING:
    from sdc.pipeline.indexing import Found, SearchResult


def search(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    text: Annotated[str, typer.Argument(help='What it was about, e.g. "trains and stations".')],
    since: Annotated[date | None, typer.Option(parser=day, metavar=DAY, help="Only sessions from this day on.")] = None,
    until: Annotated[date | None, typer.Option(parser=day, metavar=DAY, help="Only sessions up to this day.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="So many passages at most.")] = 5,
    format: Annotated[TextFormat, typer.Option("--format", help="How to write what was found.")] = TextFormat.TEXT,
) -> None:
    """Find passages of a child's sessions, notes and insights, the nearest first.

    Without a model of language (SDC_EMBEDDER) it finds words and their forms, not meanings.
    """
    from sdc.app import build_app
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        whose = app.repository.named_child(child)
        result = app.retrieval.search(whose.id, text, k=limit, since=since, until=until)
    if result.n_not_indexed:
        sessions = plural(result.n_not_indexed, "session")
        note(f"warning: {sessions} of {whose.name} cannot be searched yet: run `sdc index rebuild '{whose.name}'`.")
    say(as_json(search_document(text, result)) if format is TextFormat.JSON else search_text(whose.name, result))


def search_document(text: str, result: SearchResult) -> dict[str, Any]:
    """Return what was found as ``sdc search --format json`` writes it."""
    return {
        "text": text,
        "found": [_found_document(found) for found in result.found],
        "sessions_not_indexed": result.n_not_indexed,
        "embedder": result.embedder,
    }


def _found_document(found: Found) -> dict[str, Any]:
    window = asdict(found.window)
    keys = ("session_id", "date", "kind", "first", "last", "text")
    return {key: window[key] for key in keys} | {"week": found.week, "score": round(found.score, 4)}


def search_text(name: str, result: SearchResult) -> str:
    """Return what was found for people."""
    if not result.found:
        return f"Nothing like that was found in {name}'s sessions."
    return "\n\n".join(_passage(found) for found in result.found)


def _passage(found: Found) -> str:
    window = found.window
    week = "week unknown" if found.week is None else f"week {found.week}"
    about = "" if window.first is None else f", lines {window.first + 1} to {(window.last or 0) + 1}"
    if window.first is not None and window.first == window.last:
        about = f", line {window.first + 1}"
    head = f"{window.date or 'no date'} ({week}), {window.session_id}{about}, {window.kind}, {found.score:.2f}"
    return "\n".join([head, *(f"    {line}" for line in window.text.splitlines())])
