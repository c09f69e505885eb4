"""Children and sessions → what researchers see. Pure."""

from __future__ import annotations

import math

from sdc.progress import place
from sdc.server.research_models import ResearchChildOut, ResearchMeasureOut, ResearchSessionOut, ResearchSessionsOut
from sdc.session import Measure
from sdc.store.records import Child, SessionEntry


def child(pseudonym: str, record: Child, entries: list[SessionEntry]) -> ResearchChildOut:
    """Show a child in the list."""
    ages = [age for age in map(_months, entries) if age is not None]
    return ResearchChildOut(
        pseudonym=pseudonym,
        sex=record.sex,
        n_sessions=len(entries),
        first_age_months=min(ages, default=None),
        last_age_months=max(ages, default=None),
    )


def sessions(pseudonym: str, record: Child, entries: list[SessionEntry]) -> ResearchSessionsOut:
    """Show a child's figures, session by session."""
    placed = enumerate(place(entries), 1)
    shown = [_session(number, at.week, at.point) for number, at in placed]
    return ResearchSessionsOut(**child(pseudonym, record, entries).model_dump(), sessions=shown)


def _session(number: int, week: int | None, entry: SessionEntry) -> ResearchSessionOut:
    return ResearchSessionOut(
        number=number,
        week=week,
        age_months=_months(entry),
        origin=entry.origin,
        n_utterances=entry.n_utterances,
        measures={name: _measure(value) for name, value in entry.measures.items()},
    )


def _measure(record: Measure) -> ResearchMeasureOut:
    return ResearchMeasureOut(
        value=record.value, unit=record.unit, n=record.n, rule=record.rule, sd=record.sd, reason=record.reason
    )


def _months(entry: SessionEntry) -> int | None:
    return None if entry.age_months is None else math.floor(entry.age_months)
