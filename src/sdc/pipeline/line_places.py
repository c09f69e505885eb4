"""Where the lines of an earlier version of a transcript stand now: what points to lines by number moves with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from sdc.pipeline.line_changes import MOST_COMPARED
from sdc.session import Evidence, Insight, Session, Utterance
from sdc.store.repository import Repository
from sdc.store.versions import ORIGINAL

Block = tuple[int, int, int]
"""Lines in a row that stand in both: where they begin before, where after, and how many there are."""


def line_places(before: Session, after: Session) -> dict[int, int]:
    """Return where the lines went.

    Parameters
    ----------
    before, after : Session
        Two versions of one transcript.

    Returns
    -------
    dict[int, int]
        Index before → index after. A line that was written anew in its place stays itself; one that was
        split, merged or is gone has no place.
    """
    old, new = (tuple(map(_told, session.utterances)) for session in (before, after))
    places: dict[int, int] = {}
    at_old = at_new = 0
    for start_old, start_new, size in (*_blocks(old, new), (len(old), len(new), 0)):
        if start_old - at_old == start_new - at_new:  # written anew between them, one by one
            places |= zip(range(at_old, start_old), range(at_new, start_new), strict=True)
        places |= zip(range(start_old, start_old + size), range(start_new, start_new + size), strict=True)
        at_old, at_new = start_old + size, start_new + size
    return places


def with_lines_of_now(repository: Repository, insight: Insight, at: str) -> Insight:
    """Let an insight that was kept point to its lines as they are numbered now.

    Parameters
    ----------
    repository : Repository
    insight : Insight
    at : str
        ISO UTC time at which it was kept.

    Returns
    -------
    Insight
        Without the lines that there are no longer; the place in the recording stays.
    """
    sessions = {e.session for e in insight.evidence if e.utterances}
    places = {session_id: _places_since(repository, session_id, at) for session_id in sessions}
    return replace(insight, evidence=tuple(_moved(e, places.get(e.session)) for e in insight.evidence))


def _places_since(repository: Repository, session_id: str, at: str) -> dict[int, int] | None:
    """Return where the lines went since a time; None where all stand as they did."""
    entry, versions = repository.find_entry(session_id), repository.versions.of_session(session_id)
    if entry is None:
        return {}
    then = max((v.version for v in versions if v.at <= at), default=ORIGINAL)
    if then == entry.version:
        return None
    return line_places(repository.versions.at(session_id, then), repository.transcript(session_id))


def _moved(evidence: Evidence, places: Mapping[int, int] | None) -> Evidence:
    if places is None:
        return evidence
    return replace(evidence, utterances=tuple(places[i] for i in evidence.utterances if i in places))


def _told(line: Utterance) -> tuple[object, ...]:
    return line.raw, line.span


def _blocks(old: Sequence[object], new: Sequence[object]) -> Iterator[Block]:
    """Find what stands in both: from the beginning, in between, and to the end."""
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    yield 0, 0, head
    if max(map(len, middle)) <= MOST_COMPARED:
        found = SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks()[:-1]
        yield from ((head + a, head + b, size) for a, b, size in found)
    yield len(old) - tail, len(new) - tail, tail
