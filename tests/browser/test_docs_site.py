"""The site of docs/: it builds without a warning, asks nobody for anything, and can be read by everybody."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.looking import picture, sticking_out, violations

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
FETCHED = re.compile(r"""<(?:link|script|img|iframe)[^>]+(?:href|src)="(?:https?:)?//[^"]+"|url\((?:https?:)?//""")
LOOKED_AT = ("index", "progress", "measures/README", "measures/mlu_words", "reference/command-line", "reference/errors")
LOOKED_AT += ("explanation/noise", "decisions/README", "search")
WIDTHS = {"desk": 1280, "phone": 390}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site, built as `make docs` builds it: warnings are errors."""
    out = tmp_path_factory.mktemp("docs") / "site"
    options = ["-q", "-W", "--keep-going", "-b", "html", "-d", str(out.parent / "doctrees")]
    build = [sys.executable, "-m", "sphinx", *options, "docs", str(out)]
    run = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return out


def test_nothing_is_fetched_from_elsewhere(site: Path):
    files = [path for path in site.rglob("*") if path.suffix in {".html", ".css"}]
    assert len(files) > 100
    assert not {path.name: found[0] for path in files if (found := FETCHED.search(path.read_text(encoding="utf-8")))}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_read_by_everybody(site: Path, chromium: Browser, scheme: str, width: str):
    wrong: dict[str, list[str]] = {}
    with chromium.new_context(color_scheme=scheme, viewport={"width": WIDTHS[width], "height": 844}) as context:
        page = context.new_page()
        for name in LOOKED_AT:
            page.goto((site / f"{name}.html").as_uri())
            page.wait_for_load_state("networkidle")
            picture(page, f"docs {name} {scheme} {width}", whole=False)
            if found := violations(page) + sticking_out(page):
                wrong[name] = found
    assert not wrong


def test_the_search_works_from_a_folder(site: Path, chromium: Browser):
    """No server, no network: the site may lie on a disk."""
    with chromium.new_context(offline=True) as context:
        page = context.new_page()
        page.goto((site / "search.html").as_uri() + "?q=retracing")
        results = page.locator("#search-results li a")
        results.first.wait_for()
        assert "Correcting a transcript" in results.all_inner_texts()
