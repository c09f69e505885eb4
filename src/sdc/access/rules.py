"""The grants, in one table. What stands in no row is denied.

Choices that the table makes (reasons: docs/decisions/0010-accounts.md):

- an administrator manages accounts, care teams and erasure for every child, but reads a child's
  content only on the child's care team, like any therapist;
- a parent sees and hears everything of their child, hands in recordings, asks, and gives or withdraws
  consent, but changes no transcript, erases nothing and is shown no norms and no measure that is for researchers only;
- a researcher reaches no child: only the de-identified figures that ``EXPORT_RESEARCH`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sdc.access.actions import Action
from sdc.access.actor import Actor
from sdc.access.roles import Role


class Reach(StrEnum):
    """How far a grant goes."""

    EVERYWHERE = "everywhere"
    TEAM = "team"  # only for children on whose care team the actor is


_PARENT: dict[Action, Reach] = {
    Action.SEE_DEFINITIONS: Reach.EVERYWHERE,
    Action.USE_ACCOUNT: Reach.EVERYWHERE,
    Action.SEE_CHILD: Reach.TEAM,
    Action.UPLOAD: Reach.TEAM,
    Action.SEE_SESSION: Reach.TEAM,
    Action.PLAY_RECORDING: Reach.TEAM,
    Action.ASK: Reach.TEAM,
    Action.ANSWER_ACTIVITY: Reach.TEAM,
    Action.SEE_LETTER: Reach.TEAM,
    Action.SEE_CONSENT: Reach.TEAM,
    Action.MANAGE_CONSENT: Reach.TEAM,
}

_THERAPIST: dict[Action, Reach] = {
    **_PARENT,
    Action.ADD_CHILD: Reach.EVERYWHERE,
    Action.SEE_RESEARCH_MEASURES: Reach.TEAM,
    Action.SEE_NORMS: Reach.TEAM,
    Action.EDIT_TRANSCRIPT: Reach.TEAM,
    Action.APPROVE_INSIGHT: Reach.TEAM,
    Action.WRITE_REPORT: Reach.TEAM,
    Action.SIGN_REPORT: Reach.TEAM,
    Action.MANAGE_GOALS: Reach.TEAM,
    Action.SEE_VOICE_LABELS: Reach.TEAM,
    Action.EXPORT_CHILD: Reach.TEAM,
}

GRANTS: Mapping[Role, Mapping[Action, Reach]] = {
    Role.OWNER: dict.fromkeys(Action, Reach.EVERYWHERE),
    Role.ADMIN: {
        **_THERAPIST,
        Action.MANAGE_ACCOUNTS: Reach.EVERYWHERE,
        Action.MANAGE_TEAM: Reach.EVERYWHERE,
        Action.ERASE_CHILD: Reach.EVERYWHERE,
        Action.SEE_AUDIT: Reach.EVERYWHERE,
    },
    Role.THERAPIST: _THERAPIST,
    Role.PARENT: _PARENT,
    Role.RESEARCHER: {
        Action.SEE_DEFINITIONS: Reach.EVERYWHERE,
        Action.USE_ACCOUNT: Reach.EVERYWHERE,
        Action.EXPORT_RESEARCH: Reach.EVERYWHERE,
    },
}


def may(actor: Actor, action: Action, child_id: str | None = None) -> bool:
    """Tell whether an actor may do something.

    Parameters
    ----------
    actor : Actor
    action : Action
    child_id : str, optional
        The child that it is about; a grant for care teams needs one.
    """
    reach = GRANTS.get(actor.role, {}).get(action)
    if reach is Reach.TEAM:
        return child_id is not None and child_id in actor.children
    return reach is Reach.EVERYWHERE


def may_for_some(actor: Actor, action: Action) -> bool:
    """Tell whether the actor's role is granted the action for any child at all."""
    return action in GRANTS.get(actor.role, {})


def children_within(actor: Actor, action: Action) -> frozenset[str] | None:
    """Return the children for whom the actor may do something; None for every child."""
    reach = GRANTS.get(actor.role, {}).get(action)
    if reach is Reach.EVERYWHERE:
        return None
    return actor.children if reach is Reach.TEAM else frozenset()
