"""What the server writes into the audit: reads of sessions and recordings, writes, and what it refused."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from sdc.access import Action
from sdc.server.guard import SAFE_METHODS
from sdc.store.audit import Audit

READS = frozenset(
    {
        Action.SEE_SESSION,
        Action.PLAY_RECORDING,
        Action.WRITE_REPORT,
        Action.SEE_LETTER,
        Action.SEE_AUDIT,
        Action.EXPORT_CHILD,
        Action.EXPORT_RESEARCH,
    }
)
"""Actions of which a mere read is written down."""


def is_worth_a_line(request: Request, action: Action) -> bool:
    """Tell whether a request that passes is written down.

    A player asks for a recording in many ranges: the first one counts.
    """
    if request.method not in SAFE_METHODS:
        return True
    return action in READS and request.headers.get("range", "bytes=0-").startswith("bytes=0-")


@dataclass(frozen=True, slots=True)
class Witness:
    """Writes down what an actor asked for.

    Attributes
    ----------
    audit : Audit
    actor_id : str
    action : Action
    """

    audit: Audit
    actor_id: str
    action: Action

    def passed(self, child_id: str | None, object_id: str | None) -> None:
        """Write that it was let pass."""
        self.audit.record(actor=self.actor_id, action=self.action.value, child_id=child_id, object_id=object_id)

    def refused(self, child_id: str | None = None, object_id: str | None = None) -> None:
        """Write that it was refused."""
        self.audit.record(
            actor=self.actor_id, action=f"{self.action.value}.refused", child_id=child_id, object_id=object_id
        )
