"""A report as one HTML file that holds everything and prints well: the PDF's data in ``templates/report.html``."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from html import escape as escape_html
from importlib.resources import files
from string import Template

from sdc.reports.document import Block, Document, Facts, Lines, Listing, Picture, Section, Table, Text
from sdc.reports.fonts import isolated

TYPES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}


def escape(text: str, *, quote: bool = True) -> str:
    """Return text as it may stand in HTML."""
    return escape_html(isolated(text), quote=quote)


def html_text(document: Document) -> str:
    """Return a report as HTML: no script, nothing that is fetched, alternative text for every drawing."""
    template = files("sdc.reports").joinpath("templates", "report.html").read_text(encoding="utf-8")
    return Template(template).substitute(
        title=escape(document.title),
        subject=escape(document.subject),
        subtitle=escape(document.subtitle),
        mark=escape(document.mark),
        kind=document.kind,
        practice=_practice(document),
        sections="\n".join(_section(section) for section in document.sections),
        footer=escape(document.footer),
    )


def _practice(document: Document) -> str:
    practice = document.practice
    name = f'<p class="practice" dir="auto">{escape(practice.name)}</p>' if practice.name else ""
    if practice.logo is None or practice.logo_format is None:
        return name
    source = f"data:{TYPES[practice.logo_format]};base64,{b64encode(practice.logo).decode()}"
    return f'{name}<img class="logo" src="{source}" alt="Logo of {escape(practice.name, quote=True)}">'


def _section(section: Section) -> str:
    blocks = "\n".join(_BLOCKS[type(block)](block) for block in section.blocks)
    return f"<section>\n<h2>{escape(section.title)}</h2>\n{blocks}\n</section>"


def _text(block: Text) -> str:
    return f'<p class="{block.tone}" dir="auto">{escape(block.text)}</p>'


def _listing(block: Listing) -> str:
    return "<ul>" + "".join(f'<li dir="auto">{escape(item)}</li>' for item in block.items) + "</ul>"


def _facts(block: Facts) -> str:
    rows = (f'<dt>{escape(name)}</dt><dd dir="auto">{escape(value)}</dd>' for name, value in block.rows)
    return f"<dl>{''.join(rows)}</dl>"


def _table(block: Table) -> str:
    def cell(i: int, text: str) -> str:
        return f'<td dir="auto"{_number(i, block)}>{escape(text)}</td>'

    head = "".join(f'<th scope="col"{_number(i, block)}>{escape(text)}</th>' for i, text in enumerate(block.head))
    rows = "\n".join("<tr>" + "".join(cell(i, text) for i, text in enumerate(row)) + "</tr>" for row in block.rows)
    title = escape(block.title, quote=True)
    return (
        f'<div class="table"><table aria-label="{title}"><thead><tr>{head}</tr></thead>'
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )


def _number(index: int, block: Table) -> str:
    return ' class="number"' if index in block.numeric else ""


def _picture(block: Picture) -> str:
    alt = escape(block.alt, quote=True)
    svg = block.svg.replace("<svg ", f'<svg role="img" aria-label="{alt}" ', 1)
    caption = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
    return f"<figure>{svg}{caption}</figure>"


def _lines(block: Lines) -> str:
    label = f'<p class="note">{escape(block.label)}</p>' if block.label else ""
    return '<div class="lines">' + '<div class="line"></div>' * block.count + f"{label}</div>"


_BLOCKS: dict[type[Block], Callable[..., str]] = {
    Text: _text,
    Listing: _listing,
    Facts: _facts,
    Table: _table,
    Picture: _picture,
    Lines: _lines,
}
