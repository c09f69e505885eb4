"""Erasing a child on somebody's word, written down in the audit."""

from __future__ import annotations

from sdc.errors import ConflictError
from sdc.store.audit import Audit
from sdc.store.erasure import Erased, Erasure
from sdc.store.records import Child


def erase_child(child: Child, erasure: Erasure, audit: Audit, *, actor: str, typed: str | None = None) -> Erased:
    """Erase a child and all that is kept of it; only a tombstone and the audit's lines stay.

    Parameters
    ----------
    child : Child
    erasure : Erasure
    audit : Audit
    actor : str
        Who asked for it: the id of an account, ``laptop`` or ``cli``.
    typed : str, optional
        The name as somebody typed it to confirm; None where nobody was asked.

    Returns
    -------
    Erased
        What was removed, and what a search found afterwards.

    Raises
    ------
    ConflictError
        ``erase.name``: what was typed is not the child's name; nothing is erased.
    """
    if typed is not None and typed.strip() != child.name:
        raise ConflictError(
            "Nothing was erased: that is not the child's name.",
            code="erase.name",
            hint="Type the name exactly as it is shown.",
        )
    audit.record(actor=actor, action="child.erase", child_id=child.id)
    erased = erasure.erase(child.id, names=[child.name])
    audit.record(actor=actor, action="child.erased", child_id=child.id)
    return erased
