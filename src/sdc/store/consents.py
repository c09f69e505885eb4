"""What a family has agreed to: versions of a record for each child and purpose, denied by default.

Nothing is overwritten: a grant or a withdrawal is a new version, with who said so, when, and which
wording they were shown. The wordings are files of the package (``wording/PURPOSE.vN.txt``: a title in
the first line, then the text); a changed wording is a new file, so that an old consent can be read as
it was given. The newest version decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Literal

from sdc.errors import ConflictError, ConsentError, InputError, StoreError
from sdc.store.clock import now_iso
from sdc.store.documents import Document, Documents

CONSENTS = "consents"
BY_ADDING = "whoever added the recording"
"""Who granted ``store_recording`` where nobody was asked before a recording was added."""

MAX_BY = 120
MAX_RETENTION_DAYS = 36_500
MAX_TRIES = 20

State = Literal["granted", "withdrawn"]


class Purpose(StrEnum):
    """What a child's data may be used for beyond measuring it on this machine."""

    STORE_RECORDING = "store_recording"
    CLOUD_TRANSCRIPTION = "cloud_transcription"
    CLOUD_LANGUAGE_MODEL = "cloud_language_model"
    CLOUD_SEARCH = "cloud_search"
    RESEARCH_EXPORT = "research_export"
    TRAINING = "training"
    RENTED_TRAINING = "rented_training"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a purpose means in plain words, as people were shown it."""

    purpose: Purpose
    version: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Consent:
    """One version of a consent.

    Attributes
    ----------
    child_id : str
    purpose : Purpose
    version : int
        From 1, per child and purpose.
    state : {"granted", "withdrawn"}
    by : str
        Who said so, as the person who wrote it down put it.
    at : str
        ISO UTC time.
    wording : int
        Version of the wording.
    retention_days : int or None
        How long what is kept for this purpose is kept; None: until it is withdrawn.
    """

    child_id: str
    purpose: Purpose
    version: int
    state: State
    by: str
    at: str
    wording: int
    retention_days: int | None = None

    @property
    def is_granted(self) -> bool:
        """Whether this version allows the purpose."""
        return self.state == "granted"

    @property
    def was_asked(self) -> bool:
        """Whether somebody said so; False where a recording was added before anybody was asked."""
        return self.by != BY_ADDING


class Consents:
    """The consents of all children.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def history(self, child_id: str, purpose: Purpose | None = None) -> list[Consent]:
        """Return all versions of a child, oldest first; of one purpose or of all."""
        which: dict[str, object] = {"child_id": child_id}
        if purpose is not None:
            which["purpose"] = purpose.value
        found = self._documents.find(CONSENTS, which, sort=[("at", 1), ("version", 1)])
        return [_consent(document) for document in found]

    def newest(self, child_id: str, purpose: Purpose) -> Consent | None:
        """Return the version that decides, or None where nobody has said anything."""
        which = {"child_id": child_id, "purpose": purpose.value}
        found = self._documents.find_one(CONSENTS, which, sort=[("version", -1)])
        return None if found is None else _consent(found)

    def allows(self, child_id: str, purpose: Purpose) -> bool:
        """Whether the purpose is granted now; False where nobody has said anything."""
        newest = self.newest(child_id, purpose)
        return newest is not None and newest.is_granted

    def require(self, child_id: str, purpose: Purpose) -> None:
        """Let pass what is granted now.

        Raises
        ------
        ConsentError
            ``consent.missing``: never granted; ``consent.withdrawn``: no longer.
        """
        newest = self.newest(child_id, purpose)
        if newest is not None and newest.is_granted:
            return
        title = wording(purpose).title
        known = "no consent is recorded" if newest is None else "the consent was withdrawn"
        raise ConsentError(
            f"Not done, since {known} for this child: {title[0].lower()}{title[1:]}.",
            code="consent.missing" if newest is None else "consent.withdrawn",
            hint=f"Where the family agrees, record it: `sdc consent CHILD --grant {purpose.value}`.",
        )

    def grant(self, child_id: str, purpose: Purpose, *, by: str, retention_days: int | None = None) -> Consent:
        """Write down that a purpose is allowed from now on."""
        if retention_days is not None and not 1 <= retention_days <= MAX_RETENTION_DAYS:
            raise InputError(
                f"Recordings cannot be kept for {retention_days} days.",
                code="consent.retention",
                hint=f"Give 1 to {MAX_RETENTION_DAYS} days, or leave it out to keep them until it is withdrawn.",
            )
        if retention_days is not None and purpose is not Purpose.STORE_RECORDING:
            raise InputError(
                "Only recordings are kept for a number of days.",
                code="consent.retention",
                hint=f"Leave it out for {purpose.value}.",
            )
        return self._add(child_id, purpose, "granted", by, retention_days)

    def withdraw(self, child_id: str, purpose: Purpose, *, by: str) -> Consent:
        """Write down that a purpose is not allowed any more; what follows from it is ``sdc.pipeline.consenting``."""
        return self._add(child_id, purpose, "withdrawn", by)

    def note_recording(self, child_id: str) -> Consent | None:
        """Take the adding of a recording as leave to keep it, where nothing else was said before; tell if it was new.

        Returns
        -------
        Consent or None
            None where something had been said already.
        """
        first = _new(child_id, Purpose.STORE_RECORDING, 1, "granted", by=BY_ADDING)
        if self.newest(child_id, Purpose.STORE_RECORDING) is not None:
            return None
        try:
            self._documents.insert_one(CONSENTS, _document(first))
        except ConflictError:  # somebody has said something in this moment; that counts
            return None
        return first

    def _add(self, child_id: str, purpose: Purpose, state: State, by: str, days: int | None = None) -> Consent:
        by = _person(by)
        for _ in range(MAX_TRIES):
            newest = self.newest(child_id, purpose)
            version = 1 if newest is None else newest.version + 1
            consent = _new(child_id, purpose, version, state, by=by, days=days)
            try:
                self._documents.insert_one(CONSENTS, _document(consent))
            except ConflictError:  # somebody else has written this version in this moment
                continue
            return consent
        raise StoreError("The consent cannot be written: too many write at once.", hint="Try again.")


