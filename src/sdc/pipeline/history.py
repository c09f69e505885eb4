"""What is known of a child from its stored sessions, as points on the time line.

A session's values stand in its light entry. Its transcript and what each measure rests on are read
when something is quoted or cited: of fifty sessions a question looks into two.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from sdc.companion.insights import VERDICTS
from sdc.progress import SessionPoint, place
from sdc.progress.point import minutes_of
from sdc.progress.within import WITHIN_RULE
from sdc.session import Session, Utterance
from sdc.store.records import SessionEntry, StoredSession
from sdc.store.repository import Repository

PHASES = "phases"
"""Among what insights rest on: the version of the stated phases; ids of sessions are longer."""


def whole_history(
    repository: Repository, child_id: str, *, measures: Collection[str] | None = None
) -> tuple[SessionPoint, ...]:
    """Return all sessions of a child, oldest first; they can be looked into while the store is open.

    ``measures`` as for ``Repository.session_entries``.

    Raises
    ------
    NotFoundError
        No such child.
    """
    points = [_point(repository, entry) for entry in repository.session_entries(child_id, measures=measures)]
    return tuple(placed.point for placed in place(points))


def history_before(
    repository: Repository, child_id: str, session_id: str, session: Session, age_months: float | None
) -> tuple[SessionPoint, ...]:
    """Return the child's sessions that are known to be earlier than this one, oldest first.

    Of their measures only those that insights compare are read: a child's hundredth session costs what its
    second does, nearly.

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
    points = whole_history(repository, child_id, measures=VERDICTS)
    others = [point for point in points if point.session_id != session_id]
    this = SessionPoint.of(session_id, session, {}, age_months=age_months)
    placed = place([*others, this])
    day = next(p.day for p in placed if p.point is this)
    if day is None:
        return ()
    return tuple(p.point for p in placed if p.point is not this and p.day is not None and p.day < day)


def compared_with(repository: Repository, entry: SessionEntry) -> dict[str, int]:
    """Return the sessions that ``history_before`` gives for a session, by id, with the versions of their transcripts.

    With them goes the version of the child's phases under ``PHASES``, where any were ever stated. Insights that
    were compared with other versions rest on what has changed since.
    """
    others = [other for other in repository.session_entries(entry.child_id, measures=()) if other.id != entry.id]
    placed = place([*others, entry])
    day = next(p.day for p in placed if p.point is entry)
    if day is None:
        return {}
    found = {p.point.id: p.point.version for p in placed if p.day is not None and p.day < day}
    phases = repository.phase_plans.latest(entry.child_id).version
    return found | {PHASES: phases} if found and phases else found


def _point(repository: Repository, entry: SessionEntry) -> SessionPoint:
    if entry.recognised is None:  # kept by an earlier version, whose entries tell too little
        return _whole_point(repository.session(entry.id))
    kept = entry.within_errors
    return SessionPoint(
        entry.id,
        entry.source,
        entry.date,
        entry.age_months,
        entry.context,
        entry.target,
        entry.measures,
        SaidLater(lambda: repository.transcript(entry.id).utterances),
        entry.recognised,
        kept.errors if kept is not None and kept.rule == WITHIN_RULE else None,
        RestsOnLater(lambda: _rests_on(repository, entry)),
        minutes_of(entry.duration_s),
    )


def _whole_point(stored: StoredSession) -> SessionPoint:
    target = stored.session.target
    speaker = stored.analysis.speakers.get(target.code) if target else None
    measures = speaker.measures if speaker else {}
    return SessionPoint.of(stored.entry.id, stored.session, measures, age_months=stored.entry.age_months)


def _rests_on(repository: Repository, entry: SessionEntry) -> dict[str, tuple[int, ...]]:
    speaker = repository.analysis(entry.id).speakers.get(entry.target or "")
    return {m.id: m.utterances for m in speaker.measures.values()} if speaker else {}


class SaidLater(Sequence[Utterance]):
    """The utterances of a session, read when somebody looks at them."""

    def __init__(self, read: Callable[[], tuple[Utterance, ...]]) -> None:
        self._read = read

    @cached_property
    def _all(self) -> tuple[Utterance, ...]:
        return self._read()

    @overload
    def __getitem__(self, index: int) -> Utterance: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Utterance, ...]: ...
    def __getitem__(self, index: int | slice) -> Utterance | tuple[Utterance, ...]:
        return self._all[index]

    def __iter__(self) -> Iterator[Utterance]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class RestsOnLater(Mapping[str, tuple[int, ...]]):
    """The utterances behind each measure of a session, read when somebody asks."""

    def __init__(self, read: Callable[[], dict[str, tuple[int, ...]]]) -> None:
        self._read = read

    @cached_property
    def _all(self) -> dict[str, tuple[int, ...]]:
        return self._read()

    def __getitem__(self, measure_id: str) -> tuple[int, ...]:
        return self._all[measure_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
