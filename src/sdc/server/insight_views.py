"""Accounts, decisions and answers → what goes over the wire."""

from __future__ import annotations

from sdc.companion.activities import Activity
from sdc.companion.period import Voice
from sdc.pipeline.periods import ChildAccount
from sdc.pipeline.reviewing import Reviewed
from sdc.server import views
from sdc.server.insight_models import (
    ActivityAnswerOut,
    ActivityOut,
    DecisionOut,
    FeedbackOut,
    PeriodOut,
)
from sdc.server.models import InsightOut
from sdc.store.feedback import ActivityAnswer, Decision

VOICES: dict[str, Voice] = {"slp": "therapist", "parent": "parent"}


def account(found: ChildAccount) -> PeriodOut:
    """Show an account."""
    return PeriodOut(
        voice="parent" if found.voice == "parent" else "slp",
        sessions=list(found.sessions),
        insights=[insight(r) for r in found.insights],
        activity=None if found.activity is None else activity(found.activity),
    )


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
