"""The therapist's words about a session: S and P of its note, kept in versions."""

from __future__ import annotations

from sdc.errors import InputError
from sdc.pipeline.parts import Parts
from sdc.store.session_notes import SessionNote

MAX_LETTERS = 4_000


def write_note(
    parts: Parts, session_id: str, subjective: str, plan: str, *, seen: int | None = None, actor: str
) -> SessionNote:
    """Keep what a therapist writes about a session as the next version.

    Parameters
    ----------
    parts : Parts
    session_id : str
    subjective, plan : str
        In the therapist's own words; empty: nothing.
    seen : int, optional
        The version that the writer saw; default the newest.
    actor : str

    Raises
    ------
    NotFoundError
        No such session.
    InputError
        ``note.text``: too long, or it holds characters that are not seen.
    ConflictError
        ``note.stale``.
    """
    entry, notes = parts.repository.entry(session_id), parts.repository.notes
    if seen is None:
        latest = notes.latest(entry.id)
        seen = latest.version if latest else 0
    note = SessionNote(entry.child_id, entry.id, _checked(subjective), _checked(plan), actor)
    kept = notes.keep(note, seen=seen)
    parts.audit.record(actor=actor, action="note.write", child_id=entry.child_id, object_id=entry.id)
    return kept


def _checked(text: str) -> str:
    plain = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if len(plain) > MAX_LETTERS or not plain.replace("\n", "").replace("\t", "").isprintable():
        raise InputError(
            f"A part of a note may have up to {MAX_LETTERS} letters, and none that are not seen.",
            code="note.text",
            hint="Shorten it, or type it by hand.",
        )
    return plain
