"""A child's report from its stored sessions: one fact base, then the writer that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sdc.companion.period import Voice
from sdc.pipeline.periods import Span, child_account
from sdc.pipeline.progressing import DEFAULT_MEASURES
from sdc.reports import Audience, Kind, Period, Practice, ReportFacts, kind_for, report_document, report_facts
from sdc.session import Insight
from sdc.store.repository import Repository


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """What is asked for.

    Attributes
    ----------
    audience : {"slp", "parent"}
    kind : {"progress", "session", "letter"} or None
        None: the usual one for the audience.
    period : Period
    """

    audience: Audience = "slp"
    kind: Kind | None = None
    period: Period = field(default_factory=Period)


def child_facts(repository: Repository, child_id: str, period: Period | None = None) -> ReportFacts:
    """Return the fact base of a child's report.

    Raises
    ------
    NotFoundError
        No such child.
    InputError
        The period holds no session.
    """
    child = repository.child(child_id)
    stored = [repository.session(entry.id) for entry in repository.session_entries(child.id)]
    goals = repository.goals.of(child.id, open_only=True)
    measures = tuple(dict.fromkeys((*(goal.measure for goal in goals), *DEFAULT_MEASURES)))
    facts = report_facts(child, stored, measures, goals=goals, period=period)
    return replace(
        facts,
        for_family=_account(repository, child.id, facts.period, "parent"),
        for_therapist=_account(repository, child.id, facts.period, "therapist"),
    )


def _account(repository: Repository, child_id: str, period: Period, voice: Voice) -> tuple[Insight, ...]:
    found = child_account(repository, child_id, Span(first=period.first, last=period.last), voice)
    return tuple(r.insight for r in found.insights if r.insight.status != "dismissed")


def child_report(
    repository: Repository, child_id: str, order: ReportOrder, format: str, *, practice: Practice | None = None
) -> bytes:
    """Return a child's report as a file's bytes.

    Parameters
    ----------
    repository : Repository
    child_id : str
    order : ReportOrder
    format : str
        One of ``WRITERS``.
    practice : Practice, optional

    Raises
    ------
    NotFoundError
        No such child.
    InputError
        There is no report of this kind for the audience, or the period holds no session.
    """
    kind_for(order.audience, order.kind)
    facts = child_facts(repository, child_id, order.period)
    return WRITERS[format](facts, order, practice or Practice())


def _pdf(facts: ReportFacts, order: ReportOrder, practice: Practice) -> bytes:
    from sdc.reports.pdf import pdf_bytes

    return pdf_bytes(report_document(facts, order.audience, order.kind, practice=practice))


def _html(facts: ReportFacts, order: ReportOrder, practice: Practice) -> bytes:
    from sdc.reports.html import html_text

    return html_text(report_document(facts, order.audience, order.kind, practice=practice)).encode()


def _csv(facts: ReportFacts, order: ReportOrder, practice: Practice) -> bytes:
    from sdc.reports.rows import csv_text

    return csv_text(facts, order.audience).encode()


WRITERS: dict[str, Callable[[ReportFacts, ReportOrder, Practice], bytes]] = {"pdf": _pdf, "html": _html, "csv": _csv}
"""Format → what writes it."""
