"""What a signature is put under: a digest of everything the report says, one of the facts behind it, and its block."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from sdc.reports.document import Block, Document, Facts, Lines, Section, Signature, Text
from sdc.reports.facts import ReportFacts
from sdc.reports.figures import shorten, show_date
from sdc.reports.words import sentence

KEY = "signature"
"""The section that the signature stands in; what is signed is all the others."""

SHOWN_DIGITS = 16
"""Of the digest, in print; the whole of it is kept with the signed report."""

MARK_LETTERS = 50
"""So much of a signer's name stands on top of each page; all of it stands under the report."""


def text_digest(document: Document) -> str:
    """Return the SHA-256 of everything a report says, in hexadecimal digits.

    The signature, the mark and the day on which the file was made are left out: the same words and figures
    have the same digest on every day, as a draft and signed.
    """
    data = asdict(replace(document, mark="", subtitle="", made_on="", signature=None))
    data["sections"] = [section for section in data["sections"] if section["key"] != KEY]
    data["practice"] = document.practice.name
    return _digest(data)


def facts_digest(facts: ReportFacts) -> str:
    """Return the SHA-256 of what a report rests on: sessions with measures, goals, phases, the therapist's note."""
    goals = [asdict(standing) for standing in (*facts.standings, *facts.closed)]
    sessions = [
        {
            "id": session.id,
            "version": session.version,
            "date": session.date,
            "measures": {name: [m.value, m.n, m.rule] for name, m in sorted(session.measures.items())},
        }
        for session in facts.sessions
    ]
    note = None if facts.note is None else [facts.note.session_id, facts.note.version]
    phases = None if facts.plan is None else facts.plan.version
    data = {"child": facts.child.id, "sessions": sessions, "goals": goals, "note": note, "phases": phases}
    return _digest(data)


def _digest(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sign_document(document: Document, signature: Signature) -> Document:
    """Return a report with a signature in the place of the draft's mark and of the lines to sign on."""
    mark = sentence(
        "report", "signed", who=shorten(signature.signer, MARK_LETTERS), day=show_date(signature.signed_at[:10])
    )
    sections = tuple(
        replace(section, blocks=_signed(section, signature)) if section.key == KEY else _without_lines(section)
        for section in document.sections
    )
    return replace(document, mark=mark, sections=sections, signature=signature)


def _signed(section: Section, signature: Signature) -> tuple[Block, ...]:
    replaced = ""
    if signature.replaces is not None:
        day = show_date(signature.replaces[:10])
        replaced = f"version {signature.version - 1} of {day}"
    rows = (
        ("Signed by", signature.signer),
        ("On", show_time(signature.signed_at)),
        ("Version", str(signature.version)),
        ("Replaces", replaced),
        ("Digest", signature.text_sha256[:SHOWN_DIGITS]),
    )
    kept = tuple(block for block in section.blocks if not isinstance(block, Lines))
    note = Text(sentence("report", "digest"), "note")
    return (*kept, Facts(tuple((name, value) for name, value in rows if value)), note)


def _without_lines(section: Section) -> Section:
    """Nobody writes on a report by hand after it was signed."""
    return replace(section, blocks=tuple(_filled(section.blocks)))


def _filled(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield Text(sentence("report", "nothing_written"), "note") if isinstance(block, Lines) else block


def show_time(iso: str) -> str:
    """Return ``26 November 2026, 09:30 UTC``."""
    return f"{show_date(iso[:10])}, {iso[11:16]} UTC"
