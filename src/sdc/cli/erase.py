"""`sdc erase`: forget a child for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import EXIT_FAILURES, as_table, note, plural, say

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.erasure import Erased
    from sdc.store.records import Child


def erase(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask to type the name.")] = False,
) -> None:
    """Erase a child: key, recordings, transcripts, measures, everything; it cannot be undone.

    A tombstone stays (when, and how much, no name), and the audit's lines, which hold ids only.
    Archives that `sdc export` wrote, and backups, are files of yours: delete them yourself.
    """
    from sdc.app import build_app
    from sdc.pipeline.erasing import erase_child
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        whose = _whose(app, child)
        typed = None if yes else _typed_name(whose, app.documents.count("sessions", {"child_id": whose.id}))
        erased = erase_child(whose, app.erasure, app.audit, actor="cli", typed=typed)
    _tell(whose, erased)


def _whose(app: App, child: str) -> Child:
    """Return the child; one that was erased already is known by its id, so that it can be done again."""
    from sdc.store.records import Child

    if app.repository.find_child(child) is None and app.erasure.tombstones.covers(child):
        return Child(child, child)
    return app.repository.named_child(child)


def _typed_name(child: Child, n_sessions: int) -> str:
    note(f"This erases {child.name} with {plural(n_sessions, 'session')}, recordings and all. It cannot be undone.")
    return str(typer.prompt("Type the name to erase the child", err=True))


def _tell(child: Child, erased: Erased) -> None:
    say(as_table(("removed", "number"), list(erased.tombstone.counts.items())))
    if not erased.is_scrubbed:
        note(
            "warning: this document store may keep deleted content on disk for a while; "
            "docs/privacy.md says what that means with and without a key."
        )
    left = [trace for trace in erased.traces if trace.what != child.name]
    for trace in erased.traces:
        what = (
            "is still there" if trace in left else f"holds the name {child.name} for another child's sake: look at it"
        )
        note(f"warning: {trace.place} {what}.")
    if left:
        note(f"error: something is left. Run `sdc erase {child.id}` again. [erase.left]")
        raise typer.Exit(EXIT_FAILURES)
    say(f"\n{child.name} is erased. A search of documents, blobs and files finds nothing that is left.")
