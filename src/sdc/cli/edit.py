"""`sdc edit`: a line of a transcript is put right; what stood there is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.edit_wish import Wish
from sdc.cli.output import as_table, number, plural, say

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.records import Child, SessionEntry, StoredSession


MARKS = "unintelligible, retracing, repetition, revision, reformulation, false_start"


def edit(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    session: Annotated[str, typer.Argument(help="Date, file name or id of the session.")],
    line: Annotated[int | None, typer.Option(min=0, help="Number of the line, from 0, as the list shows it.")] = None,
    text: Annotated[str | None, typer.Option(help="What it is to say, in CHAT: 'the dog ran .'")] = None,
    speaker: Annotated[str | None, typer.Option(help="Code of who said it, e.g. CHI.")] = None,
    split: Annotated[int | None, typer.Option(min=0, help="Split it: the second line begins with this word.")] = None,
    merge: Annotated[bool, typer.Option("--merge", help="Merge it with the next line of the same speaker.")] = False,
    mark: Annotated[str | None, typer.Option(help=f"Mark --words as: {MARKS}.")] = None,
    words: Annotated[str | None, typer.Option(help="First and last word, from 0 and with marks: 2 or 2-4.")] = None,
    code: Annotated[
        str | None, typer.Option(help="Put a code in, behind the last of --words: '&=laughs', '(.)'.")
    ] = None,
    rename: Annotated[str | None, typer.Option(help="Give this speaker another code or role, on all lines.")] = None,
    to: Annotated[str | None, typer.Option(help="The new code, with --rename.")] = None,
    role: Annotated[str | None, typer.Option(help="The role in CHAT's words, with --rename: Mother.")] = None,
    join: Annotated[bool, typer.Option("--join", help="With --to: it is somebody who is there already.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Undo the last edit.")] = False,
    redo: Annotated[bool, typer.Option("--redo", help="Do again what was undone last.")] = False,
    restore: Annotated[int | None, typer.Option(min=1, help="Let this version stand again, as a new one.")] = None,
    seen: Annotated[
        int | None, typer.Option(min=1, help="Version that you looked at; refused when another one stands now.")
    ] = None,
    versions: Annotated[bool, typer.Option("--versions", help="List who changed what, and when.")] = False,
) -> None:
    """Put a transcript right, and measure the session anew; without an edit, list its lines.

    The original stays: every edit is a new version, and --undo or --restore bring an earlier one back.
    """
    from sdc.app import build_app
    from sdc.pipeline.roles import find_session
    from sdc.settings import read_settings

    wish = Wish(line, text, speaker, split, merge, mark, words, code, rename, to, role, join, undo, redo, restore)
    act = wish.action()
    with build_app(read_settings()) as app:
        known = app.repository.named_child(child)
        entry = find_session(app, known, session)
        if versions:
            say(_versions(app, entry))
        elif act is None:
            say(_lines(app.repository.session(entry.id)))
        else:
            stored = act(app.repository, entry.id, seen or entry.version)
            app.audit.record(actor="cli", action="transcript.edit", child_id=known.id, object_id=entry.id)
            say(_outcome(known, entry, stored))


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
