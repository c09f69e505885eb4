"""Reports that a therapist signed: the files as they were signed, who signed them and when, and what they rest on.

A signed report is never changed. A correction is a report of its own that says which one it replaces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sdc.errors import ConflictError, NotFoundError, StoreError
from sdc.store.blobs import Blobs, bytes_key
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents

SIGNED_REPORTS = "signed_reports"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A signed report as bytes.

    Attributes
    ----------
    format : str
        ``pdf`` or ``html``.
    key : str
        Of the blob.
    sha256 : str
    size : int
        Bytes.
    """

    format: str
    key: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SignedReport:
    """A signed report.

    Attributes
    ----------
    id : str
    child_id : str
    number : int
        From 1, among the child's signed reports.
    kind : str
    audience : str
    first, last : str or None
        ISO dates of the period: what was asked for, else the days of the first and the last session; None
        where nothing dates any.
    session_id : str or None
        Of a session's note.
    sections : tuple[str, ...] or None
        Those that were chosen; None: all.
    version : int
        From 1, among reports of this kind about this period (or session).
    replaces : str or None
        Id of the version before.
    signer : str
        Name and qualification as they stand in the report.
    signed_by : str
        Id of the account.
    signed_at : str
        ISO UTC time.
    facts_sha256 : str
        Of sessions, measures, goals and notes behind it (``sdc.reports.signing``).
    text_sha256 : str
        Of everything the report says, without the signature.
    rests_on : tuple[tuple[str, int], ...]
        Sessions with the version of their transcript.
    note_version : int
        Of the therapist's words in a session's note; 0 where there are none.
    files : tuple[ReportFile, ...]
    rules : tuple[str, ...]
        Rules of the measures that it could tell, with their versions; none in reports of an earlier store.
    states : tuple[tuple[str, str], ...]
        Sessions with the state of their transcript (``SessionEntry.transcript_state``); likewise.
    phases_version : int or None
        Of the stated phases, 0 where none were stated; None in reports of an earlier store.
    """

    id: str
    child_id: str
    number: int
    kind: str
    audience: str
    first: str | None
    last: str | None
    session_id: str | None
    sections: tuple[str, ...] | None
    version: int
    replaces: str | None
    signer: str
    signed_by: str
    signed_at: str
    facts_sha256: str
    text_sha256: str
    rests_on: tuple[tuple[str, int], ...]
    note_version: int = 0
    files: tuple[ReportFile, ...] = ()
    rules: tuple[str, ...] = ()
    states: tuple[tuple[str, str], ...] = ()
    phases_version: int | None = None

    def is_about_the_same(self, other: SignedReport) -> bool:
        """Tell whether another report is of the same kind about the same period, or the same session."""
        mine = (self.child_id, self.kind, self.session_id or (self.first, self.last))
        return mine == (other.child_id, other.kind, other.session_id or (other.first, other.last))


class SignedReports:
    """The signed reports on all children, each read with its child's id only.

    Parameters
    ----------
    documents : Documents
    blobs : Blobs
    """

    def __init__(self, documents: Documents, blobs: Blobs) -> None:
        self._documents, self._blobs = documents, blobs

    def add(self, report: SignedReport, contents: Mapping[str, bytes]) -> SignedReport:
        """Keep a signed report with its files; return it with its id.

        Parameters
        ----------
        report : SignedReport
            Its ``number`` is the one after the last that the signer saw.
        contents : Mapping[str, bytes]
            By format.

        Raises
        ------
        ConflictError
            ``report.stale``: somebody else has signed a report in the meantime.
        """
        files = tuple(self._file(report.child_id, format, data) for format, data in contents.items())
        kept = replace(report, id=f"{report.child_id}-{report.number:04d}", files=files)
        # The bytes go first: what is listed can be fetched.
        for file in files:
            self._blobs.put_bytes(file.key, contents[file.format])
        document = {"_id": kept.id, "child_id": kept.child_id, "report": to_document(kept, identity="")}
        try:
            self._documents.insert_one(SIGNED_REPORTS, document)
        except ConflictError as error:
            others = {file.key for other in self.of(kept.child_id) for file in other.files}
            for key in {file.key for file in files} - others:
                self._blobs.delete(key)
            raise stale() from error
        return kept

    def _file(self, child_id: str, format: str, data: bytes) -> ReportFile:
        return ReportFile(format, bytes_key(child_id, data), hashlib.sha256(data).hexdigest(), len(data))

    def of(self, child_id: str) -> list[SignedReport]:
        """Return a child's signed reports, oldest first."""
        found = (_report(document) for document in self._documents.find(SIGNED_REPORTS, {"child_id": child_id}))
        return sorted(found, key=lambda report: report.number)

    def get(self, child_id: str, report_id: str) -> SignedReport:
        """Return a child's signed report; that of another child is not there (``NotFoundError``)."""
        found = self._documents.find_one(SIGNED_REPORTS, {"_id": report_id, "child_id": child_id})
        if found is None:
            raise not_found()
        return _report(found)

    def content(self, report: SignedReport, format: str) -> bytes:
        """Return a signed report as it was signed, byte for byte.

        Raises
        ------
        NotFoundError
            It is not kept in this format.
        StoreError
            ``report.damaged``: the stored bytes are others than those that were signed.
        """
        file = next((file for file in report.files if file.format == format), None)
        if file is None:
            raise not_found()
        data = self._blobs.get(file.key)
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise StoreError(
                "The stored file of this report is not the one that was signed.",
                code="report.damaged",
                hint="Restore it from a backup.",
            )
        return data


def not_found() -> NotFoundError:
    """Return the error for a report that is unknown, another child's or out of reach."""
    return NotFoundError("There is no such signed report.", code="report.not-found", hint="See the child's reports.")


def stale() -> ConflictError:
    """Return the error for a signature that did not know of another one."""
    return ConflictError(
        "Somebody else has signed a report of this child in the meantime.",
        code="report.stale",
        hint="Look at the list of signed reports, then sign again if yours is still needed.",
    )


def _report(document: Document) -> SignedReport:
    return from_document(SignedReport, {**document["report"], "_id": document["_id"]})
