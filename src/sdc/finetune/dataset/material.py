"""What a data set is made from, without names: children with their sessions and the texts that were approved."""

from __future__ import annotations

from dataclasses import dataclass, field

from sdc.deidentify import Roster
from sdc.measures.registry import REGISTRY
from sdc.progress import SessionPoint
from sdc.session import Analysis, Evidence, Measure, Session, Verdict


@dataclass(frozen=True, slots=True)
class SessionMaterial:
    """One session without names.

    Attributes
    ----------
    number : int
        The child's first session is 1.
    session : Session
    analysis : Analysis
    """

    number: int
    session: Session
    analysis: Analysis

    @property
    def id(self) -> str:
        """What evidence calls the session."""
        return f"session-{self.number}"

    @property
    def measures(self) -> dict[str, Measure]:
        """The child's measures; what is for researchers only is left out."""
        target = self.session.target
        speaker = self.analysis.speakers.get(target.code) if target else None
        found = speaker.measures if speaker else {}
        return {m.id: m for m in found.values() if m.id in REGISTRY and REGISTRY[m.id].audience == "everyone"}

    @property
    def point(self) -> SessionPoint:
        """The session on the time line."""
        return SessionPoint.of(self.id, self.session, self.measures)


@dataclass(frozen=True, slots=True)
class ApprovedText:
    """A text that a therapist approved, without names.

    Attributes
    ----------
    kind : str
        ``Insight.kind``.
    voice : str
        ``therapist`` or ``parent``.
    text : str
    was_edited : bool
    measure : str or None
    verdict : str or None
    evidence : tuple[Evidence, ...]
        All that the text rests on.
    """

    kind: str
    voice: str
    text: str
    was_edited: bool
    measure: str | None
    verdict: Verdict | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ChildMaterial:
    """A child.

    Attributes
    ----------
    child : str
        Pseudonym.
    sessions : tuple[SessionMaterial, ...]
        Oldest first.
    approved : tuple[ApprovedText, ...]
    roster : Roster
        The names that were replaced.
    origin : str
        Where the sessions come from, as the card tells it: ``store`` or a corpus.
    left_out : dict[str, int]
        Why some of the child's sessions and texts are not here, and how many.
    """

    child: str
    sessions: tuple[SessionMaterial, ...]
    roster: Roster
    approved: tuple[ApprovedText, ...] = ()
    origin: str = "store"
    left_out: dict[str, int] = field(default_factory=dict)
