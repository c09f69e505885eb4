"""The list of children, page by page, from a small summary of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from sdc.errors import NotFoundError, StoreError
from sdc.progress import place
from sdc.store.jobs import Jobs
from sdc.store.names import search_key
from sdc.store.records import Child, SessionEntry
from sdc.store.repository import Repository
from sdc.store.summaries import ChildSummary, KeptSummary

HEADLINE = "mlu_words"
"""The measure in the list of children, until goals choose it."""

RECENT = 30
"""So many of a child's last sessions are drawn in the list."""

KIND = f"{HEADLINE}.{RECENT}.1"
"""Of the summaries that are made here; the last figure counts up when they are made in another way."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the list somebody asks for.

    Attributes
    ----------
    within : Collection[str] or None
        Ids of the children within reach; None for all.
    search : str
        Part of the name, case and accents aside; empty for all.
    after : str or None
        Id of the child after whom the page begins.
    limit : int or None
    """

    within: Collection[str] | None = None
    search: str = ""
    after: str | None = None
    limit: int | None = None


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Listed:
    """A child as it stands in the list."""

    child: Child
    summary: ChildSummary
    n_jobs_open: int


@dataclass(frozen=True, slots=True)
class Caseload:
    """A page of the list.

    Attributes
    ----------
    items : tuple[Listed, ...]
        By name.
    total : int
        How many children the search found, on all pages.
    has_more : bool
    """

    items: tuple[Listed, ...]
    total: int
    has_more: bool


def caseload(repository: Repository, jobs: Jobs, wanted: Wanted) -> Caseload:
    """Return a page of the list of children.

    Raises
    ------
    NotFoundError
        ``children.after``: the child after whom the page was to begin is not in the list.
    """
    found = _matching(repository.child_names(wanted.within), wanted.search)
    start = 0 if wanted.after is None else _place_after(found, wanted.after)
    end = len(found) if wanted.limit is None else start + wanted.limit
    children = repository.children(found[start:end])
    return Caseload(listed(repository, jobs, children), len(found), end < len(found))


def listed(repository: Repository, jobs: Jobs, children: Sequence[Child]) -> tuple[Listed, ...]:
    """Return children with what the list shows of them; one that is erased meanwhile is left out."""
    summaries = _summaries(repository, [child.id for child in children])
    n_open = jobs.n_open_of(summaries)
    return tuple(
        Listed(child, summaries[child.id], n_open.get(child.id, 0)) for child in children if child.id in summaries
    )


def _matching(names: Mapping[str, str], search: str) -> list[str]:
    words = search_key(search.strip())
    return [child_id for child_id, name in names.items() if words in search_key(name)] if words else list(names)


def _place_after(found: list[str], child_id: str) -> int:
    try:
        return found.index(child_id) + 1
    except ValueError as error:
        raise NotFoundError(
            "The list of children has changed, and this place is not in it any more.",
            code="children.after",
            hint="Read the list from its beginning.",
        ) from error


def _summaries(repository: Repository, child_ids: Sequence[str]) -> dict[str, ChildSummary]:
    """Return children's summaries; those that are missing or out of date are made anew and kept."""
    known = repository.summaries.of(child_ids)
    fresh = {child: kept.summary for child, kept in known.items() if kept.summary and kept.summary.kind == KIND}
    old = [child for child in child_ids if child not in fresh]
    return fresh | _made_anew(repository, old, known) if old else fresh


def _made_anew(
    repository: Repository, child_ids: Sequence[str], known: Mapping[str, KeptSummary]
) -> dict[str, ChildSummary]:
    stamps: dict[str, str] = {}
    with suppress(StoreError, NotFoundError):  # a full disk does not hide the list; it is made again next time
        stamps = repository.summaries.stamps(child_ids, known)
    made = {}
    for child in child_ids:
        with suppress(NotFoundError):  # erased meanwhile
            made[child] = summed_up(repository.session_entries(child, measures=[HEADLINE]))
    with suppress(StoreError):
        repository.summaries.keep({child: (stamps[child], made[child]) for child in made if child in stamps})
    return made


def summed_up(entries: Sequence[SessionEntry]) -> ChildSummary:
    """Return the summary of a child's sessions, in any order."""
    line = [placed.point for placed in place(entries)]
    found = [entry.measures.get(HEADLINE) for entry in line]
    last = next((measure for measure in reversed(found) if measure and measure.value is not None), None)
    return ChildSummary(
        kind=KIND,
        n_sessions=len(line),
        last_date=next((entry.date for entry in reversed(line) if entry.date is not None), None),
        age_months=next((entry.age_months for entry in reversed(line) if entry.age_months is not None), None),
        recent=tuple(
            measure.value if measure else None for measure in islice(found, max(0, len(found) - RECENT), None)
        ),
        value=last.value if last else None,
        n=last.n if last else None,
        reliability=last.reliability if last else None,
        reason=why_none(line[-1], HEADLINE) if line else None,
    )


def why_none(entry: SessionEntry, measure_id: str) -> str | None:
    """Return why a session has no value of a measure; None where it has one."""
    found = entry.measures.get(measure_id)
    if found is not None:
        return found.reason
    return "the session does not tell which speaker is the child" if entry.target is None else "not measured"
