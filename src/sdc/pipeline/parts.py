"""What the pipeline works with, and what it is told to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sdc.errors import SDCError
from sdc.settings import Settings
from sdc.store.answers import Answers, TokenBudget
from sdc.store.audit import Audit
from sdc.store.consents import Consents
from sdc.store.jobs import Job, Jobs
from sdc.store.repository import Repository
from sdc.store.rosters import Rosters

if TYPE_CHECKING:
    from sdc.pipeline.indexing import Retrieval
    from sdc.transcribe import Transcriber

Report = Callable[[str, float], None]
"""Called with a step's name and the fraction of the whole work that is done."""


@dataclass(frozen=True)
class Engine:
    """What turns files into measured sessions."""

    settings: Settings
    transcriber: Transcriber


@dataclass(frozen=True)
class Parts(Engine):
    """The engine with the store and its jobs; ``sdc.app`` puts them together."""

    repository: Repository
    jobs: Jobs
    audit: Audit
    consents: Consents
    rosters: Rosters
    retrieval: Retrieval
    answers: Answers
    tokens: TokenBudget


@dataclass(frozen=True, slots=True)
class Given:
    """What a person tells about an input.

    Attributes
    ----------
    date : str or None
        ISO date; else the transcript's; else none.
    context : str or None
        Situation; else the transcript's.
    child_only : bool
        Only the child speaks in a recording without a transcript.
    n_speakers : int or None
        How many people speak in it; 1: voices are not told apart; None: one or two, as heard.
    target : str or None
        Code or name of the speaker who is the child; else as the transcript says.
    """

    date: str | None = None
    context: str | None = None
    child_only: bool = False
    n_speakers: int | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class SessionOrder:
    """What makes one session.

    Attributes
    ----------
    child_id : str
    upload_ids : tuple[str, ...]
        A transcript, a recording, or both.
    given : Given
    """

    child_id: str
    upload_ids: tuple[str, ...]
    given: Given = Given()

    def to_dict(self) -> dict[str, Any]:
        """Return the order as a job keeps it."""
        return asdict(self) | {"upload_ids": list(self.upload_ids)}

    @classmethod
    def of_job(cls, job: Job) -> SessionOrder:
        """Return the order that a job keeps."""
        order = job.order
        return cls(order["child_id"], tuple(order["upload_ids"]), Given(**order["given"]))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the pipeline left behind.

    Attributes
    ----------
    session_id : str
    notes : tuple[str, ...]
        For people: warnings about the input.
    failures : tuple[SDCError, ...]
        Inputs that could not be used although the session could be made without them.
    """

    session_id: str
    notes: tuple[str, ...] = ()
    failures: tuple[SDCError, ...] = ()
