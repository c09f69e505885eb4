"""Roles."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the children in the store.

    ``OWNER`` is no account's role: it is whoever holds the machine (a laptop's token, its terminal),
    who could read the store's files anyway.
    """

    OWNER = "owner"
    ADMIN = "admin"
    THERAPIST = "therapist"
    PARENT = "parent"
    RESEARCHER = "researcher"


ACCOUNT_ROLES = (Role.ADMIN, Role.THERAPIST, Role.PARENT, Role.RESEARCHER)
"""Roles that an account can have."""
