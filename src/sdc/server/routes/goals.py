"""The goals of a child."""

from __future__ import annotations

from fastapi import APIRouter

from sdc.access import Action, may
from sdc.pipeline.goals import GoalChange, GoalDraft, add_goal, change_goal, child_goals, close_goal
from sdc.server import goal_views
from sdc.server.deps import ActorDep, AppDep
from sdc.server.goal_models import GoalChangeIn, GoalCloseIn, GoalIn, GoalsOut
from sdc.server.permission import ChildFrom, needs

router = APIRouter(tags=["goals"])


@router.get("/children/{child_id}/goals")
@needs(Action.SEE_CHILD, ChildFrom.CHILD)
def list_goals(app: AppDep, actor: ActorDep, child_id: str) -> GoalsOut:
    """List a child's goals, each with its status from the data."""
    for_therapist = may(actor, Action.MANAGE_GOALS, child_id)
    return goal_views.goals(child_goals(app.repository, child_id), for_therapist=for_therapist)


@router.post("/children/{child_id}/goals", status_code=201)
@needs(Action.MANAGE_GOALS, ChildFrom.CHILD)
def add_childs_goal(app: AppDep, actor: ActorDep, child_id: str, body: GoalIn) -> GoalsOut:
    """Add a goal; one whose criterion or steps lie within the error, or that masks, is refused with a sentence."""
    given = body.model_dump() | {"scale": body.scale if body.scale == "auto" else tuple(body.scale)}
    add_goal(app, child_id, GoalDraft(**given), actor=actor.id)
    return goal_views.goals(child_goals(app.repository, child_id), for_therapist=True)


@router.put("/children/{child_id}/goals/{goal_id}")
@needs(Action.MANAGE_GOALS, ChildFrom.CHILD)
def change_childs_goal(app: AppDep, actor: ActorDep, child_id: str, goal_id: str, body: GoalChangeIn) -> GoalsOut:
    """Change an open goal, checked like a new one; the version before is kept."""
    given = body.model_dump(exclude={"version", "why"}) | {
        "scale": body.scale if body.scale == "auto" else tuple(body.scale)
    }
    draft = GoalDraft(measure="", **given)
    change_goal(app, child_id, goal_id, draft, GoalChange(body.version, actor.id, body.why))
    return goal_views.goals(child_goals(app.repository, child_id), for_therapist=True)


@router.post("/children/{child_id}/goals/{goal_id}/close")
@needs(Action.MANAGE_GOALS, ChildFrom.CHILD)
def close_childs_goal(
    app: AppDep, actor: ActorDep, child_id: str, goal_id: str, body: GoalCloseIn | None = None
) -> GoalsOut:
    """Close a goal, with why; it stays on record."""
    close_goal(app, child_id, goal_id, why=body.why if body else "", actor=actor.id)
    return goal_views.goals(child_goals(app.repository, child_id), for_therapist=True)
