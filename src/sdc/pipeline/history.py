"""What is known of a child from its sessions, in the order of time."""

from __future__ import annotations

from datetime import date

from sdc.store.records import SessionEntry


def weeks(entries: list[SessionEntry]) -> dict[str, int | None]:
    """Return the week of each session since the child's first, from 1; None without a date.

    Parameters
    ----------
    entries : list[SessionEntry]
        All sessions of one child.
    """
    days = {entry.id: date.fromisoformat(entry.date) for entry in entries if entry.date is not None}
    first = min(days.values(), default=None)
    return {e.id: (days[e.id] - first).days // 7 + 1 if first and e.id in days else None for e in entries}
