"""A recording that a recogniser wrote down is reviewed in the session page: by keys, without a finding of axe."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.looking import picture, violations
from sdc.app import build_app
from sdc.demo import demo_model, demo_recording
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.settings import Settings

expect.set_options(timeout=20_000)  # a machine that does other work, too


@pytest.fixture
def session_page(open_home, tmp_path: Path) -> Page:
    """The page of a session that the demo's tiny model wrote down; nobody has told who speaks."""
    home = tmp_path / "home"
    with build_app(Settings(home=home, whisper_model=str(demo_model()))) as app:
        (added,) = add_paths(app, [demo_recording()], "Nora", Given(date="2026-03-04"))
        assert added.entry is not None
    page = open_home(home)
    page.get_by_role("link", name="Nora").click()
    expect(page.get_by_role("list", name=re.compile("^Sessions")).get_by_text("unreviewed transcript")).to_be_visible()
    page.get_by_role("link", name="4 Mar 2026").first.click()
    expect(strip_of(page)).to_be_visible()
    return page


def strip_of(page: Page):
    return page.get_by_role("region", name="Review of the transcript")


def left(page: Page) -> int:
    return int(re.search(r"(\d+) uncertain line", strip_of(page).inner_text()).group(1))


def test_doubtful_lines_are_looked_at_and_the_transcript_is_reviewed(session_page: Page):
    page, strip = session_page, strip_of(session_page)
    n_lines = left(page)
    assert n_lines > 10
    expect(page.get_by_role("button", name=re.compile("^Next"))).to_be_visible()
    # The button first: keys are heard once the page has come to rest.
    strip.get_by_role("button", name=re.compile("^Next")).click()
    first = strip.get_by_text(re.compile(r"^Line \d+:"))
    expect(strip.get_by_text("recognised with little confidence")).to_be_visible()
    number = first.inner_text()
    page.keyboard.press("v")
    expect(strip.get_by_text(f"{n_lines - 1} uncertain lines left")).to_be_visible()
    expect(first).not_to_have_text(number)
    number = first.inner_text()
    page.keyboard.press("n")
    expect(first).not_to_have_text(number)
    assert violations(page) == []
    picture(page, "review")
    page.reload()
    expect(strip.get_by_text(f"{n_lines - 1} uncertain lines left")).to_be_visible()

    strip.get_by_role("button", name="Mark the transcript as reviewed").click()
    expect(strip.get_by_text(re.compile("^Reviewed on this computer, "))).to_be_visible()
    expect(page.get_by_text("reviewed transcript", exact=True).first).to_be_visible()
    strip.get_by_role("button", name="Take the mark back").click()
    expect(strip.get_by_text(f"{n_lines - 1} uncertain lines left")).to_be_visible()


def test_insights_wait_until_somebody_says_who_is_who(session_page: Page):
    page = session_page
    insights = page.get_by_role("region", name="Insights")
    expect(insights.get_by_role("note")).to_contain_text("Insights wait until somebody says who speaks.")
    assert insights.get_by_role("article").count() == 0
    insights.get_by_role("button", name="Say who is who").click()
    page.get_by_role("group", name="Speaker (SP00) is").get_by_role("button", name="Child").click()
    expect(insights.get_by_role("article").first).to_be_visible()
    expect(insights.get_by_role("note")).to_contain_text("Some voices are not known yet")
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    picture(page, "review-dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert violations(page) == []
    picture(page, "review-phone")
