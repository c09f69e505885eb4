"""A child's progress in all measures, and the phases of the work."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from sdc.access import Action, may
from sdc.measures import REGISTRY
from sdc.pipeline.goals import goal_measures
from sdc.pipeline.phase_plans import state_phases
from sdc.pipeline.progress_norms import norm_bands
from sdc.pipeline.progress_page import Stretch, progress_page
from sdc.pipeline.progressing import DEFAULT_MEASURES
from sdc.server import progress_page_views, views
from sdc.server.deps import ActorDep, AppDep
from sdc.server.models import IsoDate
from sdc.server.permission import ChildFrom, needs
from sdc.server.progress_page_models import NormsOut, PhasePlanIn, PhasePlanOut, ProgressPageOut
from sdc.session import DateRange, PhasePlan

MAX_FOLLOWED = 4
"""So many measures stand on the child's own page."""

router = APIRouter(tags=["progress"])


@router.get("/children/{child_id}/progress/page")
@needs(Action.SEE_CHILD, ChildFrom.CHILD)
def get_progress_page(
    app: AppDep,
    actor: ActorDep,
    child_id: str,
    *,
    first: Annotated[IsoDate | None, Query(description="First day; without it from the first session.")] = None,
    last: Annotated[IsoDate | None, Query(description="Last day; without it to the last session.")] = None,
    context: Annotated[str | None, Query(max_length=200, description="Only this situation.")] = None,
    followed: Annotated[
        bool, Query(description="Only the measures of the goals, else sentence length, vocabulary, hesitations.")
    ] = False,
    measure: Annotated[
        list[Annotated[str, Query(max_length=80)]] | None, Query(max_length=100, description="Only these measures.")
    ] = None,
) -> ProgressPageOut:
    """Show all measures over a child's sessions, of a period or a situation where one is named."""
    for_researchers = may(actor, Action.SEE_RESEARCH_MEASURES, child_id)
    for one in measure or ():
        views.measure_shown(one, for_researchers=for_researchers)
    if followed:
        measure = list((goal_measures(app.repository, child_id) or DEFAULT_MEASURES)[:MAX_FOLLOWED])
    wanted = measure or [m for m, rule in REGISTRY.items() if for_researchers or rule.audience == "everyone"]
    found = progress_page(
        app.repository,
        child_id,
        tuple(dict.fromkeys(wanted)),
        Stretch(first, last, context or None),
    )
    return progress_page_views.page(found)


@router.get("/children/{child_id}/norms")
@needs(Action.SEE_NORMS, ChildFrom.CHILD)
def get_norms(app: AppDep, child_id: str) -> NormsOut:
    """Show where samples of other children lie, for the sessions to which norms apply; parents are refused."""
    return progress_page_views.norms(norm_bands(app.repository, child_id))


@router.get("/children/{child_id}/phases")
@needs(Action.SEE_CHILD, ChildFrom.CHILD)
def get_phases(app: AppDep, child_id: str) -> PhasePlanOut:
    """Show the phases of the work with a child, as they were stated."""
    return progress_page_views.plan(app.repository.phase_plans.latest(app.repository.child(child_id).id))


@router.put("/children/{child_id}/phases")
@needs(Action.MANAGE_GOALS, ChildFrom.CHILD)
def put_phases(app: AppDep, actor: ActorDep, child_id: str, body: PhasePlanIn) -> PhasePlanOut:
    """State baseline and intervention, or take them back; the earlier versions are kept."""
    given = [None if span is None else DateRange(span.first, span.last) for span in (body.baseline, body.intervention)]
    plan = PhasePlan(child_id, given[0], given[1], body.note)
    return progress_page_views.plan(state_phases(app, plan, seen=body.version, actor=actor.id))
