"""`sdc note`: the therapist's words about a session, for the S and the P of its note."""

from __future__ import annotations

from typing import Annotated

import typer

from sdc.cli.output import say


def note(
    session: Annotated[str, typer.Argument(help="Id of the session; `sdc sessions CHILD` lists them.")],
    subjective: Annotated[str | None, typer.Option(help="S: what the child and the family told.")] = None,
    plan: Annotated[str | None, typer.Option(help="P: what is planned.")] = None,
) -> None:
    """Show or write S and P of a session's note. Each writing is a version; what is not given stays as it was."""
    from sdc.app import build_app
    from sdc.pipeline.noting import write_note
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        kept = app.repository.notes.latest(app.repository.entry(session).id)
        if subjective is not None or plan is not None:
            before = (kept.subjective, kept.plan) if kept else ("", "")
            s = before[0] if subjective is None else subjective
            p = before[1] if plan is None else plan
            kept = write_note(app, session, s, p, seen=kept.version if kept else 0, actor="cli")
    if kept is None:
        say("Nothing is written about this session yet. Write with --subjective TEXT and --plan TEXT.")
        return
    say(f"Version {kept.version}, {kept.at}\nS: {kept.subjective or '—'}\nP: {kept.plan or '—'}")
