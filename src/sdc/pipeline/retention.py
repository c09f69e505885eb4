"""How long recordings are kept: a number of days per consent; transcripts and measures stay."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sdc.errors import NotFoundError
from sdc.pipeline.parts import Parts
from sdc.store.consents import Purpose
from sdc.store.records import Child, SessionEntry, Upload


@dataclass(frozen=True, slots=True)
class Due:
    """What is still kept of a child's sound, and may not be any longer.

    Attributes
    ----------
    child : Child
    entries : tuple[SessionEntry, ...]
        Sessions with a recording or sound tracks.
    uploads : tuple[Upload, ...]
        Recordings that were handed in and are in no session.
    """

    child: Child
    entries: tuple[SessionEntry, ...]
    uploads: tuple[Upload, ...] = ()


def is_expired(stored_at: str, retention_days: int, today: date) -> bool:
    """Whether something was stored more than so many days ago.

    Parameters
    ----------
    stored_at : str
        ISO UTC time.
    retention_days : int
        What was stored on day 0 may be kept to the end of day ``retention_days``.
    today : date
        In UTC.
    """
    return stored_at[:10] < (today - timedelta(days=retention_days)).isoformat()


def expired(entries: Iterable[SessionEntry], retention_days: int, today: date) -> list[SessionEntry]:
    """Return the sessions whose sound is kept for longer than so many days."""
    return [e for e in entries if e.sound_keys and is_expired(e.added_at, retention_days, today)]


def recordings_due(parts: Parts, today: date | None = None) -> list[Due]:
    """Return what is kept for too long, child by child."""
    found = []
    for child in parts.repository.children():
        with suppress(NotFoundError):  # erased meanwhile
            due = _due_of(parts, child, today or _today())
            if due is not None and (due.entries or due.uploads):
                found.append(due)
    return found


def _due_of(parts: Parts, child: Child, today: date) -> Due | None:
    consent = parts.consents.newest(child.id, Purpose.STORE_RECORDING)
    if consent is None:
        return None
    entries, uploads = parts.repository.session_entries(child.id), parts.repository.unused_recordings(child.id)
    if not consent.is_granted:  # a withdrawal that a kill cut off
        return Due(child, tuple(e for e in entries if e.sound_keys), tuple(uploads))
    days = consent.retention_days
    if days is None:
        return None
    old = [upload for upload in uploads if is_expired(upload.created_at, days, today)]
    return Due(child, tuple(expired(entries, days, today)), tuple(old))


def apply_retention(parts: Parts, *, actor: str, today: date | None = None) -> list[Due]:
    """Delete the recordings and sound tracks that are due; each is written down in the audit.

    Doing it twice, or in two processes at once, deletes nothing more.
    """
    done = recordings_due(parts, today)
    for due in done:
        parts.repository.delete_recordings(due.child.id, [entry.id for entry in due.entries])
        parts.repository.delete_unused(due.child.id, due.uploads)
        for gone in [entry.id for entry in due.entries] + [upload.id for upload in due.uploads]:
            parts.audit.record(actor=actor, action="recording.expire", child_id=due.child.id, object_id=gone)
    return done


def _today() -> date:
    return datetime.now(UTC).date()
