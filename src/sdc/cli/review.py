"""`sdc review`: what waits for a person's review, who reviewed what, and marking it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.output import TableFormat, as_json, as_table, plural, say
from sdc.errors import InputError

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.pipeline.review import ReviewQueue
    from sdc.store.records import SessionEntry

STATES = {"reviewed": "reviewed", "handed_in": "handed in", "raw": "raw"}
"""How the states of a transcript are called in tables (docs/review.md)."""


def review(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    session: Annotated[str | None, typer.Argument(help="Date, file name or id of one session.")] = None,
    mark: Annotated[bool, typer.Option("--mark", help="The whole transcript was reviewed as it stands.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take that back: it is raw or handed in again.")] = False,
    line: Annotated[
        int | None, typer.Option(min=0, help="Only this line, from 0: it was looked at; with --undo: it was not.")
    ] = None,
    seen: Annotated[
        int | None, typer.Option(min=1, help="Version that you looked at; refused when another one stands now.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="List reviewed sessions, too.")] = False,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write it.")] = TableFormat.TABLE,
) -> None:
    """List what waits for review: the sessions of a child, or the doubtful lines of one; or mark it as reviewed.

    A review belongs to the version that was seen. Only reviewed transcripts become pairs of `sdc dataset build`.
    """
    from sdc.app import build_app
    from sdc.pipeline.roles import find_session
    from sdc.settings import read_settings

    _check(session, mark, undo, line)
    with build_app(read_settings()) as app:
        known = app.repository.named_child(child)
        if session is None:
            entries = app.repository.session_entries(known.id)
            rows = [row for row in (_document(app, entry) for entry in entries) if all_ or _waits(row)]
            say(as_json({"child": {"id": known.id, "name": known.name}, "sessions": rows}) if format is TableFormat.JSON
                else _sessions_text(known.name, rows, len(entries)))  # fmt: skip
            return
        entry = find_session(app, known, session)
        if mark or undo or line is not None:
            say(_marked(app, entry, line, seen or entry.version, reviewed=not undo))
        elif format is TableFormat.JSON:
            say(as_json(_document(app, entry) | {"lines": _line_documents(app, entry)}))
        else:
            say(_lines_text(app, entry))


def _check(session: str | None, mark: bool, undo: bool, line: int | None) -> None:
    if session is None and (mark or undo or line is not None):
        raise InputError(
            "It is not said which session was reviewed.",
            code="review.session",
            hint="Name its date, file or id after the child.",
        )
    if mark and (undo or line is not None):
        raise InputError(
            "--mark is about the whole transcript.",
            code="review.mark",
            hint="Say --mark, or --undo, or --line N, or --line N --undo.",
        )


def _marked(app: App, entry: SessionEntry, line: int | None, seen: int, *, reviewed: bool) -> str:
    """Mark, with the audit's line that the same request over HTTP leaves."""
    from sdc.access import Action
    from sdc.access.actor import CLI
    from sdc.pipeline.review import look_at, mark_reviewed

    if line is None:
        queue = mark_reviewed(app.repository, entry.id, seen=seen, by=CLI.id, reviewed=reviewed)
    else:
        queue = look_at(app.repository, entry.id, line, seen=seen, by=CLI.id, looked=reviewed)
    app.audit.record(actor=CLI.id, action=Action.EDIT_TRANSCRIPT.value, child_id=entry.child_id, object_id=entry.id)
    state = f"{entry.source}, version {queue.version}: {STATES[queue.state]}"
    return f"{state}, {plural(queue.n_left, 'line')} left to look at."


def _document(app: App, entry: SessionEntry) -> dict[str, Any]:
    """Return the state of a session's review as JSON has it."""
    from sdc.pipeline.review import review_queue

    queue = review_queue(app.repository, entry.id)
    return {
        "id": entry.id,
        "source": entry.source,
        "date": entry.date,
        "version": queue.version,
        "state": queue.state,
        "n_left": queue.n_left,
        "unknown_voices": list(queue.unknown),
        "reviewed_by": None if queue.review is None else _name(app, queue.review.by),
        "reviewed_at": None if queue.review is None else queue.review.at,
    }


def _waits(row: dict[str, Any]) -> bool:
    return bool(row["state"] != "reviewed")


def _name(app: App, actor: str) -> str:
    from sdc.errors import NotFoundError

    try:
        return app.accounts.get(actor).name
    except NotFoundError:
        return actor  # who holds the machine has no account, nor has one that is gone


def _sessions_text(name: str, rows: list[dict[str, Any]], n_sessions: int) -> str:
    if not rows:
        return f"Nothing of {name} waits for review ({plural(n_sessions, 'session')}); --all lists all sessions."
    heads = ("session", "date", "source", "version", "state", "lines left", "reviewed by", "on")
    lines = [
        (
            row["id"],
            row["date"] or "—",
            row["source"],
            row["version"],
            STATES[row["state"]],
            row["n_left"],
            row["reviewed_by"] or "—",
            (row["reviewed_at"] or "—")[:10],
        )
        for row in rows
    ]
    return as_table(heads, lines, title=name)


def _queue(app: App, entry: SessionEntry) -> ReviewQueue:
    from sdc.pipeline.review import review_queue

    return review_queue(app.repository, entry.id)


def _line_documents(app: App, entry: SessionEntry) -> list[dict[str, Any]]:
    said = app.repository.transcript(entry.id).utterances
    return [
        {
            "line": item.line.index,
            "speaker": said[item.line.index].speaker,
            "text": said[item.line.index].raw,
            "doubt": round(item.line.doubt, 3),
            "reasons": [reason.text for reason in item.line.reasons],
            "is_done": item.is_done,
        }
        for item in _queue(app, entry).lines
    ]


def _lines_text(app: App, entry: SessionEntry) -> str:
    row, left = _document(app, entry), [item for item in _line_documents(app, entry) if not item["is_done"]]
    by = f" by {row['reviewed_by']} on {row['reviewed_at'][:10]}" if row["reviewed_by"] else ""
    title = f"{entry.source}, version {row['version']}: {STATES[row['state']]}{by}"
    if row["reviewed_by"] or not left:
        return f"{title}. No line is left to look at."
    lines = [(i["line"], i["speaker"], i["text"], " ".join(i["reasons"])) for i in left]
    return as_table(("line", "speaker", "text", "why"), lines, title=title)
