"""What a person does to a transcript beside writing a line anew: each makes one version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from sdc.formats.chat.marking import Mark, insert_code, mark_words
from sdc.formats.chat.regrouping import merge_lines, set_times, split_line
from sdc.formats.chat.renaming import rename_speaker
from sdc.session import Session
from sdc.store.versions import What


class Change(Protocol):
    """One kind of change.

    Attributes
    ----------
    what : What
        As the log of versions names it.
    """

    what: ClassVar[What]

    @property
    def index(self) -> int | None:
        """The line that it is about; None for one of the whole session."""

    def apply(self, session: Session) -> Session:
        """Return the session changed; the same object where nothing would change."""


@dataclass(frozen=True, slots=True)
class SplitLine:
    """A line becomes two; the second begins with token ``at``."""

    what: ClassVar[What] = "split"
    index: int
    at: int
    terminator: str = "."

    def apply(self, session: Session) -> Session:
        """See ``split_line``."""
        return split_line(session, self.index, self.at, terminator=self.terminator)


@dataclass(frozen=True, slots=True)
class MergeLines:
    """A line takes the next one of the same speaker in."""

    what: ClassVar[What] = "merged"
    index: int

    def apply(self, session: Session) -> Session:
        """See ``merge_lines``."""
        return merge_lines(session, self.index)


@dataclass(frozen=True, slots=True)
class MarkWords:
    """Tokens ``first`` to ``last`` are unclear, or were taken back."""

    what: ClassVar[What] = "marked"
    index: int
    first: int
    last: int
    mark: Mark

    def apply(self, session: Session) -> Session:
        """See ``mark_words``."""
        return mark_words(session, self.index, self.first, self.last, self.mark)


@dataclass(frozen=True, slots=True)
class InsertCode:
    """A code is put in behind token ``after``; None: before the end of the line."""

    what: ClassVar[What] = "code"
    index: int
    code: str
    after: int | None = None

    def apply(self, session: Session) -> Session:
        """See ``insert_code``."""
        return insert_code(session, self.index, self.code, self.after)


@dataclass(frozen=True, slots=True)
class SetTimes:
    """A line starts and ends elsewhere in the recording, in milliseconds."""

    what: ClassVar[What] = "times"
    index: int
    start_ms: int
    end_ms: int

    def apply(self, session: Session) -> Session:
        """See ``set_times``."""
        return set_times(session, self.index, self.start_ms, self.end_ms)


@dataclass(frozen=True, slots=True)
class RenameSpeaker:
    """A speaker gets another code or role; ``join``: ``to`` is somebody who is there already."""

    what: ClassVar[What] = "speaker"
    code: str
    to: str | None = None
    role: str | None = None
    join: bool = False

    @property
    def index(self) -> None:
        """It is about no line."""
        return None

    def apply(self, session: Session) -> Session:
        """See ``rename_speaker``."""
        return rename_speaker(session, self.code, to=self.to, role=self.role, join=self.join)
