"""Facts → document: which sections a kind of report has, and for whom there is which kind."""

from __future__ import annotations

from collections.abc import Callable

from sdc.errors import InputError
from sdc.reports.document import Audience, Document, Kind, Practice, Section
from sdc.reports.facts import ReportFacts
from sdc.reports.figures import show_date
from sdc.reports.letter import letter_sections
from sdc.reports.progress_report import progress_sections
from sdc.reports.session_note import note_sections
from sdc.reports.words import sentence

SECTIONS: dict[Kind, tuple[str, Callable[[ReportFacts], tuple[Section, ...]]]] = {
    "progress": ("Progress report", progress_sections),
    "session": ("Session note", note_sections),
    "letter": ("Letter to the family", letter_sections),
}
"""Kind of report → its title, and what makes its sections."""

KINDS: dict[Audience, tuple[Kind, ...]] = {"slp": ("progress", "session", "letter"), "parent": ("letter",)}
"""Which kinds there are for whom, the usual one first: a family gets the letter and nothing else."""


def kind_for(audience: Audience, kind: Kind | None = None) -> Kind:
    """Return the kind of report for somebody; ``InputError`` where there is none of that kind for them."""
    if kind is None:
        return KINDS[audience][0]
    if kind not in KINDS[audience]:
        raise InputError(
            f"There is no report of the kind {kind} for a family.",
            code="report.kind",
            hint="A family gets the letter; the others are for therapists (--for slp).",
        )
    return kind


def report_document(
    facts: ReportFacts, audience: Audience, kind: Kind | None = None, *, practice: Practice | None = None
) -> Document:
    """Return a report as data, ready to be laid out.

    Parameters
    ----------
    facts : ReportFacts
    audience : {"slp", "parent"}
    kind : {"progress", "session", "letter"}, optional
        Default: the usual one for the audience. A letter is in the family's words whoever asks for it.
    practice : Practice, optional
        Whose name and logo stand on top.

    Raises
    ------
    InputError
        ``report.kind``: there is no report of this kind for the audience.
    """
    chosen = kind_for(audience, kind)
    title, sections = SECTIONS[chosen]
    return Document(
        kind=chosen,
        audience="parent" if chosen == "letter" else audience,
        title=title,
        subject=facts.child.name,
        subtitle=show_date(facts.made_on),
        mark=sentence("report", "draft"),
        sections=sections(facts),
        footer=sentence("report", "footer"),
        made_on=facts.made_on,
        practice=practice or Practice(),
    )
