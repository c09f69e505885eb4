"""Reports about a child as files: for therapists all kinds, for families the letter."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response

from sdc.access import Action
from sdc.app import App
from sdc.pipeline.reporting import ReportOrder, child_report
from sdc.reports import Kind, Period
from sdc.reports.practice import read_practice
from sdc.server.deps import AppDep
from sdc.server.models import IsoDate
from sdc.server.permission import ChildFrom, needs

router = APIRouter(tags=["reports"])

ReportFormat = Literal["pdf", "html", "csv"]

TYPES: dict[ReportFormat, str] = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "csv": "text/csv"}
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


PeriodDep = Annotated[Period, Depends(get_period)]


@router.get("/children/{child_id}/report", responses=ANSWERS, response_class=Response)
@needs(Action.WRITE_REPORT, ChildFrom.CHILD)
def get_report(
    app: AppDep, child_id: str, period: PeriodDep, kind: Kind = "progress", format: ReportFormat = "pdf"
) -> Response:
    """Send a report about a child for therapists: of a period, of the last session, or the letter to the family."""
    return _file(app, child_id, ReportOrder("slp", kind, period), format)


@router.get("/children/{child_id}/letter", responses=ANSWERS, response_class=Response)
@needs(Action.SEE_LETTER, ChildFrom.CHILD)
def get_letter(app: AppDep, child_id: str, period: PeriodDep, format: ReportFormat = "pdf") -> Response:
    """Send the letter to the family about a child."""
    return _file(app, child_id, ReportOrder("parent", "letter", period), format)


def _file(app: App, child_id: str, order: ReportOrder, format: ReportFormat) -> Response:
    practice = read_practice(app.settings.report_name, app.settings.report_logo)
    data = child_report(app.repository, child_id, order, format, practice=practice)
    # Never shown inside the dashboard's own origin, and kept in no browser's cache.
    headers = {
        "Content-Disposition": f'attachment; filename="{order.kind}.{format}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type=TYPES[format], headers=headers)
