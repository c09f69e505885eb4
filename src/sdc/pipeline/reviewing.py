"""The feedback loop: what therapists decide about insights, what families say about activities, and what follows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sdc.companion import check_grounding, lint_wording
from sdc.companion.activities import find_activity
from sdc.companion.period import ALWAYS_TOLD, Voice
from sdc.errors import ConflictError, InputError, NotFoundError
from sdc.pipeline.deidentifying import text_without_names
from sdc.pipeline.line_places import with_lines_of_now
from sdc.pipeline.parts import Parts
from sdc.pipeline.remeasure import with_fresh_insights
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
    place : str
        The page on which it stands.
    is_outdated : bool
        It was approved, and the figures that it rests on have changed since.
    """

    insight: Insight
    key: str
    decision: Decision | None = None
    place: str = ""
    is_outdated: bool = False

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
    """Return a session's insights as they stand; a topic that was dismissed before is dismissed here, too.

    They are made anew first where an earlier session has changed. What was approved on figures that have
    changed since follows at the end.
    """
    stored = with_fresh_insights(repository, stored)
    history = repository.feedback.history(stored.entry.child_id)
    topics = dismissed_topics(repository, stored.entry.child_id, before=stored.entry.added_at)
    place = f"session:{stored.entry.id}"
    shown = [_unless_dismissed(found, topics) for found in on_page(stored.insights, history, place)]
    return (*shown, *outdated(repository, shown, history, place))


def on_page(insights: Iterable[Insight], history: Sequence[Decision], place: str) -> list[Reviewed]:
    """Return the insights of a page with what was decided about each."""
    decisions = newest(history)
    return [replace(reviewed(insight, decisions), place=place) for insight in insights]


def outdated(
    repository: Repository, shown: Iterable[Reviewed], history: Sequence[Decision], place: str
) -> tuple[Reviewed, ...]:
    """Return what was approved on a page and stands there no longer, because its figures have changed.

    Parameters
    ----------
    repository : Repository
        Tells where the lines that they point to stand now.
    shown : Iterable[Reviewed]
        The insights of the page as they are now.
    history : Sequence[Decision]
        All decisions about the child's insights, oldest first.
    place : str
        The page.
    """
    gone = {found.key for found in shown} | {key for decision in history for key in decision.instead_of}
    return tuple(
        _outdated(with_lines_of_now(repository, decision.insight, decision.at), decision)
        for decision in newest(history).values()
        if decision.place == place and decision.insight is not None
        if decision.verb != "dismiss" and decision.key not in gone
    )


def _outdated(insight: Insight, decision: Decision) -> Reviewed:
    found = reviewed(insight, {insight.key: decision})
    return replace(found, key=decision.key, place=decision.place, is_outdated=True)


def newest(history: Iterable[Decision]) -> dict[str, Decision]:
    """Return the newest of some decisions about each insight, by its key."""
    return {decision.key: decision for decision in sorted(history, key=lambda d: d.version)}


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
        ``insight.stale``; ``insight.outdated``: its figures have changed, and it can only be dismissed.
    """
    found = next((r for r in shown if r.key == key), None)
    if found is None:
        raise NotFoundError(
            "There is no such insight here.",
            code="insight.not-found",
            hint="Figures may have changed since it was shown: load it again.",
        )
    _check_current(found, verb)
    words = _checked_text(found.insight, text) if verb == "edit" else None
    decision = Decision(
        child.id,
        key,
        # What is outdated is dismissed for its figures, not for what it is about.
        "" if found.is_outdated else found.insight.topic,
        verb,
        words,
        actor,
        place=found.place,
        insight=_as_made(found),
        instead_of=_replaced(found, shown),
    )
    kept = parts.repository.feedback.decide(decision, seen=found.version if seen is None else seen)
    _keep_pair(parts, child, found, kept, voice)
    parts.retrieval.follow_decision(found.insight, key)
    parts.audit.record(actor=actor, action=f"insight.{verb}", child_id=child.id, object_id=key)
    return kept


def _check_current(found: Reviewed, verb: Verb) -> None:
    if found.is_outdated and verb != "dismiss":
        raise ConflictError(
            "The figures of this insight have changed since it was approved.",
            code="insight.outdated",
            hint="Approve the one that was made anew, or dismiss this one.",
        )


def _as_made(found: Reviewed) -> Insight:
    """Return the insight in the words that its key is of; a therapist's words stand in the decision."""
    before = found.decision.insight if found.decision is not None else None
    # Decided about again, it points to the lines as they are numbered now.
    return replace(before or found.insight, status="draft", evidence=found.insight.evidence)


def _replaced(found: Reviewed, shown: Iterable[Reviewed]) -> tuple[str, ...]:
    """Return the keys of outdated insights whose place this one takes."""
    if found.is_outdated:
        return ()
    return tuple(r.key for r in shown if r.is_outdated and r.insight.topic == found.insight.topic)


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
