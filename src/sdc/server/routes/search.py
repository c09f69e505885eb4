"""The search in what was said, noted and found."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from sdc.access import Action
from sdc.server import search_views
from sdc.server.deps import AppDep
from sdc.server.permission import ChildFrom, needs
from sdc.server.search_models import SearchOut

router = APIRouter(tags=["search"])


@router.get("/children/{child_id}/search")
@needs(Action.SEE_SESSION, ChildFrom.CHILD)
def search_child(
    app: AppDep,
    child_id: str,
    *,
    q: Annotated[str, Query(min_length=1, max_length=500, description="What it was about.")],
    since: Annotated[date | None, Query(description="Only sessions from this day on.")] = None,
    until: Annotated[date | None, Query(description="Only sessions up to this day.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="So many passages at most.")] = 10,
) -> SearchOut:
    """Find passages of a child's sessions, notes and insights, the nearest first."""
    return search_views.result(q, app.retrieval.search(child_id, q, k=limit, since=since, until=until))
