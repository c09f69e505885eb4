"""What therapists and families say about insights and activities, and the texts that therapists approved.

Nothing is overwritten: each decision about an insight is a new version, with who said so and when.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from typing import Literal

from sdc.errors import ConflictError
from sdc.session import Insight, InsightKind
from sdc.store.clock import now_iso
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents

FEEDBACK = "feedback"
PAIRS = "pairs"

Verb = Literal["approve", "edit", "dismiss"]
Went = Literal["well", "so_so", "not_yet"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One version of what a therapist decided about an insight.

    Attributes
    ----------
    child_id : str
    key : str
        ``Insight.key``.
    topic : str
        ``Insight.topic``.
    verb : {"approve", "edit", "dismiss"}
    text : str or None
        The therapist's words, of an edit.
    by : str
        Id of the account.
    at : str
        ISO UTC time.
    version : int
        From 1, per child and key.
    place : str
        The page on which the insight stood: of a session or a period.
    insight : Insight or None
        As it was shown then: what was approved stays known when its figures change. None in a store of an
        earlier version.
    instead_of : tuple[str, ...]
        Keys of approved insights about the same, on the same page, whose figures had changed: this one
        takes their place.
    """

    child_id: str
    key: str
    topic: str
    verb: Verb
    text: str | None
    by: str
    at: str = ""
    version: int = 0
    place: str = ""
    insight: Insight | None = None
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityAnswer:
    """A family's answer: whether an activity was tried, and how it went.

    ``activity_version`` is that of the library when it was tried; ``went`` is ``not_yet`` where it
    was not tried or did not work yet.
    """

    id: str
    child_id: str
    activity: str
    activity_version: str
    went: Went
    by: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text that a therapist approved, with the facts that it was made from.

    Attributes
    ----------
    child_id : str
    key : str
        Of the insight.
    kind : str
        ``Insight.kind``.
    voice : str
        ``therapist`` or ``parent``.
    pseudonym : str
        The child in training data. Names in ``prompt`` and ``text`` are replaced by the roster's.
    prompt : str
        The evidence as JSON.
    text : str
    was_edited : bool
        Whether the text is the therapist's.
    at : str
    """

    child_id: str
    key: str
    kind: InsightKind
    voice: str
    pseudonym: str
    prompt: str
    text: str
    was_edited: bool
    at: str


class Feedback:
    """The feedback on all children, each read with its child's id only.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def decide(self, decision: Decision, *, seen: int) -> Decision:
        """Keep a decision as the next version.

        Parameters
        ----------
        decision : Decision
        seen : int
            The latest version that the writer saw; 0 for none.

        Raises
        ------
        ConflictError
            ``insight.stale``: somebody else has decided in the meantime.
        """
        latest = self.decisions(decision.child_id).get(decision.key)
        if (latest.version if latest else 0) != seen:
            raise _stale()
        kept = replace(decision, at=now_iso(), version=seen + 1)
        identity = f"{kept.child_id}.{kept.key}.{kept.version:06d}"
        try:
            self._documents.insert_one(FEEDBACK, _document(identity, "insight", kept))
        except ConflictError as error:
            raise _stale() from error
        return kept

    def history(self, child_id: str) -> list[Decision]:
        """Return all decisions about a child's insights, oldest first."""
        found = [from_document(Decision, d["entry"] | {"_id": d["_id"]}) for d in self._of(child_id, "insight")]
        return sorted(found, key=lambda d: (d.at, d.key, d.version))

    def decisions(self, child_id: str) -> dict[str, Decision]:
        """Return the newest decision about each insight of a child, by its key."""
        return {d.key: d for d in sorted(self.history(child_id), key=lambda d: d.version)}

    def answer(self, answer: ActivityAnswer) -> ActivityAnswer:
        """Keep what a family says about an activity."""
        kept = replace(answer, id=f"a{secrets.token_hex(8)}", at=now_iso())
        self._documents.insert_one(FEEDBACK, _document(kept.id, "activity", kept))
        return kept

    def answers(self, child_id: str) -> list[ActivityAnswer]:
        """Return what a family said about activities, oldest first."""
        found = [from_document(ActivityAnswer, d["entry"] | {"_id": d["_id"]}) for d in self._of(child_id, "activity")]
        return sorted(found, key=lambda a: (a.at, a.id))

    def _of(self, child_id: str, about: str) -> list[Document]:
        return self._documents.find(FEEDBACK, {"child_id": child_id, "about": about})


class Pairs:
    """Approved texts of all children, for few-shot examples and fine-tuning.

    They hold what a family said: whoever lets them leave this machine asks for the consent
    ``training`` of each child first.

    Parameters
    ----------
    documents : Documents
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def keep(self, pair: Pair) -> None:
        """Keep a pair; an earlier one about the same insight is replaced."""
        identity = f"{pair.child_id}.{pair.key}"
        document = {"_id": identity, "child_id": pair.child_id, "kind": pair.kind, "pair": asdict(pair)}
        self._documents.replace_one(PAIRS, {"_id": identity, "child_id": pair.child_id}, document, upsert=True)

    def drop(self, child_id: str, key: str) -> None:
        """Forget the pair about an insight, if there is one."""
        self._documents.delete_one(PAIRS, {"_id": f"{child_id}.{key}", "child_id": child_id})

    def approved_pairs(self, kind: str, *, limit: int = 0) -> tuple[Pair, ...]:
        """Return the approved pairs of a kind of insight, newest first; all, or the first ``limit``."""
        documents = self._documents.find(PAIRS, {"kind": kind})
        found = [from_document(Pair, d["pair"] | {"_id": d["_id"]}) for d in documents]
        newest = sorted(found, key=lambda p: (p.at, p.key), reverse=True)
        return tuple(newest[:limit] if limit else newest)


def _document(identity: str, about: str, entry: Decision | ActivityAnswer) -> Document:
    return {
        "_id": identity,
        "child_id": entry.child_id,
        "about": about,
        "entry": to_document(entry, identity=""),
    }


def _stale() -> ConflictError:
    return ConflictError(
        "Somebody else has decided about this insight in the meantime.",
        code="insight.stale",
        hint="Load it again, then decide.",
    )
