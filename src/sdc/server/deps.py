"""What routes are handed, and the one place where it is decided whether a request may pass."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from sdc.access import Actor, may, may_for_some
from sdc.app import App
from sdc.errors import AccessError
from sdc.server.access import Access, ClinicAccess, Gate, session_secret
from sdc.server.audit import Witness, is_worth_a_line
from sdc.server.permission import ChildFrom, Permission, find_child, permission_of, unknown
from sdc.store.accounts import Accounts
from sdc.store.jobs import Job


def get_app(request: Request) -> App:
    """Return the application behind this server."""
    app = request.app.state.sdc
    assert isinstance(app, App)
    return app


def get_access(request: Request) -> Gate:
    """Return the gate of this server."""
    access = request.app.state.access
    assert isinstance(access, Access | ClinicAccess)
    return access


AppDep = Annotated[App, Depends(get_app)]
AccessDep = Annotated[Gate, Depends(get_access)]


def get_accounts(access: AccessDep) -> Accounts:
    """Return the accounts by which people sign in; ``AccessError`` on a laptop, where there are none."""
    if isinstance(access, ClinicAccess):
        return access.accounts
    raise AccessError(
        "Nobody signs in with an account here.", code="access.no-accounts", hint="Use the address that it printed."
    )


AccountsDep = Annotated[Accounts, Depends(get_accounts)]


async def require_permission(request: Request, app: AppDep, access: AccessDep) -> None:
    """Let a request pass whose actor may do what its route declares; every JSON route depends on this.

    Raises
    ------
    AccessError
        ``access.signed-out``; ``access.forbidden``: the role never may, or the route declares nothing.
    NotFoundError
        The id is unknown, or belongs to a child out of the actor's reach: the two look the same.
    """
    permission = permission_of(request.scope["endpoint"])
    if permission is not None and permission.action is None:
        return
    actor = await run_in_threadpool(access.actor_of, session_secret(request))
    if actor is None:
        raise AccessError("You are not signed in.", code="access.signed-out", hint=access.signed_out_hint)
    request.state.actor = actor
    if permission is None or permission.action is None:
        raise forbidden()
    witness = Witness(app.audit, actor.id, permission.action)
    if not may_for_some(actor, permission.action):
        await run_in_threadpool(witness.refused)
        raise forbidden()
    given, child_id = await _child_within(request, app, actor, permission, witness)
    if is_worth_a_line(request, permission.action):
        await run_in_threadpool(witness.passed, child_id, given if given != child_id else None)


async def _child_within(
    request: Request, app: App, actor: Actor, permission: Permission, witness: Witness
) -> tuple[str | None, str | None]:
    """Return the id in the request and the child it belongs to, where there are such and the actor reaches them."""
    if permission.child_from in (ChildFrom.NOTHING, ChildFrom.LIST):
        return None, None
    given, child_id = await find_child(app, permission.child_from, request)
    if not may(actor, witness.action, child_id):
        await run_in_threadpool(witness.refused, child_id, given)
        raise unknown(permission.child_from)
    return given, child_id


def forbidden() -> AccessError:
    """Return the error for what a role never may."""
    return AccessError(
        "Your role does not allow this.", code="access.forbidden", hint="Ask an administrator of this server."
    )


def get_actor(request: Request) -> Actor:
    """Return who asks; only behind ``require_permission``."""
    actor = request.state.actor
    assert isinstance(actor, Actor)
    return actor


ActorDep = Annotated[Actor, Depends(get_actor)]


def get_job(app: AppDep, job_id: str) -> Job:
    """Return the job of the path; ``NotFoundError`` before any answer has begun."""
    return app.jobs.get(job_id)


JobDep = Annotated[Job, Depends(get_job)]
