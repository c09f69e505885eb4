"""The record everything shares. Frozen dataclasses, no I/O.

=============== =====================================================
module          holds
=============== =====================================================
session         Session, Header, Media, Notice
child           Age, Participant
transcript      Utterance, Token, Scope, DependentTier, TimeSpan
measure         Measure, SpeakerAnalysis, Analysis
insight         Evidence, Claim, Insight, Answer
goal            Goal
phase_plan      PhasePlan, DateRange: baseline and intervention as stated
provenance      Provenance
voice_labels    VoiceLabels: an experimental classifier's scores, for researchers
=============== =====================================================
"""

from sdc.session.child import CHILD_ROLES, UNKNOWN_SPEAKER, Age, Participant
from sdc.session.goal import Direction, Goal
from sdc.session.insight import Answer, Claim, Evidence, Insight, InsightKind, Verdict
from sdc.session.measure import Analysis, Measure, Reliability, SpeakerAnalysis
from sdc.session.phase_plan import DateRange, PhasePlan
from sdc.session.provenance import Provenance
from sdc.session.session import SESSION_SCHEMA, Header, Media, Notice, Session
from sdc.session.transcript import (
    RETRACINGS,
    DependentTier,
    Scope,
    ScopeKind,
    TimeSpan,
    Token,
    TokenKind,
    Utterance,
)
from sdc.session.voice_labels import LabelScores, VoiceLabels

__all__ = [
    "CHILD_ROLES",
    "RETRACINGS",
    "SESSION_SCHEMA",
    "UNKNOWN_SPEAKER",
    "Age",
    "Analysis",
    "Answer",
    "Claim",
    "DateRange",
    "DependentTier",
    "Direction",
    "Evidence",
    "Goal",
    "Header",
    "Insight",
    "InsightKind",
    "LabelScores",
    "Measure",
    "Media",
    "Notice",
    "Participant",
    "PhasePlan",
    "Provenance",
    "Reliability",
    "Scope",
    "ScopeKind",
    "Session",
    "SpeakerAnalysis",
    "TimeSpan",
    "Token",
    "TokenKind",
    "Utterance",
    "Verdict",
    "VoiceLabels",
]
