"""`sdc audit`: who did what to which child, and whether that list is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import EXIT_FAILURES, as_table, note, plural, say

if TYPE_CHECKING:
    from sdc.app import App

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Who did what to which child; whether the list is whole."
)


@app.command("list")
def list_lines(
    child: Annotated[str | None, typer.Option(help="Only lines of this child: name, or id of an erased one.")] = None,
    newest: Annotated[int, typer.Option(min=1, help="So many of the newest lines.")] = 50,
) -> None:
    """List the newest lines; they hold ids, no names and no content."""
    with _opened() as opened:
        found = opened.repository.find_child(child) if child else None
        lines = opened.audit.lines(child_id=found.id if found else child, newest=newest)
    rows = [(m.n, m.at, m.actor, m.action, m.child_id or "—", m.object_id or "—") for m in lines]
    say(as_table(("line", "when", "who", "did", "child", "what"), rows))


@app.command()
def verify() -> None:
    """Check that no line was changed, taken out, put in, moved or cut off."""
    with _opened() as opened:
        report = opened.audit.verify()
    for damage in report.damages:
        note(f"error: {damage.message} [audit.{damage.kind.replace(' ', '-')}]")
    keyed = f", {report.n_keyed} of them under the key of this store" if report.n_keyed else ""
    if not report.is_whole:
        say(f"The audit is damaged: {plural(len(report.damages), 'fault')} in {plural(report.n_lines, 'line')}.")
        raise typer.Exit(EXIT_FAILURES)
    say(f"The audit is whole: {plural(report.n_lines, 'line')}{keyed}.")


def _opened() -> App:
    from sdc.app import build_app
    from sdc.settings import read_settings

    return build_app(read_settings())
