"""A family on its phone: invited, signs in, sees only its child, hears the moment, tells how the idea went."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.looking import drawn, picture, violations
from sdc.access import Role
from sdc.app import build_app
from sdc.settings import Settings

GOOD = "otter plum bicycle"
PATIENCE_MS = 20_000
LIFE_S = 200
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def clinic(demo_home: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Run `sdc serve` with accounts over the demo child and another one; yield address and an invitation's secret."""
    home = shutil.copytree(demo_home, tmp_path / "home")
    with build_app(Settings(home=home)) as app:
        (sarah,) = app.repository.children()
        app.repository.add_child("Omar")
        bea = app.accounts.add("bea", Role.PARENT)
        app.accounts.teams.add(sarah.id, bea.id)
        secret = app.accounts.invite(bea.id).secret
    env = {**os.environ, "SDC_HOME": str(home), "SDC_PORT": "0", "SDC_ACCOUNTS": "yes"}
    command = [sys.executable, "-m", "sdc.cli", "serve"]
    log = (tmp_path / "server.log").open("w")
    with log, subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        watchdog = threading.Timer(LIFE_S, process.kill)  # stops by itself, whatever happens here
        watchdog.start()
        try:
            yield next(line.strip() for line in process.stdout if line.strip().startswith("http")), secret
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        finally:
            watchdog.cancel()
            process.kill()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A phone of 390 px; what breaks in the page, or leaves the server, fails the test."""
    context = chromium.new_context(locale="en-GB", viewport=PHONE, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    page, broken = context.new_page(), []
    page.on("pageerror", lambda error: broken.append(str(error)))
    expect.set_options(timeout=PATIENCE_MS)
    yield page
    context.close()
    assert broken == []


def signed_in(page: Page, clinic: tuple[str, str]) -> Page:
    """Open the invitation, choose a password, and come to the child."""
    address, secret = clinic
    page.goto(f"{address}invitation#{secret}")
    page.get_by_role("textbox", name="New password").fill(GOOD)
    page.get_by_role("textbox", name="The same once more").fill(GOOD)
    page.get_by_role("button", name="Set password and sign in").click()
    expect(page.get_by_role("heading", name="Sarah", level=1)).to_be_visible()
    expect(page.get_by_role("list", name="Agreed", exact=True)).to_be_visible()
    return page


def test_an_invited_parent_hears_the_moment_and_tells_of_the_idea(clinic, phone):
    page = signed_in(phone, clinic)
    expect(page.get_by_text("Omar")).to_have_count(0)
    expect(page.get_by_role("table")).to_have_count(0)

    with page.expect_response(re.compile(r"/api/sessions/\w+/media$")) as sound:
        page.get_by_role("button", name="Listen to Sarah").click()
    assert sound.value.status in (200, 206)
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_role("button", name="Listen to Sarah")).to_be_visible()  # it stops by itself

    idea = page.get_by_role("region", name="One thing to try")
    title = idea.get_by_role("heading", level=3)
    first = title.inner_text()
    idea.get_by_role("button", name="Yes").click()
    idea.get_by_role("button", name="Well").click()
    expect(idea.get_by_text(f"Last time you told us about “{first}”")).to_be_visible()
    expect(title).not_to_have_text(first)
    picture(page, "family-told")

    page.get_by_role("link", name="All recordings").click()
    expect(page.get_by_role("list", name="Sessions, newest first")).to_be_in_viewport()
    expect(page.get_by_role("button", name=re.compile("^Approve"))).to_have_count(0)
    expect(page.get_by_role("button", name="Erase…")).to_have_count(0)


def test_the_familys_page_in_both_schemes_and_on_narrow_phones(clinic, phone):
    page = signed_in(phone, clinic)
    for scheme, width in product(("light", "dark"), (390, 320)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour between two is looked at
        page.set_viewport_size({"width": width, "height": 844})
        drawn(page, scheme)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture(page, f"family-{scheme}-{width}")
