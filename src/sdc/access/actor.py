"""Actors: who asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from sdc.access.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks for something.

    Attributes
    ----------
    id : str
        Id of the account, or ``laptop`` or ``cli``; it stands in the audit.
    name : str
        Name to sign in with; empty for who has no account.
    role : Role
    children : frozenset[str]
        Ids of the children on whose care team they are.
    """

    id: str
    name: str
    role: Role
    children: frozenset[str] = field(default=frozenset())


LAPTOP = Actor("laptop", "", Role.OWNER)
"""Whoever holds the token that ``sdc serve`` printed on their own machine."""

CLI = Actor("cli", "", Role.OWNER)
"""Whoever works at the machine's terminal."""
