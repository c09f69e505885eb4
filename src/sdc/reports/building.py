"""Facts → document: which sections a kind of report has, and for whom there is which kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sdc.errors import InputError
from sdc.reports.document import Audience, Document, Kind, Practice, Section
from sdc.reports.facts import ReportFacts
from sdc.reports.figures import show_date
from sdc.reports.goals_report import goals_sections
from sdc.reports.letter import letter_sections
from sdc.reports.progress_report import progress_sections
from sdc.reports.session_note import note_sections
from sdc.reports.words import sentence


@dataclass(frozen=True, slots=True)
class Plan:
    """What a kind of report is made of.

    Attributes
    ----------
    title : str
    make : callable
        Makes all its sections.
    optional : Mapping[str, str]
        Key → title of the sections that may be left out; all others always stand in it.
    """

    title: str
    make: Callable[[ReportFacts], tuple[Section, ...]]
    optional: Mapping[str, str]


PLANS: dict[Kind, Plan] = {
    "progress": Plan(
        "Progress report",
        progress_sections,
        {
            "sessions": "Sessions",
            "measures": "Measures over the sessions",
            "goals": "Goals",
            "norms": "Norms",
            "period": "Strengths, adults, questions",
            "observations": "Observations of the last session",
            "all_measures": "All measures of the last session",
        },
    ),
    "goals": Plan("Goal report", goals_sections, {"closed": "Goals that were closed"}),
    "session": Plan(
        "Session note",
        note_sections,
        {"subjective": "S: subjective", "norms": "Norms", "assessment": "A: assessment", "plan": "P: plan"},
    ),
    # What is not known and whom to ask belong to every letter.
    "letter": Plan(
        "Letter to the family",
        letter_sections,
        {"heard": "What was heard", "changed": "What changed", "idea": "An idea to try"},
    ),
}

KINDS: dict[Audience, tuple[Kind, ...]] = {"slp": ("progress", "goals", "session", "letter"), "parent": ("letter",)}
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
    facts: ReportFacts,
    audience: Audience,
    kind: Kind | None = None,
    *,
    practice: Practice | None = None,
    chosen: Collection[str] | None = None,
) -> Document:
    """Return a report as data, ready to be laid out.

    Parameters
    ----------
    facts : ReportFacts
    audience : {"slp", "parent"}
    kind : {"progress", "goals", "session", "letter"}, optional
        Default: the usual one for the audience. A letter is in the family's words whoever asks for it.
    practice : Practice, optional
        Whose name and logo stand on top.
    chosen : Collection[str], optional
        Keys of the sections wanted, among those that may be left out; default: all.

    Raises
    ------
    InputError
        ``report.kind``: there is no report of this kind for the audience; ``report.section``: it has no such
        section that could be chosen.
    """
    found = kind_for(audience, kind)
    plan = PLANS[found]
    left_out = set() if chosen is None else _left_out(found, chosen)
    return Document(
        kind=found,
        audience="parent" if found == "letter" else audience,
        title=plan.title,
        subject=facts.child.name,
        subtitle=show_date(facts.made_on),
        mark=sentence("report", "draft"),
        sections=tuple(section for section in plan.make(facts) if section.key not in left_out),
        footer=sentence("report", "footer"),
        made_on=facts.made_on,
        practice=practice or Practice(),
    )


def _left_out(kind: Kind, chosen: Collection[str]) -> set[str]:
    optional = PLANS[kind].optional
    unknown = next((key for key in chosen if key not in optional), None)
    if unknown is not None:
        raise InputError(
            f"{unknown!r} is no section that can be chosen in a report of the kind {kind}.",
            code="report.section",
            hint=f"There are: {', '.join(optional)}.",
        )
    return set(optional) - set(chosen)
