"""What a therapist writes beside a session for its note: each saving is a version, none is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sdc.errors import ConflictError
from sdc.store.clock import now_iso
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Documents

SESSION_NOTES = "session_notes"


@dataclass(frozen=True, slots=True)
class SessionNote:
    """One version of a therapist's words about a session.

    Attributes
    ----------
    child_id, session_id : str
    subjective : str
        What child and family told (S); empty: nothing is written yet.
    plan : str
        What is planned (P).
    by : str
        Id of the account.
    at : str
        ISO UTC time.
    version : int
        From 1, per session.
    """

    child_id: str
    session_id: str
    subjective: str
    plan: str
    by: str
    at: str = ""
    version: int = 0


class SessionNotes:
    """The notes on all sessions.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def keep(self, note: SessionNote, *, seen: int) -> SessionNote:
        """Keep a note as the next version.

        Parameters
        ----------
        note : SessionNote
        seen : int
            The latest version that the writer saw; 0 for none.

        Raises
        ------
        ConflictError
            ``note.stale``: somebody else has written in the meantime; nothing is overwritten.
        """
        latest = self.latest(note.session_id)
        if (latest.version if latest else 0) != seen:
            raise _stale()
        kept = replace(note, at=now_iso(), version=seen + 1)
        document = {
            "_id": f"{kept.session_id}.{kept.version:06d}",
            "child_id": kept.child_id,
            "session_id": kept.session_id,
            "note": to_document(kept, identity=""),
        }
        try:
            self._documents.insert_one(SESSION_NOTES, document)
        except ConflictError as error:
            raise _stale() from error
        return kept

    def history(self, session_id: str) -> list[SessionNote]:
        """Return all versions of a session's note, oldest first."""
        found = self._documents.find(SESSION_NOTES, {"session_id": session_id}, sort=[("_id", 1)])
        return [from_document(SessionNote, {**document["note"], "_id": document["_id"]}) for document in found]

    def latest(self, session_id: str) -> SessionNote | None:
        """Return the newest version; None where nobody has written one."""
        return next(iter(self.history(session_id)[-1:]), None)


def _stale() -> ConflictError:
    return ConflictError(
        "Somebody else has written this note in the meantime.",
        code="note.stale",
        hint="Load it again, then put your words in.",
    )
