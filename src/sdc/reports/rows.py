"""A report's figures as CSV: one row for each session and measure, as they are kept, to the last digit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sdc.measures import REGISTRY
from sdc.reports.document import Audience
from sdc.reports.facts import ReportFacts, SessionFacts
from sdc.session import Measure

COLUMNS = (
    "session_id",
    "date",
    "week",
    "age_months",
    "context",
    "transcript_version",
    "measure",
    "value",
    "unit",
    "n",
    "n_unit",
    "sd",
    "rule",
    "reliability",
    "reason",
)

PARENT_MEASURES = ("utterances_total", "mlu_words", "word_types", "ndw_100", "maze_words_pct")
"""What a family's table holds: what the letter speaks of."""


def csv_text(facts: ReportFacts, audience: Audience) -> str:
    """Return the child's measures in the sessions of the period.

    Parameters
    ----------
    facts : ReportFacts
    audience : {"slp", "parent"}
        For a family only what the letter speaks of. What is for researchers only is in neither.

    Returns
    -------
    str
        A header line, then rows. A measure without a value has an empty cell and its reason.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for session in facts.sessions:
        for measure in _told(session, audience):
            writer.writerow(["" if cell is None else cell for cell in _row(session, measure)])
    return buffer.getvalue()


def _told(session: SessionFacts, audience: Audience) -> Iterator[Measure]:
    ids = PARENT_MEASURES if audience == "parent" else tuple(REGISTRY)
    for name in ids:
        if name in session.measures and REGISTRY[name].audience == "everyone":
            yield session.measures[name]


def _row(session: SessionFacts, measure: Measure) -> tuple[object, ...]:
    return (
        session.id,
        session.date,
        session.week,
        session.age_months,
        _plain(session.context),
        session.version,
        measure.id,
        measure.value,
        measure.unit,
        measure.n,
        measure.n_unit,
        measure.sd,
        measure.rule,
        measure.reliability,
        measure.reason,
    )


def _plain(text: str | None) -> str | None:
    """Keep a table program from taking what somebody typed for a formula."""
    return f"'{text}" if text and text[0] in "=+-@\t\r" else text
