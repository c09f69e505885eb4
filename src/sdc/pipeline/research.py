"""What research may see: figures of the children whose families agreed, under pseudonyms, without dates."""

from __future__ import annotations

from collections.abc import Iterator

from sdc.errors import NotFoundError
from sdc.store.consents import Consents, Purpose
from sdc.store.pseudonyms import Pseudonyms
from sdc.store.records import Child
from sdc.store.repository import Repository


def research_children(repository: Repository, consents: Consents, pseudonyms: Pseudonyms) -> list[tuple[str, Child]]:
    """Return the children whose newest consent covers research, with their pseudonyms, in the pseudonyms' order."""
    return sorted(_agreed(repository, consents, pseudonyms), key=lambda pair: pair[0])


def research_child(
    repository: Repository, consents: Consents, pseudonyms: Pseudonyms, pseudonym: str
) -> tuple[str, Child]:
    """Return one of them.

    Raises
    ------
    NotFoundError
        ``research.not-found``: nobody has this pseudonym, or the consent is missing or withdrawn.
    """
    for found in _agreed(repository, consents, pseudonyms):
        if found[0] == pseudonym:
            return found
    raise NotFoundError(
        "There is no such child, or the consent was withdrawn.", code="research.not-found", hint="See the list."
    )


def _agreed(repository: Repository, consents: Consents, pseudonyms: Pseudonyms) -> Iterator[tuple[str, Child]]:
    for child in repository.children():
        if consents.allows(child.id, Purpose.RESEARCH_EXPORT):
            yield pseudonyms.of(child.id), child
