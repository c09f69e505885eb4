"""`sdc remeasure`: sessions that were measured by older rules are measured by those of now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import EXIT_FAILURES, as_table, plural, progress_bar, report_failures, say

if TYPE_CHECKING:
    from sdc.pipeline.measure_again import MeasuredAgain


def remeasure(
    child: Annotated[str | None, typer.Argument(help="Name or id of the child; default: all children.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All sessions, also those that were measured by the rules of now.")
    ] = False,
) -> None:
    """Measure sessions anew that were measured by older rules, after an update of SDC.

    Nothing is transcribed again; transcripts, reviews and signed reports stay as they are. Reports that are made
    again then rest on one set of rules.
    """
    from sdc.app import build_app
    from sdc.pipeline.measure_again import measure_again
    from sdc.settings import read_settings

    done: list[tuple[str, MeasuredAgain]] = []
    with build_app(read_settings()) as app, progress_bar("measuring") as update:
        children = app.repository.children() if child is None else [app.repository.named_child(child)]
        for number, whose in enumerate(children):
            for found in measure_again(app, whose.id, every=every, actor="cli"):
                done.append((whose.name, found))
                update(found.entry.source, number / len(children))
    failures = [found.failure for _, found in done if found.failure is not None]
    say(_told(done))
    report_failures(failures)
    if failures:
        raise typer.Exit(EXIT_FAILURES)


def _told(done: list[tuple[str, MeasuredAgain]]) -> str:
    kept = [(name, found) for name, found in done if found.failure is None]
    if not done:
        return "Every session was measured by the rules of now."
    rows = [(name, f.entry.date or "—", f.entry.source, ", ".join(f.rules) or "—") for name, f in kept]
    table = as_table(("child", "date", "source", "had older rules"), rows)
    return f"{table}\n{plural(len(kept), 'session')} measured anew."
