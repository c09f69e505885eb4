"""Signing in and out, and whether the server runs."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from sdc import __version__
from sdc.access import Action
from sdc.errors import AccessError
from sdc.server import access_views
from sdc.server.access import (
    ClinicAccess,
    address_of,
    drop_session_cookie,
    session_secret,
    set_session_cookie,
)
from sdc.server.access_models import AcceptIn, AccessOut, InvitedOut, PasswordIn, SecretIn, SignInIn
from sdc.server.deps import AccessDep, AccountsDep, ActorDep, AppDep
from sdc.server.models import HealthOut, LoginIn
from sdc.server.permission import ChildFrom, needs, open_to_all

router = APIRouter(tags=["access"])


@router.get("/health")
@open_to_all
def get_health() -> HealthOut:
    """Tell whether the server runs."""
    return HealthOut(version=__version__)


@router.get("/access")
@open_to_all
def get_access(request: Request, access: AccessDep) -> AccessOut:
    """Tell how people sign in here, and who is signed in."""
    actor = access.actor_of(session_secret(request))
    return access_views.access(actor, accounts=isinstance(access, ClinicAccess))


@router.post("/login", status_code=204)
@open_to_all
def login(request: Request, body: LoginIn, app: AppDep, access: AccessDep) -> Response:
    """Exchange the one-time token for a session cookie."""
    response = Response(status_code=204)
    set_session_cookie(request, response, access.exchange(body.token))
    app.audit.record(actor="laptop", action="sign_in")
    return response


@router.post("/sign-in", status_code=204)
@open_to_all
def sign_in(request: Request, body: SignInIn, app: AppDep, accounts: AccountsDep) -> Response:
    """Sign in with a name and a password."""
    response = Response(status_code=204)
    try:
        account, secret = accounts.sign_in(body.name, body.password, address_of(request))
    except AccessError as error:
        if error.code != "access.wait":  # what was not even looked at fills no audit
            app.audit.record(actor="anonymous", action="sign_in.failed", object_id=accounts.id_of(body.name))
        raise
    _end_earlier(request, accounts.logins.end)
    app.audit.record(actor=account.id, action="sign_in")
    set_session_cookie(request, response, secret)
    return response


@router.post("/sign-out", status_code=204)
@needs(Action.USE_ACCOUNT, ChildFrom.NOTHING)
def sign_out(request: Request, access: AccessDep) -> Response:
    """Sign out in this browser."""
    response = Response(status_code=204)
    _end_earlier(request, access.sign_out)
    drop_session_cookie(request, response)
    return response


@router.post("/sign-out-everywhere", status_code=204)
@needs(Action.USE_ACCOUNT, ChildFrom.NOTHING)
def sign_out_everywhere(request: Request, actor: ActorDep, accounts: AccountsDep) -> Response:
    """End every session of one's account."""
    response = Response(status_code=204)
    accounts.logins.end_all(actor.id)
    drop_session_cookie(request, response)
    return response


@router.post("/password", status_code=204)
@needs(Action.USE_ACCOUNT, ChildFrom.NOTHING)
def change_password(request: Request, body: PasswordIn, actor: ActorDep, accounts: AccountsDep) -> Response:
    """Change one's own password; the account's other sessions end."""
    response = Response(status_code=204)
    secret = accounts.change_password(actor.id, body.old, body.new, address_of(request))
    set_session_cookie(request, response, secret)
    return response


@router.post("/invitations/open")
@open_to_all
def open_invitation(body: SecretIn, accounts: AccountsDep) -> InvitedOut:
    """Tell whom a link invites."""
    return access_views.invited(accounts.invited(body.secret))


@router.post("/invitations/accept", status_code=204)
@open_to_all
def accept_invitation(request: Request, body: AcceptIn, app: AppDep, accounts: AccountsDep) -> Response:
    """Choose a password; the link is spent, and the account signed in."""
    response = Response(status_code=204)
    account, secret = accounts.accept(body.secret, body.password)
    app.audit.record(actor=account.id, action="accept_invitation")
    set_session_cookie(request, response, secret)
    return response


def _end_earlier(request: Request, end: Callable[[str], None]) -> None:
    secret = session_secret(request)
    if secret:
        end(secret)
