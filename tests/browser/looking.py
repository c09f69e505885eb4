"""Looking at a page: what axe finds, what sticks out, and a picture of it for people."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
AT_REST_MS = 250
LOADED_MS = 30_000


def settled(page: Page) -> None:
    """Wait until nothing is loaded any more, and what came is drawn."""
    page.wait_for_load_state("networkidle")  # of a page that was opened by its address; a link inside it asks on
    expect(page.locator(".loading")).to_have_count(0, timeout=LOADED_MS)
    page.wait_for_timeout(AT_REST_MS)


def drawn(page: Page, scheme: str) -> None:
    """Wait until a colour scheme is drawn: words are black for a frame or two on the way to it."""
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("() => Promise.all(document.getAnimations().map((moving) => moving.finished.catch(() => null)))")


def violations(page: Page) -> list[str]:
    """Return what axe finds in a page, by all of its rules."""
    page.evaluate(AXE.read_text())  # the pages' own policy refuses foreign script tags
    found = page.evaluate("() => axe.run()")["violations"]
    return [f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:200]}" for v in found]


def sticking_out(page: Page) -> list[str]:
    """Return by how much a page is wider than its window."""
    out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{out} px stick out"] if out > 0 else []


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture to be looked at, where SDC_TEST_PICTURES names a folder."""
    if folder := os.environ.get("SDC_TEST_PICTURES"):
        file = re.sub(r"\W+", "-", name)
        page.screenshot(path=Path(folder) / f"{file}.png", full_page=whole)
