"""A clinic's server in a real browser: signing in, inviting a parent, who sees which child, signing out."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sdc.access import Role
from sdc.app import build_app
from sdc.settings import Settings

GOOD = "otter plum bicycle"
PATIENCE_MS = 20_000
LIFE_S = 120


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[str]:
    """Run `sdc serve` with accounts over two children; yield the printed address."""
    home = tmp_path / "home"
    with build_app(Settings(home=home)) as app:
        ann = app.accounts.add("ann@clinic.example", Role.ADMIN)
        app.accounts.set_password(ann.id, GOOD)
        for name in ("Nora", "Omar"):
            app.repository.add_child(name)
    env = {**os.environ, "SDC_HOME": str(home), "SDC_PORT": "0", "SDC_ACCOUNTS": "yes"}
    command = [sys.executable, "-m", "sdc.cli", "serve"]
    log = (tmp_path / "server.log").open("w")
    with log, subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        watchdog = threading.Timer(LIFE_S, process.kill)  # stops by itself, whatever happens here
        watchdog.start()
        try:
            yield next(line.strip() for line in process.stdout if line.strip().startswith("http"))
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        finally:
            watchdog.cancel()
            process.kill()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator:
    """Open an address in a fresh browser profile; what breaks in the page fails the test."""
    contexts, broken = [], []

    def open_page(url: str) -> Page:
        context = chromium.new_context(locale="en-GB")
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(url)
        return page

    expect.set_options(timeout=PATIENCE_MS)
    yield open_page
    for context in contexts:
        context.close()
    assert broken == []


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Password").fill(GOOD)
    page.get_by_role("button", name="Sign in").click()


def test_from_the_first_sign_in_to_a_parents_child(clinic, open_page):
    admin = open_page(f"{clinic}people")
    sign_in(admin, "ann@clinic.example")
    expect(admin.get_by_role("heading", name="People")).to_be_visible()  # back where the way had led
    admin.get_by_role("button", name="Invite somebody").click()
    admin.get_by_role("textbox", name="Name to sign in with").fill("bea")
    admin.get_by_role("combobox", name="On the care team of").click()
    admin.get_by_role("option", name="Nora").click()
    admin.keyboard.press("Escape")
    admin.get_by_role("button", name="Make the link").click()
    link = admin.get_by_label("Invitation link").input_value()

    parent = open_page(link)
    expect(parent.get_by_text("You are invited as parent")).to_be_visible()
    parent.get_by_role("textbox", name="New password").fill(GOOD)
    parent.get_by_role("textbox", name="The same once more").fill(GOOD)
    parent.get_by_role("button", name="Set password and sign in").click()
    expect(parent.get_by_role("heading", name="Nora", level=1)).to_be_visible()
    expect(parent.get_by_text("Omar")).to_have_count(0)
    expect(parent.get_by_role("link", name="People")).to_have_count(0)
    assert parent.evaluate("document.cookie") == ""

    parent.get_by_role("button", name="bea").click()
    parent.get_by_role("menuitem", name="Sign out", exact=True).click()
    expect(parent.get_by_role("heading", name="Sign in")).to_be_visible()
    parent.reload()
    expect(parent.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(parent.get_by_text("Nora")).to_have_count(0)
