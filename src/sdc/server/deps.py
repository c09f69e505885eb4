"""What routes are handed, so that a route's signature reads as prose."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from sdc.app import App
from sdc.errors import AccessError
from sdc.server.access import Access, session_secret
from sdc.store.jobs import Job


def get_app(request: Request) -> App:
    """Return the application behind this server."""
    app = request.app.state.sdc
    assert isinstance(app, App)
    return app


def get_access(request: Request) -> Access:
    """Return the gate of this server."""
    access = request.app.state.access
    assert isinstance(access, Access)
    return access


AppDep = Annotated[App, Depends(get_app)]
AccessDep = Annotated[Access, Depends(get_access)]


def require_session(request: Request, access: AccessDep) -> None:
    """Let a request pass that carries a session; else ``AccessError``."""
    if not access.allows(session_secret(request)):
        raise AccessError(
            "You are not signed in.",
            code="access.signed-out",
            hint="Open the address that `sdc serve` printed, or start it again for a new one.",
        )


def get_job(app: AppDep, job_id: str) -> Job:
    """Return the job of the path; ``NotFoundError`` before any answer has begun."""
    return app.jobs.get(job_id)


JobDep = Annotated[Job, Depends(get_job)]
