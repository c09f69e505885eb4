"""Erasing a child on somebody's word, written down in the audit."""

from __future__ import annotations

from sdc.store.audit import Audit
from sdc.store.erasure import Erased, Erasure
from sdc.store.records import Child


def erase_child(child: Child, erasure: Erasure, audit: Audit, *, actor: str) -> Erased:
    """Erase a child and all that is kept of it; only a tombstone and the audit's lines stay.

    Parameters
    ----------
    child : Child
    erasure : Erasure
    audit : Audit
    actor : str
        Who asked for it: the id of an account, ``laptop`` or ``cli``.

    Returns
    -------
    Erased
        What was removed, and what a search found afterwards.
    """
    audit.record(actor=actor, action="child.erase", child_id=child.id)
    erased = erasure.erase(child.id, names=[child.name])
    audit.record(actor=actor, action="child.erased", child_id=child.id)
    return erased
