"""The review of a transcript: what deserves a look, what was looked at, and that somebody reviewed all of it."""

from __future__ import annotations

from dataclasses import dataclass

from sdc.errors import NotFoundError
from sdc.formats.chat.editing import edited_lines
from sdc.pipeline.editing import at_version, finish_edits
from sdc.pipeline.review_queue import DoubtfulLine, doubtful_lines
from sdc.session import Session
from sdc.store.clock import now_iso
from sdc.store.records import SessionEntry, TranscriptReview, TranscriptState
from sdc.store.repository import Repository
from sdc.store.reviews import LookedAt, line_keys
from sdc.transcribe.naming import unknown_voices


@dataclass(frozen=True, slots=True)
class QueuedLine:
    """A line that deserves a look, and whether it had one.

    Attributes
    ----------
    line : DoubtfulLine
    look : LookedAt or None
        Who looked at it and left it as it is; None also where a new reason has come since.
    is_edited : bool
        A person wrote it anew, which counts as looked at.
    """

    line: DoubtfulLine
    look: LookedAt | None = None
    is_edited: bool = False

    @property
    def is_done(self) -> bool:
        """Whether somebody looked at it or wrote it anew."""
        return self.is_edited or self.look is not None


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """The review of a transcript as it stands.

    Attributes
    ----------
    version : int
        Of the transcript.
    state : {"reviewed", "handed_in", "raw"}
    review : TranscriptReview or None
        The one that holds.
    lines : tuple[QueuedLine, ...]
        The most doubtful first.
    unknown : tuple[str, ...]
        Codes of the voices of which nobody has told whose they are.
    """

    version: int
    state: TranscriptState
    review: TranscriptReview | None
    lines: tuple[QueuedLine, ...]
    unknown: tuple[str, ...]

    @property
    def n_left(self) -> int:
        """How many lines still deserve a look; none once the whole transcript was reviewed."""
        return 0 if self.review is not None else sum(not line.is_done for line in self.lines)


def review_queue(repository: Repository, session_id: str) -> ReviewQueue:
    """Return the review of a session's transcript; ``NotFoundError`` when there is no such session."""
    finish_edits(repository, session_id)
    entry = repository.entry(session_id)
    return _queue(repository, entry, repository.transcript(session_id))


def look_at(
    repository: Repository, session_id: str, index: int, *, seen: int, by: str, looked: bool = True
) -> ReviewQueue:
    """Mark a line as looked at, or take the mark away.

    Parameters
    ----------
    repository : Repository
    session_id : str
    index : int
        Of the utterance, from 0.
    seen : int
        The version of the transcript that was looked at.
    by : str
        Who looked: id of the account, ``laptop`` or ``cli``.
    looked : bool
        False takes the mark away.

    Raises
    ------
    NotFoundError
        No such session, or ``review.no-line``.
    StaleVersionError
        Somebody changed the transcript meanwhile.
    """
    stored = at_version(repository, session_id, seen)
    entry, lines = stored.entry, stored.session.utterances
    if not 0 <= index < len(lines):
        raise NotFoundError(f"There is no line {index}.", code="review.no-line", hint=f"Lines: 0 to {len(lines) - 1}.")
    key = line_keys(lines)[index]
    if looked:
        reasons = _reasons(stored.session).get(index, ())
        repository.reviews.look(entry, LookedAt(key, reasons, by, now_iso(), entry.version))
    else:
        repository.reviews.unlook(entry, key)
    return _queue(repository, entry, stored.session)


def mark_reviewed(repository: Repository, session_id: str, *, seen: int, by: str, reviewed: bool = True) -> ReviewQueue:
    """Keep that a person reviewed the whole transcript, or that it is to be reviewed again.

    Parameters and errors as for ``look_at``.
    """
    stored = at_version(repository, session_id, seen)
    review = TranscriptReview(by, now_iso(), seen, seen) if reviewed else None
    repository.reviews.mark_transcript(stored.entry, review)
    return _queue(repository, repository.entry(session_id), stored.session)


def _queue(repository: Repository, entry: SessionEntry, session: Session) -> ReviewQueue:
    looks, edited = repository.reviews.looks(entry), set(edited_lines(session))
    keys = line_keys(session.utterances)
    lines = tuple(
        QueuedLine(line, _look(line, looks.get(keys[line.index])), line.index in edited)
        for line in doubtful_lines(session)
    )
    review = entry.review if entry.is_reviewed else None
    return ReviewQueue(entry.version, entry.transcript_state, review, lines, unknown_voices(session))


def _look(line: DoubtfulLine, look: LookedAt | None) -> LookedAt | None:
    return look if look is not None and {r.code for r in line.reasons} <= set(look.reasons) else None


def _reasons(session: Session) -> dict[int, tuple[str, ...]]:
    return {line.index: tuple(r.code for r in line.reasons) for line in doubtful_lines(session)}
