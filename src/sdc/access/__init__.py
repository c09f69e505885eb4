"""Who may do what with whose data: pure rules, denied by default.

=========== ==========================================================
module      holds
=========== ==========================================================
roles       the roles of accounts, and who holds the machine itself
actions     everything that a door lets people do, by name
actor       who asks, and on whose care teams they are
rules       the grants, and ``may``
=========== ==========================================================

The rules know nothing of servers or stores; ``sdc.server.permission`` asks them for every route.
"""

from sdc.access.actions import Action
from sdc.access.actor import CLI, LAPTOP, Actor
from sdc.access.roles import ACCOUNT_ROLES, Role
from sdc.access.rules import children_within, may, may_for_some

__all__ = ["ACCOUNT_ROLES", "CLI", "LAPTOP", "Action", "Actor", "Role", "children_within", "may", "may_for_some"]
