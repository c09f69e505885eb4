"""The note of one session (SOAP): what was heard and measured; assessment and plan are the therapist's to write."""

from __future__ import annotations

from sdc.reports import parts
from sdc.reports.document import Block, Facts, Lines, Section, Text
from sdc.reports.facts import ReportFacts, SessionFacts
from sdc.reports.figures import show_age, show_date, show_duration, show_week
from sdc.reports.progress_report import observations
from sdc.reports.words import sentence


def note_sections(facts: ReportFacts) -> tuple[Section, ...]:
    """Return the sections of the note of the last session in the period."""
    latest = facts.latest
    return (
        Section("Session", (_session(facts),)),
        Section("S: subjective", _to_write("subjective", 2)),
        Section(
            "O: objective",
            (*observations(latest, kinds=("caveat", "seen")), *_measured(latest)),
        ),
        *parts.norms_section(latest),
        Section("A: assessment", _to_write("assessment", 3)),
        Section("P: plan", _to_write("plan", 3)),
        parts.signature(),
    )


def _session(facts: ReportFacts) -> Facts:
    latest = facts.latest
    rows = (
        ("Child", facts.child.name),
        ("Date", f"{show_date(latest.date)} (week {show_week(latest.week)})"),
        ("Age (years;months)", show_age(latest.age_months)),
        ("Situation", latest.context or "not told"),
        ("Utterances", str(latest.n_utterances)),
        ("Recording", show_duration(latest.duration_s) if latest.has_recording else "none"),
        ("Transcript by", parts.transcript_state(latest)),
    )
    return Facts(rows)


def _measured(session: SessionFacts) -> tuple[Block, ...]:
    chosen = parts.NOTE_MEASURES
    return (parts.measures_table(session, chosen), *parts.without_value(session, chosen))


def _to_write(key: str, count: int) -> tuple[Block, ...]:
    text = sentence("soap", key)
    return (Text(text, "mark"), Lines("", count))
