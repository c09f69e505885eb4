"""Sessions without names, for research: transcripts and measures of children whose families agreed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdc.formats.cells import plain_row
from sdc.formats.chat.writer import write_chat
from sdc.pipeline.archive.writing import new_archive
from sdc.pipeline.deidentifying import without_names
from sdc.pipeline.parts import Parts, Report
from sdc.session import Analysis
from sdc.store.consents import Purpose
from sdc.store.pseudonyms import Pseudonyms
from sdc.store.records import Child, SessionEntry

COLUMNS = (
    "child",
    "session",
    "age_months",
    "speaker",
    "role",
    "measure",
    "value",
    "unit",
    "n",
    "n_unit",
    "rule",
    "reason",
)
READ_ME = """Sessions without names, written by SDC.

transcripts/CHILD-NN.cha   CHAT; names, places and identifiers on the child's roster are pseudonyms, dates are
                           moved by the same number of weeks for all sessions of a child
measures.csv               the measures of each speaker of each session

Recordings are not part of it: a voice identifies a person. A name that nobody put on the roster may still be
there; ages, sex and group are. Do not try to find out who the children are.
"""


@dataclass(frozen=True, slots=True)
class ResearchExported:
    """What went out: children by pseudonym with their number of sessions."""

    sessions: dict[str, int]


def export_research(
    parts: Parts,
    pseudonyms: Pseudonyms,
    path: Path,
    children: Sequence[Child],
    *,
    actor: str,
    passphrase: str | None = None,
    report: Report | None = None,
) -> ResearchExported:
    """Write sessions of children, without names, into a zip; the consent of every one of them is asked first.

    Raises
    ------
    ConsentError
        A family has not agreed to research; then nothing is written.
    InputError
        ``archive.exists``, ``archive.unwritable``.
    """
    tell = report or (lambda text, fraction: None)
    for child in children:
        parts.consents.require(child.id, Purpose.RESEARCH_EXPORT)
    rows: list[tuple[object, ...]] = []
    counts: dict[str, int] = {}
    with new_archive(path, passphrase) as archive:
        for place, child in enumerate(children):
            tell("sessions", place / len(children))
            name = pseudonyms.of(child.id)
            entries = parts.repository.session_entries(child.id)
            counts[name] = len(entries)
            for number, entry in enumerate(entries, 1):
                text, found = _session(parts, child, entry, f"{name}-{number:02d}", name)
                archive.add(f"transcripts/{name}-{number:02d}.cha", [text.encode()], compress=True)
                rows += found
            parts.consents.require(child.id, Purpose.RESEARCH_EXPORT)  # it may have been withdrawn meanwhile
        archive.add("measures.csv", [_csv(rows).encode()], compress=True)
        archive.add("README.txt", [READ_ME.encode()], compress=True)
    for child in children:
        parts.audit.record(actor=actor, action="research.export", child_id=child.id)
    return ResearchExported(counts)


def _session(
    parts: Parts, child: Child, entry: SessionEntry, label: str, name: str
) -> tuple[str, list[tuple[object, ...]]]:
    stored = parts.repository.session(entry.id)
    session = without_names(parts, child, stored.session)
    return write_chat(session), [(name, label, entry.age_months, *row) for row in _measures(stored.analysis)]


def _measures(analysis: Analysis) -> Iterator[tuple[object, ...]]:
    for speaker in analysis.speakers.values():
        for m in speaker.measures.values():
            yield (speaker.code, speaker.role, m.id, m.value, m.unit, m.n, m.n_unit, m.rule, m.reason)


def _csv(rows: list[tuple[object, ...]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(plain_row(row) for row in rows)
    return buffer.getvalue()
