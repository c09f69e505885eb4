"""Signing in, and whether the server runs."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from sdc import __version__
from sdc.server.access import set_session_cookie
from sdc.server.deps import AccessDep
from sdc.server.models import HealthOut, LoginIn

router = APIRouter(tags=["access"])


@router.get("/health")
def get_health() -> HealthOut:
    """Tell whether the server runs."""
    return HealthOut(version=__version__)


@router.post("/login", status_code=204)
def login(request: Request, body: LoginIn, access: AccessDep) -> Response:
    """Exchange the one-time token for a session cookie."""
    response = Response(status_code=204)
    set_session_cookie(request, response, access.exchange(body.token))
    return response
