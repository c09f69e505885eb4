"""How long recordings are kept: a number of days per consent; transcripts and measures stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sdc.pipeline.parts import Parts
from sdc.store.consents import Purpose
from sdc.store.records import Child, SessionEntry


@dataclass(frozen=True, slots=True)
class Due:
    """Sessions of a child whose recording or sound tracks are still kept, and may not be any longer."""

    child: Child
    entries: tuple[SessionEntry, ...]


def expired(entries: Iterable[SessionEntry], retention_days: int, today: date) -> list[SessionEntry]:
    """Return the sessions whose sound was stored more than so many days ago.

    Parameters
    ----------
    entries : Iterable[SessionEntry]
    retention_days : int
        A recording that was stored on day 0 may be kept to the end of day ``retention_days``.
    today : date
        In UTC, as the store's times are.
    """
    first_kept = (today - timedelta(days=retention_days)).isoformat()
    return [entry for entry in entries if entry.sound_keys and entry.added_at[:10] < first_kept]


def recordings_due(parts: Parts, today: date | None = None) -> list[Due]:
    """Return what is kept for too long, child by child."""
    found = []
    for child in parts.repository.children():
        consent = parts.consents.newest(child.id, Purpose.STORE_RECORDING)
        entries = parts.repository.session_entries(child.id) if consent is not None else []
        if consent is not None and not consent.is_granted:  # a withdrawal that a kill cut off
            due = [entry for entry in entries if entry.sound_keys]
        elif consent is not None and consent.retention_days is not None:
            due = expired(entries, consent.retention_days, today or _today())
        else:
            due = []
        if due:
            found.append(Due(child, tuple(due)))
    return found


def apply_retention(parts: Parts, *, actor: str, today: date | None = None) -> list[Due]:
    """Delete the recordings and sound tracks that are due; each session is written down in the audit.

    Doing it twice, or in two processes at once, deletes nothing more.
    """
    done = recordings_due(parts, today)
    for due in done:
        parts.repository.delete_recordings(due.child.id, [entry.id for entry in due.entries])
        for entry in due.entries:
            parts.audit.record(actor=actor, action="recording.expire", child_id=due.child.id, object_id=entry.id)
    return done


def _today() -> date:
    return datetime.now(UTC).date()
