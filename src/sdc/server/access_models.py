"""What goes over the wire about accounts, invitations and care teams."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sdc.access import Action
from sdc.server.models import Id, Wire

AccountRole = Literal["admin", "therapist", "parent", "researcher"]
Password = Field(min_length=1, max_length=1000)


class ActorOut(Wire):
    """Who is signed in, and what the role allows for some child at least."""

    id: str
    name: str
    role: Literal["owner", "admin", "therapist", "parent", "researcher"]
    actions: list[Action]


class AccessOut(Wire):
    """How people sign in here, and who is signed in."""

    accounts: bool = Field(description="Whether people sign in with a name and a password.")
    actor: ActorOut | None


class SignInIn(Wire):
    """A name and a password."""

    name: str = Field(min_length=1, max_length=200)
    password: str = Password


class PasswordIn(Wire):
    """A change of one's own password."""

    old: str = Password
    new: str = Password


class SecretIn(Wire):
    """The secret at the end of an invitation's link."""

    secret: str = Field(min_length=1, max_length=200)


class AcceptIn(SecretIn):
    """The password that an invited person chose."""

    password: str = Password


class InvitedOut(Wire):
    """Whom a link invites."""

    name: str
    role: AccountRole


class AccountIn(Wire):
    """Somebody to invite, and the children on whose care teams they will be."""

    name: str = Field(min_length=2, max_length=120)
    role: AccountRole
    child_ids: list[Id] = Field(default=[], max_length=500)


class AccountChangeIn(Wire):
    """What to change; what is left out stays."""

    role: AccountRole | None = None
    is_disabled: bool | None = None


class AccountOut(Wire):
    """An account."""

    id: str
    name: str
    role: AccountRole
    is_disabled: bool
    is_invited: bool = Field(description="It has no password yet.")
    invitation_ends_at: str | None = Field(description="ISO UTC time, of an invitation that is open.")


class InvitationOut(Wire):
    """An invitation; its secret is shown this once."""

    account: AccountOut
    secret: str


class TeamOut(Wire):
    """A child's care team."""

    child_id: str
    child_name: str
    account_ids: list[str]
