"""Sessions that were measured by older rules are measured by those of now, from what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sdc.errors import SDCError
from sdc.pipeline.editing import finish_edits
from sdc.pipeline.parts import Parts
from sdc.pipeline.remeasure import make_insights, remeasure, results_of
from sdc.progress.within import WITHIN_RULE
from sdc.store.records import SessionEntry, in_time_order
from sdc.store.repository import Repository
from sdc.store.versions import Edit, StaleVersionError


@dataclass(frozen=True, slots=True)
class MeasuredAgain:
    """What became of one session.

    Attributes
    ----------
    entry : SessionEntry
        As it stands now.
    rules : tuple[str, ...]
        Rules that it had been measured by and that are others now: ``mlu_words.v1``.
    failure : SDCError or None
        Why it could not be measured; it is as it was.
    """

    entry: SessionEntry
    rules: tuple[str, ...] = ()
    failure: SDCError | None = None


def older_rules(entry: SessionEntry) -> tuple[str, ...]:
    """Return the rules behind a session's measures that are no rules of now, sorted."""
    from sdc.measures import REGISTRY

    now = {rule.rule for rule in REGISTRY.values()}
    return tuple(sorted({m.rule for m in entry.measures.values()} - now))


def is_older(entry: SessionEntry) -> bool:
    """Tell whether a session was measured by other rules than those of now, or lacks a measure that came later.

    A session of which nobody knows who the child is has no measures in its entry: it is taken to be as it should.
    """
    from sdc.measures import REGISTRY

    if not entry.measures:
        return False
    other_errors = entry.within_errors is None or entry.within_errors.rule != WITHIN_RULE
    return other_errors or bool(older_rules(entry)) or entry.measures.keys() != REGISTRY.keys()


def measure_again(parts: Parts, child_id: str, *, every: bool = False, actor: str) -> Iterator[MeasuredAgain]:
    """Measure a child's sessions anew, oldest first, and make the insights anew that compare with them.

    Nothing is listened to or transcribed again: pitch, loudness and speech come from the tracks that are kept.
    Transcripts, their versions and reviews stay as they are; signed reports are never changed.

    Parameters
    ----------
    parts : Parts
    child_id : str
    every : bool
        All sessions; default those measured by older rules.
    actor : str
        Id of the account.

    Yields
    ------
    MeasuredAgain
        Each session that was measured, as soon as it is kept: stopped in the middle, the rest waits for the next
        call.

    Raises
    ------
    NotFoundError
        No such child.
    """
    repository, child = parts.repository, parts.repository.child(child_id)
    began = False
    for entry in in_time_order(repository.session_entries(child.id)):
        if every or is_older(entry):
            began = True
            done = _measured(repository, entry)
            if done.failure is None:
                parts.audit.record(actor=actor, action="session.remeasure", child_id=child.id, object_id=entry.id)
            yield done
        elif began:  # it compares with sessions whose figures are others now
            make_insights(repository, repository.session(entry.id))


def _measured(repository: Repository, entry: SessionEntry) -> MeasuredAgain:
    try:
        return MeasuredAgain(_keep(repository, entry.id), older_rules(entry))
    except SDCError as error:
        error.source = error.source or entry.source
        return MeasuredAgain(entry, older_rules(entry), error)


def _keep(repository: Repository, session_id: str) -> SessionEntry:
    while True:
        finish_edits(repository, session_id)
        stored = repository.session(session_id)
        changed = results_of(repository, stored.entry, stored.session, version=stored.entry.version)
        if changed.session == stored.session:
            review = repository.entry(session_id).review  # somebody may have reviewed it meanwhile
            repository.bring_up(replace(changed, entry=replace(changed.entry, review=review)))
            return repository.entry(session_id)
        try:  # what tells the child apart has changed since, its name for instance
            return remeasure(repository, stored.entry, changed.session, Edit("processed", "pipeline")).entry
        except StaleVersionError:
            continue
