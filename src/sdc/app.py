"""The application: settings → store, jobs, engine, pipeline. The only file that chooses back ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sdc.errors import StoreError
from sdc.pipeline.caseload import ALL, Caseload, Listed, Wanted, caseload, listed
from sdc.pipeline.editing import finish_edits
from sdc.pipeline.engines import check_acoustics, check_diarizer, default_transcriber
from sdc.pipeline.indexing import Retrieval, finish_erasures, open_indexes, remover
from sdc.pipeline.labelling import check_voice_labels
from sdc.pipeline.language_models import check_language_model
from sdc.pipeline.parts import Outcome, Parts, Report, SessionOrder
from sdc.pipeline.process_session import process_session
from sdc.progress import Placed, place
from sdc.settings import Settings
from sdc.store.accounts import Accounts
from sdc.store.answers import Answers, TokenBudget
from sdc.store.audit import Audit
from sdc.store.blobs import Blobs
from sdc.store.consents import Consents
from sdc.store.documents import Documents
from sdc.store.erasure import Erasure
from sdc.store.folder import FolderBlobs
from sdc.store.incoming import Incoming
from sdc.store.jobs import Job, Jobs
from sdc.store.master_key import read_master_key
from sdc.store.opening import open_store
from sdc.store.pseudonyms import Pseudonyms
from sdc.store.records import SessionEntry
from sdc.store.repository import Repository
from sdc.store.rosters import Rosters
from sdc.store.spool import Spool
from sdc.store.sqlite import SqliteDocuments
from sdc.store.work import WorkFolder

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdc.transcribe import Transcriber


@dataclass(frozen=True)
class App(Parts):
    """Everything behind the two doors (terminal and server).

    Use it as a context manager, or call ``close``: it holds the store open.
    """

    documents: Documents
    blobs: Blobs
    incoming: Incoming
    accounts: Accounts
    pseudonyms: Pseudonyms
    erasure: Erasure
    work_folder: WorkFolder

    def process(self, job: Job, report: Report) -> Outcome:
        """Do what a job asks for."""
        return process_session(SessionOrder.of_job(job), self, report)

    def caseload(self, wanted: Wanted = ALL) -> Caseload:
        """Return the children by name, or the part of their list that is wanted."""
        return caseload(self.repository, self.jobs, wanted)

    def listed_child(self, child_id: str) -> Listed:
        """Return one child as it stands in the list; ``NotFoundError`` when there is none."""
        found = listed(self.repository, self.jobs, [self.repository.child(child_id)])
        return found[0] if found else self.listed_child(child_id)  # erased at this moment: told so

    def week_of(self, session_id: str) -> int | None:
        """Return the week of a session since the child's first; None when nothing dates it."""
        entries = self.repository.session_entries(self.repository.entry(session_id).child_id, measures=())
        return next(placed.week for placed in place(entries) if placed.point.id == session_id)

    def timeline(self, child_id: str) -> tuple[Placed[SessionEntry], ...]:
        """Return a child's sessions, oldest first, each with its week."""
        return place(self.repository.session_entries(child_id))

    def close(self) -> None:
        """Let go of the store."""
        self.retrieval.close()
        self.documents.close()
        self.work_folder.close()

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


def _in_folder(settings: Settings) -> Blobs:
    return FolderBlobs(settings.home / "blobs")


def _in_s3(settings: Settings) -> Blobs:
    from sdc.store.s3 import S3Blobs, bucket_at

    access = (settings.s3_endpoint, settings.s3_region, settings.s3_key_id, settings.s3_secret)
    return S3Blobs(bucket_at(settings.blobs, *access), wait_s=settings.store_wait_s)


BLOBS: dict[str, Callable[[Settings], Blobs]] = {"": _in_folder, "s3": _in_s3}
"""The scheme of SDC_BLOBS → what opens it."""


def open_blobs(settings: Settings) -> Blobs:
    """Open the blobs that the settings name, as they are kept there."""
    return BLOBS[settings.blobs.partition("://")[0]](settings)


@dataclass(frozen=True, slots=True)
class BackEnds:
    """Where things are kept, as they lie there: what is sealed is not opened.

    Attributes
    ----------
    documents : Documents
    blobs : Blobs
    spool : Spool
    work_folder : WorkFolder
        For files that are being worked on.
    """

    documents: Documents
    blobs: Blobs
    spool: Spool
    work_folder: WorkFolder

    @property
    def work(self) -> Path:
        """Where files that are being worked on lie; only the owner can read them."""
        return self.work_folder.path

    def close(self) -> None:
        """Let go of files and connections."""
        self.documents.close()
        self.work_folder.close()


def open_back_ends(settings: Settings) -> BackEnds:
    """Open the back ends that the settings name; ``StoreError`` when the folder cannot be used."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        blobs, spool = open_blobs(settings), Spool(settings.home / "spool")
        return BackEnds(open_documents(settings), blobs, spool, WorkFolder(settings.home / "tmp"))
    except OSError as error:
        raise StoreError(
            f"The store cannot be made in {settings.home}: {error.strerror}.",
            code="store.home",
            hint="Choose another folder with SDC_HOME.",
        ) from error


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
        The folder cannot be used, a later SDC wrote it, or it is sealed and the master key is not
        given or another one.
    SettingsError, ExtraMissingError, ModelMissingError
        An engine that the settings name cannot be had.
    """
    check_acoustics(settings)
    check_diarizer(settings)
    check_language_model(settings)
    check_voice_labels(settings)
    master = read_master_key(settings.master_key, settings.master_key_file)
    ends = open_back_ends(settings)
    try:
        store = open_store(ends.documents, ends.blobs, master, ends.work)
        embedder, indexes = open_indexes(settings, store.documents)
        erasure = Erasure(
            store.raw_documents,
            store.raw_blobs,
            settings.home,
            store.documents,
            store.keyring.destroy if store.keyring else None,
            places={"spool": ends.spool.remove_child, "vectors": remover(indexes)},
        )
        finish_erasures(erasure)
        repository = Repository(store.documents, store.blobs, ends.work)
        consents, rosters = Consents(store.documents), Rosters(store.documents)
        retrieval = Retrieval(repository, embedder, indexes, consents, rosters)
        repository.on_kept(retrieval.watch)
        repository.on_edited(retrieval.watch_later)
        finish_edits(repository)
        return App(
            settings=settings,
            repository=repository,
            jobs=Jobs(store.documents, lease_s=settings.job_lease_s),
            audit=Audit(store.documents, key=store.keyring.secret("audit") if store.keyring else None),
            consents=consents,
            rosters=rosters,
            retrieval=retrieval,
            answers=Answers(store.documents),
            tokens=TokenBudget(store.documents, settings.llm_daily_tokens),
            transcriber=transcriber or default_transcriber(settings),
            documents=store.documents,
            blobs=store.blobs,
            incoming=Incoming(repository, ends.spool, settings.max_upload_bytes),
            accounts=Accounts(store.documents, idle_s=settings.session_idle_s, max_s=settings.session_max_s),
            pseudonyms=Pseudonyms(store.documents),
            erasure=erasure,
            work_folder=ends.work_folder,
        )
    except BaseException:
        ends.close()
        raise
