"""Take the pictures of the dashboard that the README and the docs show, on the demo child.

::

    python scripts/make_screenshots.py            # writes into docs/images

It needs Chromium on the machine and Playwright (``pip install -e '.[dev]'``).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from sdc.app import build_app
from sdc.demo import QUESTION
from sdc.pipeline.demo import add_demo
from sdc.settings import Settings

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SIZE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
REPORT_MS = 60_000  # the first report loads the library of its charts
SETTLE_MS = 1500  # the waveform and the tracks are drawn


@contextmanager
def demo_server(home: Path) -> Iterator[str]:
    """Serve a store with the demo child; yield the printed address."""
    with build_app(Settings(home=home)) as app:
        add_demo(app)
    env = {**os.environ, "SDC_HOME": str(home), "SDC_PORT": "0"}
    command = [sys.executable, "-m", "sdc.cli", "serve"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield next(line.strip() for line in process.stdout if "token=" in line)
        process.terminate()


def take(page: Page, name: str, folder: Path) -> None:
    """Save what is in view."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=folder / f"{name}.png")
    print(folder / f"{name}.png")


def tour(page: Page, url: str, folder: Path) -> None:
    """Walk through the dashboard."""
    page.goto(url)
    page.get_by_role("link", name="Sarah").first.click()
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("article", name="Answer").scroll_into_view_if_needed()
    page.evaluate("window.scrollTo(0, 0)")
    take(page, "child", folder)
    page.get_by_role("list", name="Sessions, newest first").get_by_role("link").last.click()
    page.locator("[data-measure=mlu_words]").get_by_role("button").click()
    page.get_by_role("button", name="Play line 5,", exact=False).click()
    page.get_by_role("button", name="Pause", exact=True).click()
    page.evaluate("window.scrollTo(0, 0)")
    take(page, "session", folder)
    rest(page, url.partition("/?")[0], folder)


def rest(page: Page, url: str, folder: Path) -> None:
    """Take the pages that are reached by their addresses: progress in the dark, reports, a family's phone."""
    child = page.evaluate("fetch('/api/children').then((answer) => answer.json())")["items"][0]["id"]
    page.emulate_media(color_scheme="dark")
    page.goto(f"{url}/children/{child}/progress")
    take(page, "progress-dark", folder)
    page.emulate_media(color_scheme="light")
    page.goto(f"{url}/children/{child}/reports")
    page.frame_locator("iframe").get_by_role("heading", name="Progress report").wait_for(timeout=REPORT_MS)
    take(page, "reports", folder)
    page.set_viewport_size(PHONE)
    page.goto(f"{url}/children/{child}/family")
    take(page, "family-phone", folder)


def main(folder: Path) -> None:
    """Take all pictures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home, demo_server(Path(home)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, locale="en-GB", reduced_motion="reduce")
        tour(page, url, folder)
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=IMAGES)
    main(parser.parse_args().folder)
