"""Accounts and care teams, for administrators."""

from __future__ import annotations

from fastapi import APIRouter, Response

from sdc.access import Action, Role
from sdc.errors import ConflictError
from sdc.server import access_views
from sdc.server.access_models import AccountChangeIn, AccountIn, AccountOut, InvitationOut, TeamOut
from sdc.server.deps import ActorDep, AppDep
from sdc.server.permission import ChildFrom, needs

router = APIRouter(tags=["people"])


@router.get("/accounts")
@needs(Action.MANAGE_ACCOUNTS, ChildFrom.NOTHING)
def list_accounts(app: AppDep) -> list[AccountOut]:
    """List all accounts by name."""
    ends = app.accounts.invitation_ends()
    return [access_views.account(account, ends.get(account.id)) for account in app.accounts.all()]


@router.post("/accounts", status_code=201)
@needs(Action.MANAGE_ACCOUNTS, ChildFrom.NOTHING)
def invite_account(app: AppDep, body: AccountIn) -> InvitationOut:
    """Add an account, put it on care teams, and return the secret of its invitation."""
    children = [app.repository.child(child_id) for child_id in body.child_ids]
    account = app.accounts.add(body.name, Role(body.role))
    for child in children:
        app.accounts.teams.add(child.id, account.id)
    return access_views.invitation(app.accounts.invite(account.id))


@router.post("/accounts/{account_id}/invitation", status_code=201)
@needs(Action.MANAGE_ACCOUNTS, ChildFrom.NOTHING)
def invite_again(app: AppDep, account_id: str) -> InvitationOut:
    """Return a new invitation for an account, also for a lost password; earlier links end."""
    return access_views.invitation(app.accounts.invite(account_id))


@router.patch("/accounts/{account_id}")
@needs(Action.MANAGE_ACCOUNTS, ChildFrom.NOTHING)
def change_account(app: AppDep, actor: ActorDep, account_id: str, body: AccountChangeIn) -> AccountOut:
    """Change an account's role, shut it out or let it in; never one's own, so that somebody stays in."""
    account = app.accounts.get(account_id)
    if account.id == actor.id:
        raise ConflictError(
            "Nobody changes their own role or shuts themselves out.",
            code="account.own",
            hint="Ask another administrator.",
        )
    if body.role is not None:
        account = app.accounts.set_role(account_id, Role(body.role))
    if body.is_disabled is not None:
        account = app.accounts.set_disabled(account_id, body.is_disabled)
    return access_views.account(account, app.accounts.invitation_ends().get(account_id))


@router.get("/teams")
@needs(Action.MANAGE_TEAM, ChildFrom.NOTHING)
def list_teams(app: AppDep) -> list[TeamOut]:
    """List every child's name with its care team; nothing else of the child."""
    members = app.accounts.teams.members_of
    return [access_views.team(child, members(child.id)) for child in app.repository.children()]


@router.put("/children/{child_id}/team/{account_id}", status_code=204)
@needs(Action.MANAGE_TEAM, ChildFrom.CHILD)
def join_team(app: AppDep, child_id: str, account_id: str) -> Response:
    """Put an account on a child's care team."""
    app.accounts.teams.add(child_id, app.accounts.get(account_id).id)
    return Response(status_code=204)


@router.delete("/children/{child_id}/team/{account_id}", status_code=204)
@needs(Action.MANAGE_TEAM, ChildFrom.CHILD)
def leave_team(app: AppDep, child_id: str, account_id: str) -> Response:
    """Take an account off a child's care team; it reaches nothing of the child from then on."""
    app.accounts.teams.remove(child_id, app.accounts.get(account_id).id)
    return Response(status_code=204)
