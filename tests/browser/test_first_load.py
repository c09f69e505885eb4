"""What the list of children loads: little, and nothing that only other pages need."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.looking import settled
from sdc.server.dashboard import STATIC

LIMIT_KB = 250
LATER = re.compile(r"assets/(session|child|progress|reports|search|people|family|invitation)-page|spectrogram|/es-")
PRELOADED = re.compile(r'(?:src|href)="/(assets/[\w.-]+\.js)"')


def size_kb(assets: set[str]) -> float:
    """Return the size of scripts as a server sends them that compresses, in kB of 1000 bytes."""
    return sum(len(gzip.compress((STATIC / asset).read_bytes())) for asset in assets) / 1000


@pytest.fixture
def loaded(demo_page: Page) -> set[str]:
    """Return the scripts that a browser fetches for the list of children."""
    demo_page.reload()
    expect(demo_page.get_by_role("link", name="Sarah").first).to_be_visible()
    settled(demo_page)
    names = demo_page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return {name.split("/", 3)[3] for name in names if name.endswith(".js") and "/assets/" in name}


def test_the_list_of_children_is_small(loaded):
    assert len(loaded) > 3
    assert size_kb(loaded) < LIMIT_KB


def test_scripts_and_styles_travel_compressed(loaded: set[str], demo_page: Page):
    sizes = demo_page.evaluate(
        "performance.getEntriesByType('resource').filter((e) => /assets.*[.](js|css)$/.test(e.name))"
        ".map((e) => [e.encodedBodySize, e.decodedBodySize])"
    )
    travelled, unpacked = (sum(column) for column in zip(*sizes, strict=True))
    assert 0 < travelled < unpacked * 0.4, f"{travelled} of {unpacked} bytes"


def test_the_entry_page_asks_for_no_other_pages_scripts(loaded):
    asked = set(PRELOADED.findall((STATIC / "index.html").read_text(encoding="utf-8")))
    assert asked <= loaded
    assert [name for name in loaded if LATER.search(name)] == []
    others = {path.name for path in (STATIC / "assets").glob("*.js") if LATER.search(f"assets/{path.name}")}
    assert len(others) >= 8, "the pages' names have changed"


def test_the_waveform_is_loaded_with_the_session_page_only(loaded):
    held = {path.name for path in (STATIC / "assets").glob("*.js") if b"wavesurfer" in path.read_bytes().lower()}
    assert held
    assert held.isdisjoint(Path(name).name for name in loaded)
