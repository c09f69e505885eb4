"""What goes over the wire about reports, signatures and notes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sdc.reports import Audience, Kind
from sdc.server.models import IsoDate, Line, Wire

SectionKey = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]


class SectionOut(Wire):
    """A section of a report that may be left out."""

    key: str
    title: str


class PreviewOut(Wire):
    """A draft of a report as it would be signed now."""

    html: str = Field(description="A whole page without script; shown in a frame of its own.")
    text_sha256: str = Field(description="Digest of everything it says: whoever signs names what they saw.")
    sections: list[SectionOut] = Field(description="Those that may be left out.")
    session_id: str | None = Field(description="Of a session's note: whose S and P can be written.")


class SignIn(Wire):
    """A signature under a report."""

    kind: Kind
    first: IsoDate | None = Field(None, description="First day of the period.")
    last: IsoDate | None = Field(None, description="Last day.")
    sections: list[SectionKey] | None = Field(None, max_length=20, description="Null: all.")
    signer: Line = Field(min_length=1, max_length=120, description="Name and qualification.")
    text_sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Digest of the preview that was seen.")
    seen: int = Field(ge=0, description="How many signed reports the signer saw listed.")


class SignedReportOut(Wire):
    """A signed report, and what has happened since."""

    id: str
    kind: Kind
    audience: Audience
    first: str | None
    last: str | None
    session_id: str | None
    version: int
    replaces: str | None = Field(description="Id of the version before.")
    signer: str
    signed_at: str
    text_sha256: str
    facts_sha256: str
    formats: list[str]
    state: Literal["current", "outdated", "replaced"]
    n_edited: int = Field(description="Sessions whose transcript was changed since.")
    n_removed: int
    n_added: int = Field(description="Sessions that came into its period since.")
    note_changed: bool
    rules: list[str] = Field(description="Rules that it was made by and that are others now, as they were then.")
    n_rereviewed: int = Field(description="Sessions whose transcript was reviewed since, or is no longer.")
    phases_changed: bool = Field(description="The phases of the work were stated anew since, or taken back.")


class NoteIn(Wire):
    """S and P of a session's note."""

    subjective: str = Field(max_length=5000)
    plan: str = Field(max_length=5000)
    version: int = Field(ge=0, description="The version that the writer saw; 0: none.")


class NoteOut(Wire):
    """The newest version of a session's note; version 0: nobody has written one."""

    subjective: str
    plan: str
    version: int
    at: str | None
    n_versions: int
