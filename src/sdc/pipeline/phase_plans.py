"""The phases of the work with a child, stated by a therapist."""

from __future__ import annotations

from dataclasses import replace

from sdc.errors import InputError
from sdc.pipeline.parts import Parts
from sdc.progress.timeline import calendar_day
from sdc.session import PhasePlan

MAX_NOTE = 300


def state_phases(parts: Parts, plan: PhasePlan, *, seen: int, actor: str) -> PhasePlan:
    """Keep the phases of a child as the next version; without both they are taken back.

    Parameters
    ----------
    parts : Parts
    plan : PhasePlan
        Of the child, with what was stated.
    seen : int
        The version that the writer saw; 0 for none.
    actor : str
        Id of the account.

    Raises
    ------
    NotFoundError
        No such child.
    InputError
        ``phases.dates``: no dates, in the wrong order, or one phase without the other;
        ``phases.note``; ``phases.no-dates``: no session of the child has a date.
    ConflictError
        ``phases.stale``.
    """
    child = parts.repository.child(plan.child_id)
    plan = replace(plan, note=" ".join(plan.note.split()), stated_by=actor)
    _check_note(plan.note)
    _check_dates(plan)
    if plan.is_stated and not any(calendar_day(e.date) for e in parts.repository.session_entries(child.id)):
        raise InputError(
            "No session of this child has a date, so none can be put into a phase.",
            code="phases.no-dates",
            hint="Add the dates of the sessions, or compare weeks with `sdc progress CHILD --baseline 1-3 …`.",
        )
    kept = parts.repository.phase_plans.state(plan, seen=seen)
    parts.audit.record(actor=actor, action="phases.state", child_id=child.id, object_id=f"{child.id}.{kept.version}")
    return kept


def _check_note(note: str) -> None:
    if len(note) > MAX_NOTE or not note.isprintable():
        raise InputError(
            f"The note of the phases must be said in up to {MAX_NOTE} letters.",
            code="phases.note",
            hint="For example: pauses and waiting, with the mother, twice a week.",
        )


def _check_dates(plan: PhasePlan) -> None:
    if plan.baseline is None and plan.intervention is None:
        return
    baseline, intervention = plan.baseline, plan.intervention
    if baseline is None or intervention is None or baseline.last is None:
        raise _wrong("Two phases are needed, and the baseline needs its last day.")
    for day in (baseline.first, baseline.last, intervention.first, intervention.last):
        if day is not None and calendar_day(day) is None:
            raise _wrong(f"{day!r} is no date.")
    days = [baseline.first, baseline.last, intervention.first, intervention.last or intervention.first]
    if days != sorted(days) or baseline.last == intervention.first:
        raise _wrong("The baseline must end before the intervention begins, and each phase end after it began.")


def _wrong(message: str) -> InputError:
    hint = "Say for example: baseline 2026-01-05 to 2026-02-01, intervention from 2026-02-02."
    return InputError(message, code="phases.dates", hint=hint)
