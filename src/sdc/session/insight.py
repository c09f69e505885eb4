"""What SDC says, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sdc.session.provenance import Provenance

Verdict = Literal["increase", "decrease", "no_clear_change", "cannot_tell", "descriptive"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pointer that supports a statement.

    Attributes
    ----------
    id : str
        Short name inside one insight or answer: ``e1``, ``e2`` …
    session : str
        Session id in the store, or the source name outside it.
    date : str or None
        ISO date of the session.
    utterances : tuple[int, ...]
        Indexes in that session.
    measure : str or None
        Measure id that the value belongs to.
    value : float or None
    n : int or None
    quote : str or None
        Words that were said, when the statement quotes them.
    """

    id: str
    session: str
    date: str | None = None
    utterances: tuple[int, ...] = ()
    measure: str | None = None
    value: float | None = None
    n: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence and the ids of its evidence."""

    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Insight:
    """One plain-language observation about a session, grounded in evidence.

    ``kind`` is ``seen`` (in this session), ``change`` (against earlier sessions) or
    ``caveat`` (what cannot be told). ``status`` stays ``draft`` until a therapist decides.
    """

    id: str
    kind: Literal["seen", "change", "caveat"]
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...] = ()
    measure: str | None = None
    verdict: Verdict | None = None
    status: Literal["draft", "approved", "dismissed"] = "draft"
    provenance: tuple[Provenance, ...] = ()

    @property
    def text(self) -> str:
        """All sentences as one paragraph."""
        return " ".join(claim.text for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question about a child.

    ``note`` says why another engine than the one asked for has answered.
    """

    question: str
    answer: str
    verdict: Verdict
    measure: str | None
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    engine: str
    provenance: tuple[Provenance, ...] = ()
    note: str | None = None