@cache
def wording(purpose: Purpose, version: int | None = None) -> Wording:
    """Return the wording of a purpose: of a version, or the newest.

    Raises
    ------
    StoreError
        ``consent.wording``: this SDC does not have that version.
    """
    versions = {
        int(file.name.split(".v")[1].removesuffix(".txt")): file
        for file in files("sdc.store").joinpath("wording").iterdir()
        if file.name.startswith(f"{purpose.value}.v")
    }
    number = version if version is not None else max(versions)
    if number not in versions:
        raise StoreError(f"The wording {purpose.value} {number} is not known to this SDC.", code="consent.wording")
    title, _, text = versions[number].read_text("utf-8").strip().partition("\n")
    return Wording(purpose, number, title, text)


def _person(by: str) -> str:
    """Return who said so, in one line."""
    by = " ".join(by.split())
    if not by or len(by) > MAX_BY or not by.isprintable():
        raise InputError(
            "It must be written down who said so.",
            code="consent.by",
            hint=f"Give a name of up to {MAX_BY} letters (in a terminal: --by 'mother, on paper').",
        )
    return by


def _new(child_id: str, purpose: Purpose, version: int, state: State, *, by: str, days: int | None = None) -> Consent:
    return Consent(child_id, purpose, version, state, by, now_iso(), wording(purpose).version, days)


def _document(consent: Consent) -> Document:
    return {
        "_id": f"{consent.child_id}.{consent.purpose.value}.{consent.version:06d}",
        "child_id": consent.child_id,
        "purpose": consent.purpose.value,
        "version": consent.version,
        "state": consent.state,
        "by": consent.by,
        "at": consent.at,
        "wording": consent.wording,
        "retention_days": consent.retention_days,
    }


def _consent(document: Document) -> Consent:
    fields = {key: value for key, value in document.items() if key != "_id"}
    return Consent(**fields | {"purpose": Purpose(fields["purpose"])})
