"""Reports that can be handed over: facts → document → PDF, HTML, tables.

================ =====================================================
module           does
================ =====================================================
facts            the fact base: stored sessions → ReportFacts, once
words            the sentences of sentences.toml, checked
figures          figures as the dashboard shows them
charts           a measure over the sessions as SVG
document         a report as data: sections of blocks
parts            blocks that several kinds have
progress_report  the report of a period, for therapists
goals_report     the report of goals, for therapists
session_note     the note of a session (SOAP), for therapists
letter           the letter to the family
building         facts → document
signing          digests, and the signature's place
practice         name and logo of the practice
fonts            which fonts print a text
pdf, html, rows  writers: PDF (typst), HTML; CSV, Parquet
================ =====================================================
"""

from sdc.reports.building import KINDS, PLANS, kind_for, report_document
from sdc.reports.document import Audience, Document, Kind, Practice
from sdc.reports.facts import Period, ReportFacts, report_facts

__all__ = [
    "KINDS",
    "PLANS",
    "Audience",
    "Document",
    "Kind",
    "Period",
    "Practice",
    "ReportFacts",
    "kind_for",
    "report_document",
    "report_facts",
]
