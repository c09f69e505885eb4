"""The routes: each takes a request apart, calls one use case and hands the answer to a view. No logic here."""

from fastapi import APIRouter, Depends

from sdc.server.deps import require_session
from sdc.server.models import ProblemOut
from sdc.server.routes import access, children, jobs, measures, sessions, uploads

PROBLEMS = {
    400: "The request cannot be understood.",
    401: "Not signed in.",
    403: "The request comes from another site.",
    404: "There is no such thing.",
    409: "It contradicts what is stored.",
    413: "The upload is too large.",
    422: "A value cannot be used.",
}


def _problems(*statuses: int) -> dict[int | str, dict[str, object]]:
    return {status: {"model": ProblemOut, "description": PROBLEMS[status]} for status in statuses}


def api_router() -> APIRouter:
    """Return all JSON routes; every one but health and login asks for the session cookie."""
    api = APIRouter(prefix="/api")
    api.include_router(access.router, responses=_problems(400, 401, 422))
    for module in (measures, children, uploads, jobs, sessions):
        api.include_router(
            module.router,
            dependencies=[Depends(require_session)],
            responses=_problems(400, 401, 403, 404, 409, 413, 422),
        )
    return api
