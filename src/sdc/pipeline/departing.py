"""The leave of families before a data set goes to a rented machine."""

from __future__ import annotations

from collections.abc import Sequence

from sdc.errors import ConsentError
from sdc.pipeline.parts import Parts
from sdc.store.consents import Purpose


def leave_for_rented(parts: Parts, pseudonyms: Sequence[str], *, actor: str | None) -> None:
    """Let a data set pass whose children's families agree now to training, and to training on a rented machine.

    Parameters
    ----------
    parts : Parts
        The store that the data set was built from.
    pseudonyms : Sequence[str]
    actor : str or None
        Who sends it, for the audit; None where nothing is sent yet.

    Raises
    ------
    ConsentError
        ``launch.unknown-child``: a child is not in this store, or no longer; else of the child's consents.
    """
    known = {parts.repository.pseudonyms.of(child.id): child for child in parts.repository.children()}
    for pseudonym in pseudonyms:
        if pseudonym not in known:
            raise ConsentError(
                f"This data set stays here, since the child {pseudonym} is not in this store, or no longer.",
                code="launch.unknown-child",
                hint="Launch it from the store that it was built from (SDC_HOME); after an erasure build it again.",
            )
        for purpose in (Purpose.TRAINING, Purpose.RENTED_TRAINING):
            _require(parts, known[pseudonym].id, known[pseudonym].name, purpose)
    for pseudonym in pseudonyms if actor is not None else ():
        assert actor is not None
        parts.audit.record(actor=actor, action="dataset.launch", child_id=known[pseudonym].id)


def _require(parts: Parts, child_id: str, name: str, purpose: Purpose) -> None:
    try:
        parts.consents.require(child_id, purpose)
    except ConsentError as error:
        raise ConsentError(f"{name}: {error.message}", code=error.code, hint=error.hint) from error
