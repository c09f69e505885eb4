"""Accounts, invitations and teams → wire models. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from sdc.access import Action, Actor, may_for_some
from sdc.server.access_models import AccessOut, AccountOut, ActorOut, InvitationOut, InvitedOut, TeamOut
from sdc.store.accounts import Account, Invitation
from sdc.store.records import Child


def access(who: Actor | None, *, accounts: bool) -> AccessOut:
    """Show how people sign in, and who is signed in."""
    return AccessOut(accounts=accounts, actor=None if who is None else actor(who))


def actor(who: Actor) -> ActorOut:
    """Show who is signed in."""
    actions = [action for action in Action if may_for_some(who, action)]
    return ActorOut(id=who.id, name=who.name, role=who.role.value, actions=actions)


def account(record: Account, invitation_end_ms: int | None = None) -> AccountOut:
    """Show an account."""
    return AccountOut.model_validate(
        {
            "id": record.id,
            "name": record.name,
            "role": record.role.value,
            "is_disabled": record.is_disabled,
            "is_invited": record.is_invited,
            "invitation_ends_at": None if invitation_end_ms is None else _iso(invitation_end_ms),
        }
    )


def invitation(record: Invitation) -> InvitationOut:
    """Show an invitation with its secret, to whoever invites."""
    return InvitationOut(account=account(record.account, record.end_ms), secret=record.secret)


def invited(record: Account) -> InvitedOut:
    """Show whom a link invites."""
    return InvitedOut.model_validate({"name": record.name, "role": record.role.value})


def team(child: Child, account_ids: list[str]) -> TeamOut:
    """Show a child's care team."""
    return TeamOut(child_id=child.id, child_name=child.name, account_ids=account_ids)


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
