"""A child's report from its stored sessions: one fact base, then the writer that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sdc.companion.period import Voice
from sdc.errors import InputError
from sdc.pipeline.periods import Span, child_account
from sdc.pipeline.progressing import DEFAULT_MEASURES
from sdc.pipeline.reviewing import reviewed_session
from sdc.reports import Audience, Document, Kind, Period, Practice, ReportFacts, kind_for, report_document, report_facts
from sdc.session import Insight
from sdc.store.records import StoredSession
from sdc.store.repository import Repository


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """What is asked for.

    Attributes
    ----------
    audience : {"slp", "parent"}
    kind : {"progress", "goals", "session", "letter"} or None
        None: the usual one for the audience.
    period : Period
    sections : tuple[str, ...] or None
        Keys of those that are wanted among those that may be left out; None: all.
    """

    audience: Audience = "slp"
    kind: Kind | None = None
    period: Period = field(default_factory=Period)
    sections: tuple[str, ...] | None = None


def child_facts(
    repository: Repository, child_id: str, period: Period | None = None, kind: Kind = "progress"
) -> ReportFacts:
    """Return the fact base of a child's report.

    Raises
    ------
    NotFoundError
        No such child.
    InputError
        The period holds no session.
    """
    child = repository.child(child_id)
    stored = [_as_reviewed(repository, repository.session(entry.id)) for entry in repository.session_entries(child.id)]
    goals = repository.goals.of(child.id)
    followed = (goal.measure for goal in goals if goal.is_open)
    measures = tuple(dict.fromkeys((*followed, *DEFAULT_MEASURES)))
    plan = repository.phase_plans.latest(child.id)
    facts = report_facts(child, stored, measures, goals=goals, period=period, plan=plan)
    if kind == "session":
        latest = facts.latest.id
        told = _account(repository, child.id, Span(session_id=latest), "therapist")
        return replace(facts, for_session=told, note=repository.notes.latest(latest))
    span = Span(first=facts.period.first, last=facts.period.last)
    return replace(
        facts,
        for_family=_account(repository, child.id, span, "parent"),
        for_therapist=_account(repository, child.id, span, "therapist"),
    )


def _as_reviewed(repository: Repository, stored: StoredSession) -> StoredSession:
    """Return a session with its insights as therapists decided about them."""
    shown = reviewed_session(repository, stored)
    return replace(stored, insights=tuple(r.insight for r in shown if not r.is_outdated))


def _account(repository: Repository, child_id: str, span: Span, voice: Voice) -> tuple[Insight, ...]:
    found = child_account(repository, child_id, span, voice)
    return tuple(r.insight for r in found.insights if r.insight.status != "dismissed")


def ordered_facts(repository: Repository, child_id: str, order: ReportOrder) -> ReportFacts:
    """Return the fact base of an order; ``InputError`` where there is no such report for its audience."""
    return child_facts(repository, child_id, order.period, kind_for(order.audience, order.kind))


def ordered_document(facts: ReportFacts, order: ReportOrder, practice: Practice) -> Document:
    """Return the report that was ordered, as a draft."""
    return report_document(facts, order.audience, order.kind, practice=practice, chosen=order.sections)


def child_report(
    repository: Repository, child_id: str, order: ReportOrder, format: str, *, practice: Practice | None = None
) -> bytes:
    """Return a child's report as a file's bytes, as a draft.

    Parameters
    ----------
    repository : Repository
    child_id : str
    order : ReportOrder
    format : str
        One of ``DOCUMENTS`` or ``TABLES``.
    practice : Practice, optional

    Raises
    ------
    NotFoundError
        No such child.
    InputError
        There is no report of this kind for the audience, the period holds no session, or a chosen section is
        not there.
    """
    facts = ordered_facts(repository, child_id, order)
    if format in TABLES:
        return TABLES[format](facts, order.audience)
    return written(ordered_document(facts, order, practice or Practice()), format)


def written(document: Document, format: str) -> bytes:
    """Return a report in a format of ``DOCUMENTS``; ``InputError`` (``report.format``) for another one."""
    if format not in DOCUMENTS:
        raise InputError(f"A report cannot be written as {format}.", code="report.format", hint="Choose pdf or html.")
    return DOCUMENTS[format](document)


def _pdf(document: Document) -> bytes:
    from sdc.reports.pdf import pdf_bytes

    return pdf_bytes(document)


def _html(document: Document) -> bytes:
    from sdc.reports.html import html_text

    return html_text(document).encode()


def _csv(facts: ReportFacts, audience: Audience) -> bytes:
    from sdc.reports.rows import csv_text

    return csv_text(facts, audience).encode()


def _parquet(facts: ReportFacts, audience: Audience) -> bytes:
    from sdc.reports.rows import parquet_bytes

    return parquet_bytes(facts, audience)


DOCUMENTS: dict[str, Callable[[Document], bytes]] = {"pdf": _pdf, "html": _html}
"""Format → what writes a report; these can be signed."""

TABLES: dict[str, Callable[[ReportFacts, Audience], bytes]] = {"csv": _csv, "parquet": _parquet}
"""Format → what writes its figures as a table."""

FORMATS = (*DOCUMENTS, *TABLES)
