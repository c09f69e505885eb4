"""The note of one session (SOAP): S and P are the therapist's words, O what was measured, A what was approved."""

from __future__ import annotations

from sdc.reports import parts
from sdc.reports.document import Block, Facts, Lines, Listing, Section, Text
from sdc.reports.facts import ReportFacts, SessionFacts
from sdc.reports.figures import show_age, show_date, show_duration, show_week
from sdc.reports.progress_report import observations
from sdc.reports.words import sentence


def note_sections(facts: ReportFacts) -> tuple[Section, ...]:
    """Return the sections of the note of the last session in the period."""
    latest, note = facts.latest, facts.note
    return (
        Section("child", "Session", (_session(facts),)),
        Section("subjective", "S: subjective", _written(note.subjective if note else "", "subjective", facts)),
        Section(
            "objective", "O: objective", (*_measured(latest), *observations(latest, kinds=("caveat",), or_said=False))
        ),
        *parts.norms_section(latest),
        Section("assessment", "A: assessment", _approved(facts)),
        Section("plan", "P: plan", _written(note.plan if note else "", "plan", facts)),
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


def _written(text: str, key: str, facts: ReportFacts) -> tuple[Block, ...]:
    """Return the therapist's words with who wrote them when; else the lines to write them on."""
    if not text or facts.note is None:
        return (Text(sentence("soap", key), "mark"), Lines("", 2))
    paragraphs = tuple(Text(" ".join(part.split())) for part in text.split("\n") if part.strip())
    when = sentence("soap", "written", day=show_date(facts.note.at[:10]), version=facts.note.version)
    return (*paragraphs, Text(when, "note"))


def _approved(facts: ReportFacts) -> tuple[Block, ...]:
    """Return what a therapist approved of what SDC said about the session; SDC adds no assessment of its own."""
    told = (*facts.latest.insights, *facts.for_session)
    items = dict.fromkeys(i.text for i in told if i.status == "approved" and i.kind != "caveat")
    if not items:
        return (Text(sentence("soap", "none_approved"), "mark"),)
    return (Listing(tuple(items)), Text(sentence("soap", "assessment"), "note"))
