"""The application: settings → store, jobs, engine, pipeline. The only file that chooses back ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdc.errors import StoreError
from sdc.pipeline.engines import default_transcriber
from sdc.pipeline.parts import Outcome, Parts, Report, SessionOrder
from sdc.pipeline.process_session import process_session
from sdc.progress import Placed, place
from sdc.settings import Settings
from sdc.store.accounts import Accounts
from sdc.store.audit import Audit
from sdc.store.blobs import Blobs
from sdc.store.consents import Consents
from sdc.store.documents import Documents
from sdc.store.folder import FolderBlobs
from sdc.store.incoming import Incoming
from sdc.store.jobs import Job, Jobs
from sdc.store.records import Child, SessionEntry
from sdc.store.repository import Repository
from sdc.store.spool import Spool
from sdc.store.sqlite import SqliteDocuments

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdc.transcribe import Transcriber


@dataclass(frozen=True, slots=True)
class ChildOverview:
    """A child with what the list of children shows."""

    child: Child
    entries: list[SessionEntry]
    n_jobs_open: int


@dataclass(frozen=True)
class App(Parts):
    """Everything behind the two doors (terminal and server).

    Use it as a context manager, or call ``close``: it holds the store open.
    """

    documents: Documents
    blobs: Blobs
    incoming: Incoming
    accounts: Accounts

    def process(self, job: Job, report: Report) -> Outcome:
        """Do what a job asks for."""
        return process_session(SessionOrder.of_job(job), self, report)

    def children_overview(self, within: Collection[str] | None = None) -> list[ChildOverview]:
        """Return all children by name, or those whose ids are ``within``."""
        return [self._overview(child) for child in self.repository.children(within)]

    def child_overview(self, child_id: str) -> ChildOverview:
        """Return one child; ``NotFoundError`` when there is none."""
        return self._overview(self.repository.child(child_id))

    def _overview(self, child: Child) -> ChildOverview:
        return ChildOverview(child, self.repository.session_entries(child.id), self.jobs.n_open(child.id))

    def week_of(self, session_id: str) -> int | None:
        """Return the week of a session since the child's first; None when nothing dates it."""
        timeline = self.timeline(self.repository.entry(session_id).child_id)
        return next(placed.week for placed in timeline if placed.point.id == session_id)

    def timeline(self, child_id: str) -> tuple[Placed[SessionEntry], ...]:
        """Return a child's sessions, oldest first, each with its week."""
        return place(self.repository.session_entries(child_id))

    def close(self) -> None:
        """Let go of the store."""
        self.documents.close()

    def __enter__(self) -> App:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _in_sqlite(settings: Settings) -> Documents:
    return SqliteDocuments(settings.home / "sdc.sqlite3")


def _in_mongodb(settings: Settings) -> Documents:
    from sdc.store.mongo import MongoDocuments

    return MongoDocuments(settings.documents, wait_s=settings.store_wait_s)


DOCUMENTS: dict[str, Callable[[Settings], Documents]] = {
    "": _in_sqlite,
    "mongodb": _in_mongodb,
    "mongodb+srv": _in_mongodb,
}
"""The scheme of SDC_DOCUMENTS → what opens it."""


def open_documents(settings: Settings) -> Documents:
    """Open the documents that the settings name, as they are kept there."""
    return DOCUMENTS[settings.documents.partition("://")[0]](settings)


def build_app(settings: Settings, *, transcriber: Transcriber | None = None) -> App:
    """Open the store in ``settings.home`` and put the application together.

    Parameters
    ----------
    settings : Settings
    transcriber : Transcriber, optional
        Default: faster-whisper, whose model is loaded when a recording first needs it.

    Raises
    ------
    StoreError
        The folder cannot be used, or a later SDC wrote it.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        documents = open_documents(settings)
        blobs = FolderBlobs(settings.home / "blobs")
        spool = Spool(settings.home / "spool")
    except OSError as error:
        raise StoreError(
            f"The store cannot be made in {settings.home}: {error.strerror}.",
            code="store.home",
            hint="Choose another folder with SDC_HOME.",
        ) from error
    repository = Repository(documents, blobs)
    return App(
        settings=settings,
        repository=repository,
        jobs=Jobs(documents, lease_s=settings.job_lease_s),
        audit=Audit(documents),
        consents=Consents(documents),
        transcriber=transcriber or default_transcriber(settings),
        documents=documents,
        blobs=blobs,
        incoming=Incoming(repository, spool, settings.max_upload_bytes),
        accounts=Accounts(documents, idle_s=settings.session_idle_s, max_s=settings.session_max_s),
    )
