"""A stored session is changed and measured anew, from what is kept: nothing is transcribed again."""

from __future__ import annotations

from dataclasses import replace

from sdc.pipeline import steps
from sdc.pipeline.history import history_before
from sdc.session import Session
from sdc.store.records import SessionEntry, StoredSession
from sdc.store.repository import Repository
from sdc.store.versions import Edit


def remeasure(repository: Repository, entry: SessionEntry, session: Session, edit: Edit) -> StoredSession:
    """Keep a changed session with its measures and insights, as the next version of its transcript.

    Parameters
    ----------
    repository : Repository
    entry : SessionEntry
        As it is stored; its version is the one that was changed.
    session : Session
        What it is to be.
    edit : Edit
        What was done, and who did it.

    Returns
    -------
    StoredSession
        As it is stored now. Its insights compare with the sessions before; those of later sessions stay
        as they are until these are added again.

    Raises
    ------
    StaleVersionError
        Somebody else changed the transcript meanwhile; nothing is overwritten.
    """
    # Measured before it is accepted: what cannot be measured changes nothing.
    changed = results_of(repository, entry, session, version=entry.version)
    return repository.edit_transcript(entry.id, entry.version, changed, edit)


def results_of(repository: Repository, entry: SessionEntry, session: Session, *, version: int) -> StoredSession:
    """Return a changed session with its measures and insights; nothing is kept."""
    from sdc.measures import analyse

    child = repository.child(entry.child_id)
    tracks = repository.tracks(entry.id) if entry.tracks else None
    results = steps.Results(session, analyse(session, tracks), steps.Sound(), tracks)
    results = steps.assign_child(results, child)
    age = steps.age_months(results.session, child)
    results = steps.observe(
        results, history_before(repository, child.id, entry.id, results.session, age), entry.id, child
    )
    target = results.session.target
    changed = replace(
        entry,
        age_months=age,
        target=target.code if target else None,
        n_utterances=len(results.session.utterances),
        n_warnings=len(results.session.warnings),
        measures=steps.light_measures(results),
        version=version,
    )
    return StoredSession(changed, results.session, results.analysis, results.insights)
