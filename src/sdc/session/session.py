"""The record that every part of SDC shares: one recording occasion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sdc.session.child import CHILD_ROLES, Participant
from sdc.session.notebook import session_html
from sdc.session.provenance import Provenance
from sdc.session.transcript import Utterance

SESSION_SCHEMA: Final = "sdc.session/1"

RECOGNISER_STEP = "transcribe"
"""The provenance step of words that a recogniser wrote down."""


@dataclass(frozen=True, slots=True)
class Header:
    """A CHAT header that has no field of its own, kept as written.

    ``before`` is the index of the utterance that it precedes (headers such as ``@Bg`` and
    ``@Comment`` may stand between utterances).
    """

    name: str
    text: str
    line: int | None = None
    before: int = 0


@dataclass(frozen=True, slots=True)
class Media:
    """The recording of a session.

    Attributes
    ----------
    name : str
        As named in ``@Media`` or the file's name.
    kind : {"audio", "video"}
    status : str or None
        CHAT's ``missing``, ``unlinked`` …
    duration_s : float or None
    sha256 : str or None
        Of the file, once it was read.
    """

    name: str
    kind: Literal["audio", "video"]
    status: str | None = None
    duration_s: float | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the input that people should know: a warning with where it is."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One recording occasion: who took part, what was said, where it came from.

    Attributes
    ----------
    source : str
        Name of the input, relative to the folder given.
    date : str or None
        ISO date of the recording.
    languages : tuple[str, ...]
        Language codes as written (CHAT: ISO 639-3).
    participants : tuple[Participant, ...]
    utterances : tuple[Utterance, ...]
    media : Media or None
    context : str or None
        Situation: what was done, with whom (``@Situation`` or given by hand).
    headers : tuple[Header, ...]
        All headers without a field of their own, in order.
    warnings : tuple[Notice, ...]
    provenance : tuple[Provenance, ...]
    """

    source: str
    date: str | None = None
    languages: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    media: Media | None = None
    context: str | None = None
    headers: tuple[Header, ...] = ()
    warnings: tuple[Notice, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    schema: Literal["sdc.session/1"] = SESSION_SCHEMA

    def participant(self, code: str) -> Participant | None:
        """Return the participant with this code, or None."""
        return next((p for p in self.participants if p.code == code), None)

    @property
    def target(self) -> Participant | None:
        """The focal child: the first ``Target_Child``, else the first ``Child``, else None."""
        for role in CHILD_ROLES:
            found = next((p for p in self.participants if p.role == role), None)
            if found is not None:
                return found
        return None

    @property
    def is_recognised(self) -> bool:
        """Whether a speech recogniser wrote the words down."""
        return any(p.step == RECOGNISER_STEP for p in self.provenance)

    def _repr_html_(self) -> str:
        return session_html(self)

    def speakers(self) -> tuple[str, ...]:
        """Return the codes that have utterances: participants' order, then order of appearance."""
        spoke = dict.fromkeys(u.speaker for u in self.utterances)
        listed = [p.code for p in self.participants if p.code in spoke]
        return tuple(dict.fromkeys([*listed, *spoke]))
