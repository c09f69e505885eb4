"""Docstrings in numpydoc as Markdown."""

import re

SECTION = re.compile(r"^(\w+)\n-{3,}\n", re.MULTILINE)


def plain(text: str) -> str:
    """Return reStructuredText of a docstring as Markdown: double backquotes become single ones."""
    return text.replace("``", "`")


def sections(docstring: str) -> tuple[str, dict[str, str]]:
    """Return what a docstring says first, and its sections by title."""
    first, *rest = SECTION.split(plain(docstring))
    return first.strip(), {title: body.strip("\n") for title, body in zip(rest[::2], rest[1::2], strict=True)}


def entries(body: str) -> dict[str, str]:
    """Return the entries of a section: ``name : type`` (or an error) → what its lines say."""
    found: dict[str, str] = {}
    for line in body.splitlines():
        if line and not line.startswith(" "):
            found[line.strip()] = ""
        elif line.strip():
            last = next(reversed(found))
            found[last] = f"{found[last]} {line.strip()}".strip()
    return found
