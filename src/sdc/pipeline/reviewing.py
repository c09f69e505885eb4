"""The feedback loop: what therapists decide about insights, what families say about activities, and what follows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sdc.companion import check_grounding, lint_wording
from sdc.companion.activities import find_activity
from sdc.companion.period import ALWAYS_TOLD, Voice
from sdc.errors import InputError, NotFoundError
from sdc.pipeline.deidentifying import text_without_names
from sdc.pipeline.parts import Parts
from sdc.session import Claim, Insight
from sdc.store.feedback import ActivityAnswer, Decision, Pair, Verb, Went
from sdc.store.records import Child, StoredSession
from sdc.store.repository import Repository

MAX_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An insight as it stands now.

    Attributes
    ----------
    insight : Insight
        With the status, and after an edit with the therapist's words.
    key : str
        Of the insight as it was made.
    decision : Decision or None
        The newest.
    """

    insight: Insight
    key: str
    decision: Decision | None = None

    @property
    def version(self) -> int:
        """How often it was decided about."""
        return self.decision.version if self.decision else 0


def reviewed(insight: Insight, decisions: Mapping[str, Decision]) -> Reviewed:
    """Return an insight with what was decided about it."""
    decision = decisions.get(insight.key)
    if decision is None:
        return Reviewed(insight, insight.key)
    if decision.verb == "dismiss":
        return Reviewed(replace(insight, status="dismissed"), insight.key, decision)
    claims = insight.claims if decision.text is None else (_edited(insight, decision.text),)
    return Reviewed(replace(insight, status="approved", claims=claims), insight.key, decision)


def reviewed_session(repository: Repository, stored: StoredSession) -> tuple[Reviewed, ...]:
    """Return a session's insights as they stand; a topic that was dismissed before is dismissed here, too."""
    decisions = repository.feedback.decisions(stored.entry.child_id)
    topics = dismissed_topics(repository, stored.entry.child_id, before=stored.entry.added_at)
    return tuple(_unless_dismissed(reviewed(i, decisions), topics) for i in stored.insights)


def _unless_dismissed(found: Reviewed, topics: frozenset[str]) -> Reviewed:
    insight = found.insight
    if found.decision is None and insight.kind not in ALWAYS_TOLD and insight.topic in topics:
        return replace(found, insight=replace(insight, status="dismissed"))
    return found


def dismissed_topics(repository: Repository, child_id: str, *, before: str | None = None) -> frozenset[str]:
    """Return the topics about which the newest decision was to dismiss; decided before a time, or ever."""
    latest: dict[str, Decision] = {}
    for decision in repository.feedback.history(child_id):
        if before is None or decision.at < before:
            latest[decision.topic] = decision
    return frozenset(topic for topic, decision in latest.items() if decision.verb == "dismiss")


def decide(
    parts: Parts,
    child: Child,
    shown: Sequence[Reviewed],
    key: str,
    verb: Verb,
    *,
    text: str | None = None,
    seen: int | None = None,
    voice: Voice = "therapist",
    actor: str,
) -> Decision:
    """Approve, edit or dismiss an insight.

    Parameters
    ----------
    parts : Parts
    child : Child
    shown : Sequence[Reviewed]
        The insights of the session or period that it is one of.
    key : str
    verb : {"approve", "edit", "dismiss"}
    text : str, optional
        The therapist's words, of an edit.
    seen : int, optional
        The version that the therapist saw; default the newest.
    voice : {"therapist", "parent"}
    actor : str

    Raises
    ------
    NotFoundError
        ``insight.not-found``: none of these has that key.
    InputError
        ``insight.text``, ``insight.ungrounded``, ``insight.wording``: the text cannot be published.
    ConflictError
        ``insight.stale``.
    """
    found = next((r for r in shown if r.key == key), None)
    if found is None:
        raise NotFoundError(
            "There is no such insight here.",
            code="insight.not-found",
            hint="Figures may have changed since it was shown: load it again.",
        )
    words = _checked_text(found.insight, text) if verb == "edit" else None
    decision = Decision(child.id, key, found.insight.topic, verb, words, actor)
    kept = parts.repository.feedback.decide(decision, seen=found.version if seen is None else seen)
    _keep_pair(parts, child, found, kept, voice)
    parts.retrieval.follow_decision(found.insight, key)
    parts.audit.record(actor=actor, action=f"insight.{verb}", child_id=child.id, object_id=key)
    return kept


def answer_activity(parts: Parts, child_id: str, activity_id: str, went: Went, *, actor: str) -> ActivityAnswer:
    """Write down whether a family tried an activity, and how it went; ``NotFoundError`` for an unknown one."""
    activity = find_activity(activity_id)
    if activity is None:
        raise NotFoundError("There is no such activity.", code="activity.not-found", hint="See `sdc insights CHILD`.")
    child = parts.repository.child(child_id)
    answer = ActivityAnswer("", child.id, activity.id, activity.version, went, actor)
    kept = parts.repository.feedback.answer(answer)
    parts.audit.record(actor=actor, action="activity.answer", child_id=child.id, object_id=activity.id)
    return kept


def _edited(insight: Insight, text: str) -> Claim:
    return Claim(text, tuple(e.id for e in insight.evidence))


def _checked_text(insight: Insight, text: str | None) -> str:
    """Return an edited text that may be shown: its figures in the evidence, its words in order."""
    plain = " ".join((text or "").split())
    if not plain or len(plain) > MAX_TEXT or not plain.isprintable():
        raise InputError(
            f"An edit needs a text of up to {MAX_TEXT} letters.", code="insight.text", hint="Dismiss it instead."
        )
    missing = check_grounding([_edited(insight, plain)], insight.evidence)
    if missing:
        raise InputError(
            f"The evidence does not hold {missing[0].text}.",
            code="insight.ungrounded",
            hint="Use figures, dates and quotations of the insight's evidence only.",
        )
    bad = lint_wording(plain)
    if bad:
        raise InputError(f"SDC does not say {bad[0].word!r}.", code="insight.wording", hint=bad[0].advice)
    return plain


def _keep_pair(parts: Parts, child: Child, found: Reviewed, decision: Decision, voice: Voice) -> None:
    if decision.verb == "dismiss":
        parts.repository.pairs.drop(child.id, decision.key)
        return
    text = decision.text if decision.text is not None else found.insight.text
    pair = Pair(
        child.id,
        decision.key,
        found.insight.kind,
        voice,
        parts.repository.pseudonyms.of(child.id),
        text_without_names(parts, child, evidence_prompt(found.insight)),
        text_without_names(parts, child, text),
        decision.verb == "edit",
        decision.at,
    )
    parts.repository.pairs.keep(pair)


def evidence_prompt(insight: Insight) -> str:
    """Return the facts behind an insight as one line of JSON: without ids of sessions."""
    rows = [
        {"id": e.id, "measure": e.measure, "value": e.value, "n": e.n, "date": e.date, "quote": e.quote}
        for e in insight.evidence
    ]
    facts = {"kind": insight.kind, "measure": insight.measure, "verdict": insight.verdict, "evidence": rows}
    return json.dumps(facts, ensure_ascii=False)
