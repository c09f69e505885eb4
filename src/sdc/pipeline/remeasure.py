"""A stored session is changed and measured anew, from what is kept: nothing is transcribed again."""

from __future__ import annotations

from dataclasses import replace

from sdc.pipeline import steps
from sdc.pipeline.history import compared_with, history_before
from sdc.session import Session
from sdc.store.records import SessionEntry, StoredSession, TranscriptReview
from sdc.store.repository import Repository
from sdc.store.versions import Edit

REOPENS = frozenset({"roles", "processed"})
"""Edits after which a reviewed transcript is to be reviewed again: they change more than the line that was read."""


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
        As it is stored now. Its insights compare with the sessions before; those of later sessions are
        made anew when somebody opens them (``with_fresh_insights``).

    Raises
    ------
    StaleVersionError
        Somebody else changed the transcript meanwhile; nothing is overwritten.
    """
    # Measured before it is accepted: what cannot be measured changes nothing.
    changed = results_of(repository, entry, session, version=entry.version)
    changed = replace(changed, entry=replace(changed.entry, review=review_after(entry, edit)))
    return repository.edit_transcript(entry.id, entry.version, changed, edit)


def results_of(repository: Repository, entry: SessionEntry, session: Session, *, version: int) -> StoredSession:
    """Return a changed session with its measures and insights; nothing is kept."""
    from sdc.measures import analyse

    child = repository.child(entry.child_id)
    tracks = repository.tracks(entry.id) if entry.tracks else None
    results = steps.Results(session, analyse(session, tracks), steps.Sound(), tracks)
    results = steps.assign_child(results, child)
    age = steps.age_months(results.session, child)
    history = history_before(repository, child.id, entry.id, results.session, age)
    results = steps.observe(results, history, entry.id, child, repository.phase_plans.latest(child.id))
    target = results.session.target
    changed = replace(
        entry,
        age_months=age,
        target=target.code if target else None,
        n_utterances=len(results.session.utterances),
        n_warnings=len(results.session.warnings),
        measures=steps.light_measures(results),
        within_errors=steps.within_errors(results),
        recognised=results.session.is_recognised,
        version=version,
    )
    rests_on = compared_with(repository, changed)
    return StoredSession(changed, results.session, results.analysis, results.insights, rests_on)


def review_after(entry: SessionEntry, edit: Edit) -> TranscriptReview | None:
    """Return a transcript's review after an edit: a person's correction of a line keeps it.

    An earlier version that stands again is as reviewed as it was.
    """
    review = entry.review
    if review is None or not entry.is_reviewed or edit.what in REOPENS:
        return review
    if edit.restored is not None and edit.restored < review.version:
        return review
    return replace(review, holds_for=entry.version + 1)


def with_fresh_insights(repository: Repository, stored: StoredSession) -> StoredSession:
    """Return a session whose insights compare with the earlier sessions as these stand now.

    They are made anew, and kept, where an earlier session was corrected, told who speaks, added or
    removed since, or where the phases of the work were stated anew; else the session comes back as it is.
    """
    return stored if stored.rests_on == compared_with(repository, stored.entry) else make_insights(repository, stored)


def make_insights(repository: Repository, stored: StoredSession) -> StoredSession:
    """Make a session's insights anew, compared with the earlier sessions as these stand now, and keep them."""
    now = compared_with(repository, stored.entry)
    entry, child = stored.entry, repository.child(stored.entry.child_id)
    results = steps.Results(stored.session, stored.analysis, steps.Sound(), None)
    history = history_before(repository, child.id, entry.id, stored.session, entry.age_months)
    insights = steps.observe(results, history, entry.id, child, repository.phase_plans.latest(child.id)).insights
    fresh = replace(stored, insights=insights, rests_on=now)
    repository.save_insights(fresh)
    return fresh
