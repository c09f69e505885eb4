"""`sdc edit`: a line of a transcript is put right; what stood there is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import as_table, number, plural, say

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.records import Child, SessionEntry, StoredSession


def edit(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    session: Annotated[str, typer.Argument(help="Date, file name or id of the session.")],
    line: Annotated[int | None, typer.Option(min=0, help="Number of the line, from 0, as the list shows it.")] = None,
    text: Annotated[str | None, typer.Option(help="What it is to say, in CHAT: 'the dog ran .'")] = None,
    speaker: Annotated[str | None, typer.Option(help="Code of who said it, e.g. CHI.")] = None,
    restore: Annotated[int | None, typer.Option(min=1, help="Let this version stand again, as a new one.")] = None,
    seen: Annotated[
        int | None, typer.Option(min=1, help="Version that you looked at; refused when another one stands now.")
    ] = None,
    versions: Annotated[bool, typer.Option("--versions", help="List who changed what, and when.")] = False,
) -> None:
    """Put a line of a transcript right, and measure the session anew; without --line, list its lines.

    The original stays: every edit is a new version, and --restore brings an earlier one back.
    """
    from sdc.app import build_app
    from sdc.pipeline.roles import find_session
    from sdc.settings import read_settings

    _check(line, text, speaker, restore)
    with build_app(read_settings()) as app:
        known = app.repository.named_child(child)
        entry = find_session(app, known, session)
        if versions:
            say(_versions(app, entry))
        elif line is None and restore is None:
            say(_lines(app.repository.session(entry.id)))
        else:
            stored = _changed(app, entry, seen or entry.version, line, text, speaker, restore)
            app.audit.record(actor="cli", action="transcript.edit", child_id=known.id, object_id=entry.id)
            say(_outcome(known, entry, stored))


def _check(line: int | None, text: str | None, speaker: str | None, restore: int | None) -> None:
    if (line is None) != (text is None and speaker is None):
        raise typer.BadParameter("--line goes with --text, --speaker, or both.")
    if line is not None and restore is not None:
        raise typer.BadParameter("--restore is for a whole transcript, --line for one line of it.")


def _changed(
    app: App,
    entry: SessionEntry,
    seen: int,
    line: int | None,
    text: str | None,
    speaker: str | None,
    restore: int | None,
) -> StoredSession:
    from sdc.pipeline.editing import NewLine, edit_line, restore_version

    if line is None:
        assert restore is not None
        return restore_version(app.repository, entry.id, restore, seen=seen, by="cli")
    return edit_line(app.repository, entry.id, line, NewLine(text, speaker), seen=seen, by="cli")


def _outcome(child: Child, entry: SessionEntry, stored: StoredSession) -> str:
    if stored.entry.version == entry.version:
        return f"Nothing changed; version {entry.version} stands."
    mlu = stored.entry.measures.get("mlu_words")
    measured = f" {child.name}: MLU in words {number(mlu.value)} ({plural(mlu.n or 0, 'utterance')})." if mlu else ""
    return f"{entry.source} is at version {stored.entry.version} now.{measured}"


def _lines(stored: StoredSession) -> str:
    rows = [(u.index, u.speaker, u.raw) for u in stored.session.utterances]
    return as_table(("line", "speaker", "text"), rows, title=f"{stored.entry.source}, version {stored.entry.version}")


def _versions(app: App, entry: SessionEntry) -> str:
    from sdc.pipeline.editing import versions_of

    rows = [
        (v.version, v.what, next((n for n in (v.utterance, v.restored) if n is not None), "—"), v.by, v.at)
        for v in versions_of(app.repository, entry.id)
    ]
    return as_table(("version", "what", "which", "by", "at"), rows, title=entry.source)
