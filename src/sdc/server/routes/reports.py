"""Reports about a child as drafts and signed, and the therapist's words for a session's note."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response

from sdc.access import Action, may
from sdc.app import App
from sdc.pipeline.noting import write_note
from sdc.pipeline.reporting import ReportOrder, child_report
from sdc.pipeline.signing import Signer, listed_reports, preview_report, readable_report, sign_report
from sdc.reports import Kind, Period, Practice
from sdc.reports.practice import read_practice
from sdc.server import report_views
from sdc.server.deps import ActorDep, AppDep
from sdc.server.models import IsoDate
from sdc.server.permission import ChildFrom, needs
from sdc.server.report_models import NoteIn, NoteOut, PreviewOut, SectionKey, SignedReportOut, SignIn

router = APIRouter(tags=["reports"])

ReportFormat = Literal["pdf", "html", "csv", "parquet"]
SignedFormat = Literal["pdf", "html"]

TYPES: dict[ReportFormat, str] = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The report as a file.",
        "content": {name.partition(";")[0]: {} for name in TYPES.values()},
    }
}


def get_period(
    first: Annotated[IsoDate | None, Query(alias="from", description="First day of the period.")] = None,
    last: Annotated[IsoDate | None, Query(alias="to", description="Last day of the period.")] = None,
) -> Period:
    """Return the period that a request names."""
    return Period(first, last)


def get_sections(
    section: Annotated[
        list[SectionKey] | None, Query(max_length=20, description="Optional sections wanted; default all.")
    ] = None,
    only: Annotated[bool, Query(description="Leave out every optional section that is not named.")] = False,
) -> tuple[str, ...] | None:
    """Return the sections that a request chooses; None for all."""
    return tuple(section or ()) if section or only else None


PeriodDep = Annotated[Period, Depends(get_period)]


def get_order(
    period: PeriodDep,
    sections: Annotated[tuple[str, ...] | None, Depends(get_sections)],
    kind: Kind = "progress",
) -> ReportOrder:
    """Return the report for therapists that a request orders."""
    return ReportOrder("slp", kind, period, sections)


OrderDep = Annotated[ReportOrder, Depends(get_order)]


@router.get("/children/{child_id}/report", responses=ANSWERS, response_class=Response)
@needs(Action.WRITE_REPORT, ChildFrom.CHILD)
def get_report(app: AppDep, child_id: str, order: OrderDep, format: ReportFormat = "pdf") -> Response:
    """Send a report about a child for therapists, as a draft: of a period, its goals, a session, or the letter."""
    return _draft(app, child_id, order, format)


@router.get("/children/{child_id}/letter", responses=ANSWERS, response_class=Response)
@needs(Action.SEE_LETTER, ChildFrom.CHILD)
def get_letter(app: AppDep, child_id: str, period: PeriodDep, format: ReportFormat = "pdf") -> Response:
    """Send the letter to the family about a child, as a draft."""
    return _draft(app, child_id, ReportOrder("parent", "letter", period), format)


@router.get("/children/{child_id}/reports/preview")
@needs(Action.WRITE_REPORT, ChildFrom.CHILD)
def get_preview(app: AppDep, child_id: str, order: OrderDep) -> PreviewOut:
    """Show a draft as it would be signed now, with the digest of what it says."""
    return report_views.preview(preview_report(app.repository, child_id, order, practice=_practice(app)))


@router.get("/children/{child_id}/reports")
@needs(Action.SEE_LETTER, ChildFrom.CHILD)
def list_reports(app: AppDep, actor: ActorDep, child_id: str) -> list[SignedReportOut]:
    """List the signed reports of a child, newest first; a family sees the letters."""
    found = listed_reports(app.repository, child_id)
    every = may(actor, Action.WRITE_REPORT, child_id)
    return [report_views.signed(item) for item in found if every or item.report.kind == "letter"]


@router.post("/children/{child_id}/reports", status_code=201)
@needs(Action.SIGN_REPORT, ChildFrom.CHILD)
def sign_childs_report(app: AppDep, actor: ActorDep, child_id: str, body: SignIn) -> list[SignedReportOut]:
    """Sign a report; the answer is the list with it.

    409 where the text is another than the one that was seen, or somebody else has signed in the meantime.
    """
    chosen = None if body.sections is None else tuple(body.sections)
    order = ReportOrder("slp", body.kind, Period(body.first, body.last), chosen)
    signer = Signer(body.signer, actor.id, body.seen, body.text_sha256)
    sign_report(app, child_id, order, signer, practice=_practice(app))
    return [report_views.signed(item) for item in listed_reports(app.repository, child_id)]


@router.get("/children/{child_id}/reports/{report_id}", responses=ANSWERS, response_class=Response)
@needs(Action.SEE_LETTER, ChildFrom.CHILD)
def get_signed_report(
    app: AppDep, actor: ActorDep, child_id: str, report_id: str, format: SignedFormat = "pdf"
) -> Response:
    """Send a signed report as it was signed, byte for byte; a family has the letters."""
    every = may(actor, Action.WRITE_REPORT, child_id)
    report = readable_report(app.repository, child_id, report_id, every_kind=every)
    return _file(app.repository.reports.content(report, format), f"{report.kind}-v{report.version}", format)


@router.get("/sessions/{session_id}/note")
@needs(Action.WRITE_REPORT, ChildFrom.SESSION)
def get_note(app: AppDep, session_id: str) -> NoteOut:
    """Show what a therapist wrote for S and P of a session's note."""
    return report_views.note(app.repository.notes.history(session_id))


@router.put("/sessions/{session_id}/note")
@needs(Action.WRITE_REPORT, ChildFrom.SESSION)
def put_note(app: AppDep, actor: ActorDep, session_id: str, body: NoteIn) -> NoteOut:
    """Keep S and P as the next version; 409 where somebody else has written in the meantime."""
    write_note(app, session_id, body.subjective, body.plan, seen=body.version, actor=actor.id)
    return report_views.note(app.repository.notes.history(session_id))


def _practice(app: App) -> Practice:
    return read_practice(app.settings.report_name, app.settings.report_logo)


def _draft(app: App, child_id: str, order: ReportOrder, format: ReportFormat) -> Response:
    data = child_report(app.repository, child_id, order, format, practice=_practice(app))
    return _file(data, str(order.kind), format)


def _file(data: bytes, name: str, format: ReportFormat) -> Response:
    # Never shown inside the dashboard's own origin, and kept in no browser's cache.
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{format}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type=TYPES[format], headers=headers)
