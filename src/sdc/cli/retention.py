"""`sdc retention`: delete recordings that may not be kept any longer."""

from __future__ import annotations

from typing import Annotated

import typer

from sdc.cli.output import as_table, say


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be deleted.")] = False,
) -> None:
    """Delete recordings and sound tracks that have been kept for longer than the family agreed to.

    Transcripts and measures stay. How many days it is, `sdc consent CHILD --grant store_recording
    --retention-days N` says; `sdc serve` does this once a day.
    """
    from sdc.app import build_app
    from sdc.pipeline.retention import apply_retention, recordings_due
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        found = recordings_due(app) if dry_run else apply_retention(app, actor="cli")
    rows = [(due.child.name, entry.source, entry.added_at[:10]) for due in found for entry in due.entries]
    rows += [(due.child.name, f"{u.filename} (in no session)", u.created_at[:10]) for due in found for u in due.uploads]
    if not rows:
        say("No recording is kept for longer than was agreed.")
        return
    say(as_table(("child", "session", "stored on"), rows, title="would be deleted" if dry_run else "deleted"))
