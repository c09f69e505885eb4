"""Pages of the documentation: each is in the contents, and its links lead somewhere. Quick; `make docs` builds them."""

import re
from pathlib import Path

import pytest

from docs.blocks import FENCE, PAGES, ROOT, name_of

DOCS = ROOT / "docs"
TOCTREE = re.compile(r"```\{toctree\}\n(?P<text>.*?)```", re.DOTALL)
LINK = re.compile(r"(?<!\\)\]\((?P<to>[^)\s]+)\)")
LISTING = {"measures": "README.md", "decisions": "README.md"}
"""Folders whose pages stand below the one that lists them (docs/conf.py)."""


def contents() -> set[str]:
    """Return the pages that the contents of docs/index.md name."""
    found: set[str] = set()
    for tree in TOCTREE.finditer((DOCS / "index.md").read_text(encoding="utf-8")):
        entries = [line for line in tree["text"].split() if not line.startswith(":")]
        for entry in entries:
            found |= {path.relative_to(DOCS).as_posix() for path in DOCS.glob(f"{entry}.md")}
    return found


def test_every_page_is_in_the_contents():
    listed = contents() | {"index.md"}
    left_out = [
        name
        for page in DOCS.rglob("*.md")
        if (name := page.relative_to(DOCS).as_posix()) not in listed and page.parent.name not in LISTING
    ]
    assert not left_out, "name them in docs/index.md"
    assert {f"{folder}/{page}" for folder, page in LISTING.items()} <= listed


@pytest.mark.parametrize("folder", LISTING)
def test_a_listing_names_every_page_of_its_folder(folder: str):
    text = (DOCS / folder / LISTING[folder]).read_text(encoding="utf-8")
    assert not [p.name for p in (DOCS / folder).glob("*.md") if p.name != LISTING[folder] and f"({p.name})" not in text]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    wrong = []
    for link in LINK.finditer(text):
        path, _, anchor = link["to"].partition("#")
        if ":" in path:
            continue
        target = page.parent / path if path else page
        in_a_page = target.exists() and (target.is_file() or page.parent == ROOT)  # GitHub shows folders, the site none
        if not in_a_page or (anchor and anchor not in anchors(target)):
            wrong.append(link["to"])
    assert not wrong


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and Sphinx name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
