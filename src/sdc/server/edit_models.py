"""Wire models of edits: what a person does to a transcript, and what its versions changed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sdc.server.models import Wire
from sdc.server.session_models import SpeakerCode
from sdc.store.versions import What

MOST = 1_000_000

Number = Annotated[int, Field(ge=0, le=MOST)]


class SeenIn(Wire):
    """The version of the transcript that the writer saw."""

    version: int = Field(ge=1, le=MOST)


class SplitIn(SeenIn):
    """A line becomes two."""

    what: Literal["split"]
    index: Number
    at: Number = Field(description="The token with which the second line begins.")
    terminator: Literal[".", "?", "!"] = Field(".", description="What ends the first line.")


class MergeIn(SeenIn):
    """A line takes in the next one of the same speaker."""

    what: Literal["merged"]
    index: Number


class MarkIn(SeenIn):
    """Words are unclear (xxx takes their place), or were taken back."""

    what: Literal["marked"]
    index: Number
    first: Number = Field(description="Token.")
    last: Number = Field(description="Token, included.")
    mark: Literal["unintelligible", "retracing", "repetition", "revision", "reformulation", "false_start"] = Field(
        description="retracing: a repetition where the same words follow, else a revision."
    )


class CodeIn(SeenIn):
    """A code is put in."""

    what: Literal["code"]
    index: Number
    code: str = Field(min_length=1, max_length=200, description="&=laughs, (.), [?], [+ exc] …")
    after: Number | None = Field(None, description="The token that it follows; left out: before the end of the line.")


class TimesIn(SeenIn):
    """A line starts and ends elsewhere in the recording."""

    what: Literal["times"]
    index: Number
    start_ms: int = Field(ge=0, le=10**9)
    end_ms: int = Field(ge=0, le=10**9)


class SpeakerIn(SeenIn):
    """A speaker of the whole session gets another code or role."""

    what: Literal["speaker"]
    code: str = Field(min_length=1, max_length=40, description="As it is now.")
    to: SpeakerCode | None = None
    role: str | None = Field(None, max_length=40, description="A role of CHAT, e.g. Mother.")
    join: bool = Field(False, description="Whether `to` is somebody who is there already: the two are one person.")


class UndoIn(SeenIn):
    """The last edit is undone, or the last undoing taken back."""

    what: Literal["undone", "redone"]


ChangeIn = Annotated[SplitIn | MergeIn | MarkIn | CodeIn | TimesIn | SpeakerIn | UndoIn, Field(discriminator="what")]
"""One change of a transcript; each makes one version."""


class EditIn(Wire):
    """What a line is to be; what is left out stays as it is."""

    version: int = Field(ge=1, le=MOST, description="The version of the transcript that the writer saw.")
    text: str | None = Field(None, max_length=20_000, description="The main line in CHAT, without speaker and times.")
    speaker: SpeakerCode | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> EditIn:
        if self.text is None and self.speaker is None:
            raise ValueError("text or speaker is needed")
        return self


class RestoreIn(Wire):
    """Which version of a transcript stands again."""

    version: int = Field(ge=1, le=MOST, description="The version that the writer saw.")
    restore: int = Field(ge=1, le=MOST, description="The earlier version.")


class VersionOut(Wire):
    """A version of a transcript."""

    version: int
    what: What = Field(
        description="As it came; a line edited, split, merged, words marked, a code put in, times set; a speaker "
        "renamed; who speaks was told; undone, redone; an earlier version again; processed again."
    )
    by: str = Field(description="Id of the account, or the door by which it came.")
    by_name: str | None = Field(None, description="The account's name, for those who may edit.")
    at: str = Field(description="ISO UTC time.")
    utterance: int | None = Field(description="Index of the line that was edited.")
    restored: int | None = Field(description="The version that stands again.")


class VersionLineOut(Wire):
    """A line of a version."""

    index: int
    speaker: str
    raw: str
    start_ms: int | None
    end_ms: int | None


class LineChangeOut(Wire):
    """A line that is new, gone, or other than it was."""

    before: VersionLineOut | None
    after: VersionLineOut | None


class VersionChangesOut(Wire):
    """What a version changed in the lines of the one before."""

    version: int
    n: int = Field(description="How many lines differ.")
    lines: list[LineChangeOut] = Field(description="The first of them.")
