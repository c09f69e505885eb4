"""What each route asks for: its action, and from what the child is found. Read in one place, ``deps``.

A route says it under its address::

    @router.get("/sessions/{session_id}")
    @needs(Action.SEE_SESSION, ChildFrom.SESSION)
    def get_session(...)

A route that says nothing is denied to everybody (and a test fails for it).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from sdc.access import Action
from sdc.app import App
from sdc.errors import NotFoundError, SDCError

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class ChildFrom(StrEnum):
    """From what the child of a request is found."""

    NOTHING = "nothing"  # it is about no child
    LIST = "list"  # it lists children: the route shows only those within reach
    CHILD = "child_id"  # in the path or the query
    BODY = "body"  # the field ``child_id`` of a JSON body
    SESSION = "session_id"
    JOB = "job_id"
    UPLOAD = "upload_id"


@dataclass(frozen=True, slots=True)
class Permission:
    """What a route asks for; ``action`` is None for a route that is open to everybody."""

    action: Action | None
    child_from: ChildFrom = ChildFrom.NOTHING


def needs(action: Action, child_from: ChildFrom) -> Callable[[Endpoint], Endpoint]:
    """Declare what a route asks for."""
    return _declare(Permission(action, child_from))


def open_to_all(endpoint: Endpoint) -> Endpoint:
    """Declare a route that answers without signing in: it shows nothing of a child."""
    return _declare(Permission(None))(endpoint)


def _declare(permission: Permission) -> Callable[[Endpoint], Endpoint]:
    def declare(endpoint: Endpoint) -> Endpoint:
        endpoint.__permission__ = permission  # type: ignore[attr-defined]
        return endpoint

    return declare


def permission_of(endpoint: Callable[..., Any]) -> Permission | None:
    """Return what a route declared, or None."""
    return getattr(endpoint, "__permission__", None)


UNKNOWN: dict[ChildFrom, tuple[str, str, str]] = {
    ChildFrom.CHILD: ("There is no such child.", "child.not-found", "See the list of children."),
    ChildFrom.BODY: ("There is no such child.", "child.not-found", "See the list of children."),
    ChildFrom.SESSION: ("There is no such session.", "session.not-found", "See the child's sessions."),
    ChildFrom.JOB: ("There is no such job.", "job.not-found", "See the child's jobs."),
    ChildFrom.UPLOAD: ("There is no such upload.", "upload.not-found", "Upload the file again."),
}
"""Message, code and hint for an id that is unknown, or another child's: the answer is the same."""


def unknown(child_from: ChildFrom) -> NotFoundError:
    """Return the error for an id that is unknown or out of reach."""
    message, code, hint = UNKNOWN[child_from]
    return NotFoundError(message, code=code, hint=hint)


_CHILD_OF: dict[ChildFrom, Callable[[App, str], str]] = {
    ChildFrom.CHILD: lambda app, given: app.repository.child(given).id,
    ChildFrom.BODY: lambda app, given: app.repository.child(given).id,
    ChildFrom.SESSION: lambda app, given: app.repository.entry(given).child_id,
    ChildFrom.JOB: lambda app, given: app.jobs.get(given).child_id,
    ChildFrom.UPLOAD: lambda app, given: app.incoming.progress(given).child_id,
}


async def find_child(app: App, child_from: ChildFrom, request: Request) -> tuple[str, str]:
    """Return the id that a request names, and the id of the child that it belongs to.

    Raises
    ------
    NotFoundError
        There is no such thing.
    SDCError
        ``request.invalid``: the request names none.
    """
    given = await _given_id(child_from, request)
    if not given:
        raise SDCError("child_id: Field required.", code="request.invalid", hint="Tell which child it is about.")
    try:
        return given, await run_in_threadpool(_CHILD_OF[child_from], app, given)
    except NotFoundError as error:
        raise unknown(child_from) from error


async def _given_id(child_from: ChildFrom, request: Request) -> str:
    if child_from is not ChildFrom.BODY:
        name = child_from.value
        return str(request.path_params.get(name) or request.query_params.get(name) or "")
    try:
        body = json.loads(await request.body())
    except ValueError:
        return ""
    given = body.get("child_id") if isinstance(body, dict) else None
    return given if isinstance(given, str) and _ID.fullmatch(given) else ""
