"""What is known of a child from its stored sessions, as points on the time line."""

from __future__ import annotations

from sdc.progress import SessionPoint, place
from sdc.session import Session
from sdc.store.records import StoredSession
from sdc.store.repository import Repository


def whole_history(repository: Repository, child_id: str) -> tuple[SessionPoint, ...]:
    """Return all sessions of a child, oldest first.

    Raises
    ------
    NotFoundError
        No such child.
    """
    entries = repository.session_entries(child_id)
    points = [_point(repository.session(entry.id)) for entry in entries]
    return tuple(placed.point for placed in place(points))


def history_before(
    repository: Repository, child_id: str, session_id: str, session: Session, age_months: float | None
) -> tuple[SessionPoint, ...]:
    """Return the child's sessions that are known to be earlier than this one, oldest first.

    Parameters
    ----------
    repository : Repository
    child_id : str
    session_id : str
        Of this session; an earlier run of it does not count.
    session : Session
    age_months : float or None
        The child's age in this session.
    """
    others = [point for point in whole_history(repository, child_id) if point.session_id != session_id]
    this = SessionPoint.of(session_id, session, {}, age_months=age_months)
    placed = place([*others, this])
    day = next(p.day for p in placed if p.point is this)
    if day is None:
        return ()
    return tuple(p.point for p in placed if p.point is not this and p.day is not None and p.day < day)


def _point(stored: StoredSession) -> SessionPoint:
    target = stored.session.target
    speaker = stored.analysis.speakers.get(target.code) if target else None
    measures = speaker.measures if speaker else {}
    return SessionPoint.of(stored.entry.id, stored.session, measures, age_months=stored.entry.age_months)
