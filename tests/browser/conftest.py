"""A real server with the built dashboard, and the system's Chromium."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sdc.app import build_app
from sdc.demo import demo_model
from sdc.pipeline.demo import add_demo
from sdc.settings import Settings

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]
REFUSED = re.compile(r"the server responded with a status of (409|422)")
"""What Chromium logs when a question is asked back, or somebody else was quicker: answers, not faults."""
PATIENCE_MS = 20_000
LIFE_S = 280


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def served(home: Path, model: Path, *, life_s: float = LIFE_S, **settings: str) -> Iterator[str]:
    """Run `sdc serve` over a store, with further settings; yield the printed address."""
    env = {**os.environ, "SDC_HOME": str(home), "SDC_PORT": "0", "SDC_WHISPER_MODEL": str(model), **settings}
    log = (home.parent / "server.log").open("w")
    command = [sys.executable, "-m", "sdc.cli", "serve"]
    with log, subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        watchdog = threading.Timer(life_s, process.kill)  # stops by itself, whatever happens here
        watchdog.start()
        try:
            yield next(line.strip() for line in process.stdout if line.strip().startswith("http"))
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        finally:
            watchdog.cancel()
            process.kill()


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """Return ``served``, for files that serve in their own way."""
    return served


@contextmanager
def signed_in(chromium: Browser, url: str, **options: object) -> Iterator[Page]:
    """Open a fresh browser profile at the printed address; what the page complains of fails the test."""
    context: BrowserContext = chromium.new_context(locale="en-GB", **options)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda m: complaints.append(m.text) if m.type == "error" and not REFUSED.search(m.text) else None
    )
    foreign: list[str] = []
    home = url.partition("/?")[0]
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((home, "data:", "blob:")) else None)
    page.goto(url)
    yield page
    context.close()
    assert complaints == []
    assert foreign == []


@pytest.fixture
def launch(chromium: Browser) -> Iterator[Callable[..., Browser]]:
    """Start the same Chromium with more arguments, for what a page may not arrange by itself: a microphone."""
    with ExitStack() as stack:

        def launch(*arguments: str) -> Browser:
            started = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *arguments])
            stack.callback(started.close)
            return started

        yield launch


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """Somebody who has just started `sdc serve` for the first time."""
    with served(tmp_path / "home", demo_model()) as url, signed_in(chromium, url) as page:
        yield page


@pytest.fixture
def open_home(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Serve a store and return somebody who is signed in to it."""
    with ExitStack() as stack:

        def open_home(home: Path, browser: Browser = chromium, **options: object) -> Page:
            url = stack.enter_context(served(home, demo_model()))
            return stack.enter_context(signed_in(browser, url, **options))

        yield open_home


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demo child."""
    home = tmp_path_factory.mktemp("demo") / "home"
    with build_app(Settings(home=home)) as app:
        _, failures = add_demo(app)
    assert failures == []
    return home


@pytest.fixture
def demo_page(chromium: Browser, demo_home: Path, tmp_path: Path) -> Iterator[Page]:
    """Somebody who looks at the demo child, in a store of their own."""
    home = shutil.copytree(demo_home, tmp_path / "home")
    with served(home, demo_model()) as url, signed_in(chromium, url) as page:
        yield page
