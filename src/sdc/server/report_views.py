"""Reports and notes → what goes over the wire."""

from __future__ import annotations

from typing import cast

from sdc.pipeline.signing import ListedReport, Preview
from sdc.reports import PLANS, Audience, Kind
from sdc.reports.html import html_text
from sdc.server.report_models import NoteOut, PreviewOut, SectionOut, SignedReportOut
from sdc.store.session_notes import SessionNote


def preview(found: Preview) -> PreviewOut:
    """Show a draft."""
    optional = PLANS[found.document.kind].optional
    return PreviewOut(
        html=html_text(found.document),
        text_sha256=found.text_sha256,
        sections=[SectionOut(key=key, title=title) for key, title in optional.items()],
        session_id=found.session_id,
    )


def signed(item: ListedReport) -> SignedReportOut:
    """Show a signed report."""
    report = item.report
    return SignedReportOut(
        id=report.id,
        kind=cast(Kind, report.kind),
        audience=cast(Audience, report.audience),
        first=report.first,
        last=report.last,
        session_id=report.session_id,
        version=report.version,
        replaces=report.replaces,
        signer=report.signer,
        signed_at=report.signed_at,
        text_sha256=report.text_sha256,
        facts_sha256=report.facts_sha256,
        formats=[file.format for file in report.files],
        state=item.state,
        n_edited=len(item.edited),
        n_removed=len(item.removed),
        n_added=len(item.added),
        note_changed=item.note_changed,
        rules=list(item.rules),
        n_rereviewed=len(item.rereviewed),
        phases_changed=item.phases_changed,
    )


def note(versions: list[SessionNote]) -> NoteOut:
    """Show the newest version of a note."""
    if not versions:
        return NoteOut(subjective="", plan="", version=0, at=None, n_versions=0)
    latest = versions[-1]
    return NoteOut(
        subjective=latest.subjective,
        plan=latest.plan,
        version=latest.version,
        at=latest.at,
        n_versions=len(versions),
    )
