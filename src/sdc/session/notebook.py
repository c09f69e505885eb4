"""How a session and its measures look in a notebook: tables that a therapist can read."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdc.session.measure import Analysis, Measure
    from sdc.session.session import Session

N_LINES = 15
"""So many lines of a transcript are shown."""


def session_html(session: Session) -> str:
    """Return what a session is and how it begins."""
    people = ", ".join(f"{p.code} ({p.role.replace('_', ' ').lower()})" for p in session.participants)
    age = session.target.age if session.target else None
    facts = (session.date, f"child {age}" if age else None, session.context, people)
    heading = f"<strong>{escape(session.source)}</strong> {escape(' · '.join(filter(None, facts)))}"
    rows = [
        (f"{u.span.start_ms / 1000:.1f} s" if u.span else "", u.speaker, u.raw) for u in session.utterances[:N_LINES]
    ]
    more = len(session.utterances) - len(rows)
    foot = f"<p>… {more:,} more lines</p>" if more > 0 else ""
    warned = f"<p>{len(session.warnings)} warnings: see <code>.warnings</code></p>" if session.warnings else ""
    return f"<p>{heading}</p>{_table(('time', 'who', 'says'), rows)}{foot}{warned}"


def analysis_html(analysis: Analysis) -> str:
    """Return all measures of all speakers; where there is no value, the reason."""
    speakers = list(analysis.speakers.values())
    ids = dict.fromkeys(id_ for speaker in speakers for id_ in speaker.measures)
    rows = []
    for id_ in ids:
        found = [speaker.measures.get(id_) for speaker in speakers]
        unit = next((m.unit for m in found if m is not None), "")
        rows.append((id_, *(_cell(m) for m in found), unit))
    head = ("measure", *(f"{s.code} ({s.role.replace('_', ' ').lower()})" for s in speakers), "unit")
    return f"<p><strong>{escape(analysis.source)}</strong></p>{_table(head, rows)}"


def measure_text(measure: Measure) -> str:
    """Return a measure as one says it: value, unit and what it rests on, or why there is none."""
    if measure.value is None:
        return f"{measure.id}: no value ({measure.reason})"
    rests_on = "" if measure.n is None else f" (n = {measure.n:,} {measure.n_unit}".rstrip() + ")"
    return f"{measure.id}: {measure.value:.4g} {measure.unit}{rests_on}"


def _cell(measure: Measure | None) -> str:
    if measure is None:
        return ""
    return f"{measure.value:.4g}" if measure.value is not None else f"— {measure.reason}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
