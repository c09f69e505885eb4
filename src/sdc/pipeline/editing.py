"""A stored transcript is edited: a line, its speaker, or an earlier version again; then measured anew."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sdc.errors import ConflictError
from sdc.formats.chat.editing import edit_line as with_line
from sdc.formats.chat.editing import edited_by
from sdc.pipeline import steps
from sdc.pipeline.changes import Change
from sdc.pipeline.remeasure import remeasure, results_of
from sdc.store.records import StoredSession
from sdc.store.repository import Repository
from sdc.store.undo import UndoSteps, undo_steps
from sdc.store.versions import ORIGINAL, Edit, StaleVersionError, TranscriptVersion


@dataclass(frozen=True, slots=True)
class NewLine:
    """What a line is to be; None leaves it as it is.

    Attributes
    ----------
    text : str or None
        The main line in CHAT, without speaker code and times.
    speaker : str or None
        Code of a speaker of the session.
    """

    text: str | None = None
    speaker: str | None = None


def edit_line(
    repository: Repository, session_id: str, index: int, line: NewLine, *, seen: int, by: str
) -> StoredSession:
    """Change a line of a session and measure the session anew.

    Parameters
    ----------
    repository : Repository
    session_id : str
    index : int
        Of the utterance, from 0.
    line : NewLine
    seen : int
        The version of the transcript that the writer saw.
    by : str
        Who edits: id of the account, ``laptop`` or ``cli``.

    Returns
    -------
    StoredSession
        As it stands now; of the version that was seen where nothing would change.

    Raises
    ------
    StaleVersionError
        Somebody else changed the transcript meanwhile; nothing is overwritten.
    NotFoundError
        No such session or line.
    InputError
        The text is no CHAT line, or nobody has that code.
    """
    stored = at_version(repository, session_id, seen)
    session = with_line(stored.session, index, text=line.text, speaker=line.speaker)
    if session is stored.session:
        return stored
    return remeasure(repository, stored.entry, session, Edit("line", by, utterance=index))


def change_transcript(repository: Repository, session_id: str, change: Change, *, seen: int, by: str) -> StoredSession:
    """Split, merge, mark, rename …, and measure the session anew.

    Parameters
    ----------
    repository : Repository
    session_id : str
    change : Change
    seen, by
        As for ``edit_line``.

    Raises
    ------
    StaleVersionError
        As for ``edit_line``.
    NotFoundError
        No such session or line.
    InputError
        The change cannot be made; nothing is changed.
    """
    stored = at_version(repository, session_id, seen)
    session = change.apply(stored.session)
    if session is stored.session:
        return stored
    return remeasure(repository, stored.entry, session, Edit(change.what, by, utterance=change.index))


def undo_edit(repository: Repository, session_id: str, *, seen: int, by: str) -> StoredSession:
    """Let the version before the last edit stand again, as a new version; again and again goes further back.

    Raises
    ------
    StaleVersionError
        As for ``edit_line``.
    ConflictError
        ``edit.nothing-to-undo``.
    """
    stored = at_version(repository, session_id, seen)
    earlier = undo_steps_of(repository, session_id).undo
    if earlier is None:
        raise ConflictError(
            "There is no edit to undo.", code="edit.nothing-to-undo", hint="See the versions of the session."
        )
    session = repository.versions.at(session_id, earlier)
    return remeasure(repository, stored.entry, session, Edit("undone", by, restored=earlier))


def redo_edit(repository: Repository, session_id: str, *, seen: int, by: str) -> StoredSession:
    """Take the last undoing back; ``edit.nothing-to-redo`` where nothing was undone since the last edit."""
    stored = at_version(repository, session_id, seen)
    later = undo_steps_of(repository, session_id).redo
    if later is None:
        raise ConflictError(
            "There is nothing to do again.", code="edit.nothing-to-redo", hint="See the versions of the session."
        )
    session = repository.versions.at(session_id, later)
    return remeasure(repository, stored.entry, session, Edit("redone", by, restored=later))


def undo_steps_of(repository: Repository, session_id: str) -> UndoSteps:
    """Return which versions undoing and redoing would bring back."""
    return undo_steps(repository.versions.of_session(session_id))


def restore_version(repository: Repository, session_id: str, version: int, *, seen: int, by: str) -> StoredSession:
    """Let the transcript of an earlier version stand again, as a new version.

    Raises
    ------
    StaleVersionError
        As for ``edit_line``.
    NotFoundError
        No such session or version.
    """
    stored = at_version(repository, session_id, seen)
    if version == stored.entry.version:
        return stored
    session = repository.versions.at(session_id, version)
    return remeasure(repository, stored.entry, session, Edit("restored", by, restored=version))


def at_version(repository: Repository, session_id: str, seen: int) -> StoredSession:
    """Return a session, brought up to its newest version; ``StaleVersionError`` when that is not the one seen."""
    finish_edits(repository, session_id)
    stored = repository.session(session_id)
    if stored.entry.version != seen:
        raise StaleVersionError(seen, stored.entry.version)
    return stored


def versions_of(repository: Repository, session_id: str) -> list[TranscriptVersion]:
    """Return all versions of a session's transcript, oldest first; one where nobody edited it."""
    finish_edits(repository, session_id)
    entry = repository.entry(session_id)
    found = repository.versions.of_session(session_id)
    return found or [TranscriptVersion(ORIGINAL, "original", "pipeline", entry.added_at)]


def finish_edits(repository: Repository, session_id: str | None = None) -> int:
    """Bring sessions up to edits that were accepted before the process that made them died.

    Parameters
    ----------
    repository : Repository
    session_id : str, optional
        Only this session's. Default: all.

    Returns
    -------
    int
        How many sessions there were. Doing it twice, or in two processes at once, does no harm.
    """
    waiting = repository.versions.unfinished(session_id)
    if session_id is not None and not waiting and _is_behind(repository, session_id):
        waiting = [session_id]
    for identity in waiting:
        entry = repository.find_entry(identity)
        newest = repository.versions.latest(identity)
        if entry is None or newest is None:
            continue  # its child was erased meanwhile
        session = repository.versions.at(identity, newest)
        repository.bring_up(results_of(repository, entry, session, version=newest))
    return len(waiting)


def _is_behind(repository: Repository, session_id: str) -> bool:
    """Whether the log knows a later version, one that came with an archive for instance."""
    entry, newest = repository.find_entry(session_id), repository.versions.latest(session_id)
    return entry is not None and newest is not None and newest > entry.version


def edited_again(results: steps.Results, session_id: str, repository: Repository) -> steps.Results | None:
    """Keep a transcript that a person edited when its session is processed anew; None where nobody did."""
    from sdc.measures import analyse

    if repository.find_entry(session_id) is None:
        return None
    kept = repository.session(session_id).session
    if edited_by(kept) is None:
        return None
    now = results.session
    kept = replace(kept, date=now.date, context=now.context, media=now.media)
    return steps.Results(kept, analyse(kept, results.tracks), results.sound, results.tracks)
