"""Goals → what goes over the wire."""

from __future__ import annotations

from sdc.measures import REGISTRY
from sdc.pipeline.goals import ChildGoals
from sdc.progress.goals import Standing
from sdc.server.goal_models import GoalOut, GoalsOut


def goals(found: ChildGoals, *, for_therapist: bool) -> GoalsOut:
    """Show a child's goals; the T-score is the therapist's."""
    shown = [goal(standing) for standing in found.standings]
    return GoalsOut(goals=shown, t_score=found.t_score if for_therapist else None)


def goal(standing: Standing) -> GoalOut:
    """Show one goal with its status."""
    record = standing.goal
    rule = REGISTRY.get(record.measure)
    return GoalOut(
        id=record.id,
        behaviour=record.behaviour,
        condition=record.condition,
        measure=record.measure,
        title=rule.title if rule else record.measure,
        unit=rule.unit if rule else "",
        criterion=record.criterion,
        direction=record.direction,
        due=record.due,
        sessions=record.sessions,
        baseline=record.baseline,
        scale=list(record.scale),
        is_open=record.is_open,
        created_at=record.created_at,
        version=record.version,
        changed_why=record.changed_why,
        closed_at=record.closed_at,
        closed_why=record.closed_why,
        status=standing.status,
        reason=standing.reason,
        mean=standing.mean,
        margin=standing.margin,
        n_sessions=standing.n_sessions,
        level=standing.level,
    )
