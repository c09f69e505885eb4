"""The site of these pages: Sphinx reads Markdown (MyST) and draws it with Furo. `make docs` builds it.

Nothing is fetched: no fonts, scripts or counters of others; the search is in the site and works from a folder.
"""

import re
from pathlib import Path

project = "Speech & Development Companion"
author = "The SDC developers"
project_copyright = f"{author}. Apache-2.0"
html_title = project
html_short_title = "SDC"

HERE = Path(__file__).parent
CHILDREN = {"measures/README": "*", "decisions/README": "*"}
"""Pages that list a folder → the pages of it that stand below them in the contents."""

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
myst_heading_anchors = 3
nitpicky = True
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": False}  # arrows alone would take the keys of people who read by keys
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


ACCESSIBLE = (
    (re.compile(r'<p class="caption" role="heading">'), '<p class="caption" role="heading" aria-level="2">'),
    (re.compile(r'<aside class="sidebar-drawer">'), '<aside class="sidebar-drawer" aria-label="All pages">'),
    (re.compile(r'<aside class="toc-drawer'), '<aside aria-label="On this page" class="toc-drawer'),
    (re.compile(r'<(pre(?=>)|div(?= class="table-wrapper))'), r'<\1 tabindex="0"'),  # to be scrolled by keys
    (re.compile(r'<th class="head"><p></p></th>'), "<td></td>"),
    (re.compile(r'<div id="search-results">'), '<h1>Search</h1><div id="search-results">'),
)
"""What axe finds in the theme's pages → what it does not."""


def list_children(_app: object, name: str, source: list[str]) -> None:
    """Put the pages of a folder below the page that lists them: in the sources there are only plain links."""
    if name in CHILDREN:
        folder = (HERE / name).parent
        pages = "\n".join(sorted(path.stem for path in folder.glob(CHILDREN[name]) if path.name != "README.md"))
        source[0] += f"\n```{{toctree}}\n:hidden:\n\n{pages}\n```\n"


def make_accessible(app: object, failure: Exception | None) -> None:
    """Put right what the theme's templates leave out for screen readers and keyboards."""
    for path in [] if failure else Path(app.outdir).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for wrong, right in ACCESSIBLE:
            text = wrong.sub(right, text)
        path.write_text(text, encoding="utf-8")


def setup(app: object) -> None:
    """Let Sphinx call what this file adds."""
    app.connect("source-read", list_children)
    app.connect("build-finished", make_accessible)
