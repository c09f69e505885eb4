"""`sdc consent`: what a family has agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import EXIT_USAGE, as_table, note, plural, say
from sdc.store.consents import Purpose

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.records import Child


def consent(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    grant: Annotated[Purpose | None, typer.Option(help="The family agrees to this from now on.")] = None,
    withdraw: Annotated[Purpose | None, typer.Option(help="The family no longer agrees to this.")] = None,
    by: Annotated[str, typer.Option(help="Who said so, e.g. 'mother, on paper'.")] = "",
    retention_days: Annotated[
        int | None, typer.Option(help="With --grant store_recording: keep recordings for so many days.")
    ] = None,
) -> None:
    """Show, give or withdraw the consents of a child's family.

    Nothing is allowed before it is granted, but to keep a recording that somebody adds. Withdrawing
    store_recording deletes the child's recordings at once; a withdrawal of another one stops the use
    before anything more is sent.
    """
    from sdc.app import build_app
    from sdc.settings import read_settings

    if grant is not None and withdraw is not None:
        note("error: give --grant or --withdraw, not both.")
        raise typer.Exit(EXIT_USAGE)
    with build_app(read_settings()) as app:
        whose = app.repository.named_child(child)
        if grant is not None:
            _grant(app, whose, grant, by, retention_days)
        elif withdraw is not None:
            _withdraw(app, whose, withdraw, by)
        say(_table(app, whose))


def _grant(app: App, child: Child, purpose: Purpose, by: str, retention_days: int | None) -> None:
    from sdc.pipeline.consenting import grant
    from sdc.store.consents import wording

    shown = wording(purpose)
    note(f"{shown.title}. {shown.text}")
    grant(app, child, purpose, by=by, actor="cli", retention_days=retention_days)


def _withdraw(app: App, child: Child, purpose: Purpose, by: str) -> None:
    from sdc.pipeline.consenting import withdraw

    gone = withdraw(app, child, purpose, by=by, actor="cli")
    if purpose is Purpose.STORE_RECORDING:
        note(f"deleted: recordings of {plural(gone.n_recordings, 'session')}; transcripts and measures stay.")


def _table(app: App, child: Child) -> str:
    from sdc.store.consents import wording

    rows = []
    for purpose in Purpose:
        found = app.consents.newest(child.id, purpose)
        days = found.retention_days if found else None
        rows.append(
            (
                purpose.value,
                wording(purpose).title,
                found.state + (f" for {days} days" if days else "") if found else "not granted",
                found.at[:10] if found else "—",
                found.by if found else "—",
                f"v{found.wording}" if found else "—",
            )
        )
    return as_table(("purpose", "what it means", "state", "since", "by", "wording"), rows, title=child.name)
