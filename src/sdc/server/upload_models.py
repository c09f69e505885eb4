"""Wire models of what is handed in: uploads, the sessions made of them, and the jobs that make them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sdc.server.models import Id, IsoDate, Line, ProblemOut, Wire


class UploadOut(Wire):
    """A file that is safely on disk."""

    id: str
    child_id: str
    filename: str
    size: int
    sha256: str
    kind: Literal["transcript", "media"]


class UploadIn(Wire):
    """A file that is about to be sent in pieces."""

    child_id: Id
    filename: str = Field(min_length=1, max_length=255)
    size: int = Field(ge=0, description="Bytes.")
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-fA-F]{64}$", description="What the whole must have.")


class UploadStateOut(Wire):
    """How far a file has come; ``upload`` is set when it is whole and kept."""

    id: str
    child_id: str
    filename: str
    offset: int = Field(description="Bytes that are on disk; the next piece begins here.")
    size: int | None
    upload: UploadOut | None


class SessionIn(Wire):
    """Uploads that make one session: a transcript, a recording, or both."""

    upload_ids: list[Id] = Field(min_length=1, max_length=2)
    date: IsoDate | None = None
    context: Line | None = Field(default=None, max_length=200)
    child_only: bool = Field(
        default=False, description="Only the child speaks in the recording; else speakers stay unidentified."
    )
    n_speakers: int | None = Field(
        default=None,
        ge=1,
        le=20,
        description="How many people speak in it; 1: not told apart; else one or two, as heard.",
    )


class JobOut(Wire):
    """One run of the pipeline."""

    id: str
    child_id: str
    source: str
    state: Literal["queued", "running", "done", "failed"]
    step: str
    progress: float = Field(ge=0, le=1)
    attempt: int
    session_id: str | None
    error: ProblemOut | None
    notes: list[str]
    created_at: str
    updated_at: str


class OrderedOut(JobOut):
    """The job that makes a session of what was handed in."""

    repeats: str | None = Field(description="The session that these very files, or their contents, made before.")
