"""A report's figures as a table: one row for each session and measure, as they are kept, to the last digit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from sdc.errors import ExtraMissingError
from sdc.formats.cells import plain_row
from sdc.measures import REGISTRY
from sdc.progress import stated_phases
from sdc.reports.document import Audience
from sdc.reports.facts import ReportFacts, SessionFacts
from sdc.session import Measure

COLUMNS = (
    "session_id",
    "date",
    "week",
    "age_months",
    "context",
    "phase",
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

WHOLE, REAL = ("week", "transcript_version", "n"), ("age_months", "value", "sd")
"""Columns of whole numbers and of numbers; all others are text."""

PARENT_MEASURES = ("utterances_total", "mlu_words", "word_types", "ndw_100", "maze_words_pct")
"""What a family's table holds: what the letter speaks of."""


def csv_text(facts: ReportFacts, audience: Audience) -> str:
    """Return the child's measures in the sessions of the period as CSV.

    Parameters
    ----------
    facts : ReportFacts
    audience : {"slp", "parent"}
        For a family only what the letter speaks of. What is for researchers only is in neither.

    Returns
    -------
    str
        A header line, then rows. The phase is that which a therapist stated for the session's day. A measure
        without a value has an empty cell and its reason. Text that a table program would take for a formula
        begins with an apostrophe (``sdc.formats.cells``).
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(plain_row(row) for row in _rows(facts, audience))
    return buffer.getvalue()


def parquet_bytes(facts: ReportFacts, audience: Audience) -> bytes:
    """Return the same table as Parquet: typed columns, nulls where there is no value, text as it was typed.

    Raises
    ------
    ExtraMissingError
        pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise ExtraMissingError(
            "Parquet needs pyarrow, which is not installed.",
            hint="Run `pip install 'speech-development-companion[parquet]'`, or choose CSV.",
        )
    import pyarrow as pa
    import pyarrow.parquet as pq

    types: dict[str, Any] = dict.fromkeys(WHOLE, pa.int64()) | dict.fromkeys(REAL, pa.float64())
    schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(facts, audience)]
    table = pa.Table.from_pylist(rows, schema=schema)
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def _rows(facts: ReportFacts, audience: Audience) -> Iterator[tuple[object, ...]]:
    phases = stated_phases(facts.plan, facts.line)  # of each session, whatever the period reaches into
    for session in facts.sessions:
        phase = phases.of(session.id) if phases is not None else None
        for measure in _told(session, audience):
            yield _row(session, phase, measure)


def _told(session: SessionFacts, audience: Audience) -> Iterator[Measure]:
    ids = PARENT_MEASURES if audience == "parent" else tuple(REGISTRY)
    for name in ids:
        if name in session.measures and REGISTRY[name].audience == "everyone":
            yield session.measures[name]


def _row(session: SessionFacts, phase: str | None, measure: Measure) -> tuple[object, ...]:
    return (
        session.id,
        session.date,
        session.week,
        session.age_months,
        session.context,
        phase,
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
