"""What SDC says, and what it rests on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from sdc.session.provenance import Provenance

InsightKind = Literal["seen", "change", "caveat", "strength", "listen", "adult", "idea", "question"]
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
    start_ms : int or None
        Where to listen: when the first of the utterances begins in the recording.
    """

    id: str
    session: str
    date: str | None = None
    utterances: tuple[int, ...] = ()
    measure: str | None = None
    value: float | None = None
    n: int | None = None
    quote: str | None = None
    start_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence and the ids of its evidence."""

    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Insight:
    """One plain-language observation about a session or a period, grounded in evidence.

    ``kind`` is ``seen`` (in this session), ``change`` (against earlier sessions) or ``caveat`` (what
    cannot be told); in the account of a session or period also ``strength``, ``listen`` (where to
    listen), ``adult`` (what the adults do that can be coached), ``idea`` (to try at home) and
    ``question`` (to ask each other). ``status`` stays ``draft`` until a therapist decides. ``about``
    names what it is about where that is no measure: ``wait_time``.
    """

    id: str
    kind: InsightKind
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...] = ()
    measure: str | None = None
    verdict: Verdict | None = None
    status: Literal["draft", "approved", "dismissed"] = "draft"
    provenance: tuple[Provenance, ...] = ()
    about: str = ""

    @property
    def text(self) -> str:
        """All sentences as one paragraph."""
        return " ".join(claim.text for claim in self.claims)

    @property
    def key(self) -> str:
        """What a therapist decides about: the same sentences over the same sessions have the same key."""
        sessions = sorted({e.session for e in self.evidence})
        told = json.dumps([self.kind, self.measure, self.verdict, self.text, sessions], ensure_ascii=False)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    @property
    def topic(self) -> str:
        """What it is about, whatever the figures: a dismissed topic is not brought up again."""
        return f"{self.kind}.{self.about or self.measure or 'words'}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question about a child.

    ``note`` says why another engine than the one asked for has answered, and how many of the sessions rest
    on transcripts that nobody has reviewed.
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
