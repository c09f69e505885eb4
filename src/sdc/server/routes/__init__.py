"""The routes: each takes a request apart, calls one use case and hands the answer to a view. No logic here."""

from fastapi import APIRouter, Depends

from sdc.server.deps import require_permission
from sdc.server.models import ProblemOut
from sdc.server.routes import access, children, consents, jobs, measures, people, research, roles, sessions, uploads

PROBLEMS = {
    400: "The request cannot be understood.",
    401: "Not signed in.",
    403: "The role does not allow it, or the request comes from another site.",
    404: "There is no such thing.",
    409: "It contradicts what is stored.",
    413: "The upload is too large.",
    422: "A value cannot be used.",
    429: "Too many attempts; wait.",
}


def _problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    return {status: {"model": ProblemOut, "description": PROBLEMS[status]} for status in statuses}


def api_router() -> APIRouter:
    """Return all JSON routes; ``require_permission`` lets pass what each declares (``sdc.server.permission``)."""
    api = APIRouter(prefix="/api", dependencies=[Depends(require_permission)])
    api.include_router(access.router, responses=_problems(400, 401, 403, 409, 422, 429))
    for module in (measures, people, research, children, consents, uploads, jobs, sessions, roles):
        api.include_router(
            module.router,
            responses=_problems(400, 401, 403, 404, 409, 413, 422),
        )
    return api
