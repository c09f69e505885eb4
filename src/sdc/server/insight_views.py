"""Accounts, decisions and answers → what goes over the wire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sdc.companion.activities import Activity
from sdc.companion.good_moment import GoodMoment
from sdc.companion.period import Voice
from sdc.pipeline.family_home import FamilyHome, Tried
from sdc.pipeline.periods import ChildAccount
from sdc.pipeline.reviewing import Reviewed
from sdc.server import views
from sdc.server.insight_models import (
    ActivityAnswerOut,
    ActivityOut,
    DecisionOut,
    FeedbackOut,
    HomeOut,
    MomentOut,
    PeriodOut,
    TranscriptsOut,
    TriedOut,
)
from sdc.server.models import InsightOut
from sdc.store.feedback import ActivityAnswer, Decision
from sdc.store.records import SessionEntry

VOICES: dict[str, Voice] = {"slp": "therapist", "parent": "parent"}


def account(found: ChildAccount, entries: Iterable[SessionEntry]) -> PeriodOut:
    """Show an account; ``entries`` are the child's sessions."""
    return PeriodOut(
        voice="parent" if found.voice == "parent" else "slp",
        sessions=list(found.sessions),
        insights=[insight(r) for r in (*found.insights, *found.outdated)],
        activity=None if found.activity is None else activity(found.activity),
        transcripts=transcripts(e for e in entries if e.id in found.sessions),
    )


def transcripts(entries: Iterable[SessionEntry]) -> TranscriptsOut:
    """Count sessions by what wrote their words down."""
    return TranscriptsOut(**{"reviewed": 0, "handed_in": 0, "raw": 0} | Counter(e.transcript_state for e in entries))


def insight(found: Reviewed) -> InsightOut:
    """Show an insight as it stands: the key is that of the insight as it was made."""
    shown = views.insight(found.insight)
    decided = found.decision
    return shown.model_copy(
        update={
            "key": found.key,
            "version": found.version,
            "is_edited": decided is not None and decided.verb == "edit",
            "decided_at": decided.at if decided else None,
            "is_outdated": found.is_outdated,
        }
    )


def activity(record: Activity) -> ActivityOut:
    """Show an activity with its sources."""
    return ActivityOut(
        id=record.id,
        version=record.version,
        title=record.title,
        steps=list(record.steps),
        sources=list(record.sources),
    )


def decision(record: Decision) -> DecisionOut:
    """Show a decision."""
    return DecisionOut(key=record.key, verb=record.verb, version=record.version, by=record.by, at=record.at)


def answer(record: ActivityAnswer) -> ActivityAnswerOut:
    """Show a family's answer."""
    return ActivityAnswerOut(
        activity=record.activity,
        activity_version=record.activity_version,
        went=record.went,
        by=record.by,
        at=record.at,
    )


def feedback(decisions: list[Decision], answers: list[ActivityAnswer]) -> FeedbackOut:
    """Show all feedback on a child."""
    return FeedbackOut(decisions=[decision(d) for d in decisions], answers=[answer(a) for a in answers])


def home(found: FamilyHome) -> HomeOut:
    """Show what a family sees of its child."""
    latest = found.latest
    return HomeOut(
        child_id=found.child.id,
        name=found.child.name,
        n_sessions=len(found.entries),
        last_session=latest.id if latest else None,
        last_date=latest.date if latest else None,
        moment=_moment(found.moment, found.entries) if found.moment else None,
        news=insight(found.news) if found.news else None,
        questions=[insight(r) for r in found.questions],
        activity=activity(found.activity) if found.activity else None,
        tried=_tried(found.tried) if found.tried else None,
        transcripts=transcripts(found.entries),
    )


def _moment(found: GoodMoment, entries: Iterable[SessionEntry]) -> MomentOut:
    point, span = found.placed.point, found.span
    state = next(e.transcript_state for e in entries if e.id == point.session_id)
    return MomentOut(
        words=found.words,
        session=point.session_id,
        utterance=found.index,
        date=point.date,
        week=found.placed.week,
        start_ms=span.start_ms if span else None,
        end_ms=span.end_ms if span else None,
        media_url=f"/api/sessions/{point.session_id}/media" if span else None,
        silence=found.silence,
        transcript=state,
    )


def _tried(found: Tried) -> TriedOut:
    return TriedOut(title=found.activity.title, went=found.answer.went, at=found.answer.at)
