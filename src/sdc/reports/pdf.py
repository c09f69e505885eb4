"""A report as PDF: tagged and accessible (PDF/UA-1), with its fonts inside, laid out by ``templates/report.typ``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sdc.reports.document import Document
from sdc.reports.figures import shorten
from sdc.reports.fonts import UNPRINTED, all_text, choose_fonts, isolated, without_unprinted
from sdc.reports.words import sentence

STANDARD: Final = "ua-1"

RUNNING_LETTERS = 48
"""So much of a name stands on top of each page: two lines beside the mark."""

MAX_WORD = 32
_LONG_WORD = re.compile(rf"\w{{{MAX_WORD},}}")
"""Longer than anything that SDC writes; a column of a table may be narrower."""


def pdf_bytes(document: Document, *, system_fonts: bool = True) -> bytes:
    """Return a report as PDF.

    Parameters
    ----------
    document : Document
    system_fonts : bool
        Whether fonts installed on this computer print what the report's own font has not. Letters that no
        font has are shown as ``[?]``, and a note at the end says so.
    """
    import typst

    data = page_data(document)
    fonts = choose_fonts("".join(all_text(_without_pictures(data))), system=system_fonts)
    data = _each_text(data, lambda text: breakable(isolated(without_unprinted(text, fonts.unprinted))))
    if fonts.unprinted:
        data["note"] = sentence("report", "unprinted", mark=UNPRINTED)
    data["fonts"] = list(fonts.families)
    made = datetime.fromisoformat(document.made_on).replace(tzinfo=UTC)
    template = files("sdc.reports").joinpath("templates", "report.typ").read_bytes()
    with TemporaryDirectory() as folder:
        data["logo"] = _place_logo(document, Path(folder))
        compiler = typst.Compiler(
            template, root=folder, ignore_system_fonts=not system_fonts, sys_inputs={"report": json.dumps(data)}
        )
        found = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=made)
    assert isinstance(found, bytes)
    return found


def breakable(text: str) -> str:
    """Return a text whose longest words may be broken, by marks that are not seen, so that none leaves its column."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(_pieces(word.group())), text)


def _pieces(word: str, length: int = 12) -> list[str]:
    return [word[i : i + length] for i in range(0, len(word), length)]


def page_data(document: Document) -> dict[str, Any]:
    """Return what both templates (PDF and HTML) lay out; the logo is placed by each writer."""
    data = asdict(document)
    practice = data.pop("practice")
    running = f"{document.title}, {shorten(document.subject, RUNNING_LETTERS)}"
    return data | {"practice": practice["name"], "note": "", "running": running}


def _place_logo(document: Document, folder: Path) -> str:
    """Write the logo where the template may read it; return its name, empty where there is none."""
    practice = document.practice
    if practice.logo is None:
        return ""
    name = f"logo.{practice.logo_format}"
    (folder / name).write_bytes(practice.logo)
    return name


def _without_pictures(data: dict[str, Any]) -> dict[str, Any]:
    """Drawings hold no text: their letters are shapes."""
    sections = [{**s, "blocks": [{**b, "svg": ""} for b in s["blocks"]]} for s in data["sections"]]
    return {**data, "sections": sections}


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return data with every text changed; drawings stay as they are."""
    if isinstance(value, str):
        return value if value.startswith("<svg") else change(value)
    if isinstance(value, dict):
        return {key: _each_text(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(inner, change) for inner in value]
    return value
