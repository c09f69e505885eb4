"""The routes: each takes a request apart, calls one use case and hands the answer to a view. No logic here."""

from fastapi import APIRouter, Depends

from sdc.server.answers import problems
from sdc.server.deps import require_permission
from sdc.server.routes import (
    access,
    children,
    consents,
    edits,
    goals,
    insights,
    jobs,
    measures,
    people,
    progress,
    reports,
    research,
    review,
    roles,
    search,
    sessions,
    uploads,
)


def api_router() -> APIRouter:
    """Return all JSON routes; ``require_permission`` lets pass what each declares (``sdc.server.permission``)."""
    api = APIRouter(prefix="/api", dependencies=[Depends(require_permission)])
    api.include_router(access.router, responses=problems(400, 401, 403, 409, 422, 429))
    for module in (
        measures,
        people,
        research,
        children,
        reports,
        consents,
        uploads,
        jobs,
        sessions,
        roles,
        review,
        edits,
        goals,
        progress,
        insights,
    ):
        api.include_router(
            module.router,
            responses=problems(400, 401, 403, 404, 409, 413, 422),
        )
    api.include_router(search.router, responses=problems(400, 401, 403, 404, 422))
    return api
