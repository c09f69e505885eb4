"""The progress page: small charts by keyboard, phases, the same figures as a table; axe finds nothing."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.looking import violations


@pytest.fixture
def progress(open_home: Callable[..., Page], demo_home: Path, tmp_path: Path) -> Page:
    """The demo child's progress, as its therapist opens it from the child's page."""
    page = open_home(shutil.copytree(demo_home, tmp_path / "home"))
    page.get_by_role("link", name=re.compile("Sarah")).first.click()
    followed = page.get_by_role("region", name="Over time")
    expect(followed.get_by_role("article")).to_have_count(3)
    followed.get_by_role("link", name="All measures over time").click()
    expect(page.get_by_role("heading", level=1, name="Progress")).to_be_visible()
    return page


def test_arrow_keys_read_the_sessions_and_enter_opens_one_with_its_evidence(progress: Page):
    course = progress.get_by_role("article", name="Mean length of utterance in words").first
    course.get_by_role("link").focus()
    progress.keyboard.press("Home")
    expect(course).to_contain_text("Week 1, 2 Mar 2026")
    progress.keyboard.press("Enter")
    expect(progress.get_by_role("heading", level=1, name="Sarah, 2 Mar 2026")).to_be_visible()
    expect(progress.get_by_text("marked below")).to_be_visible()


def test_phases_are_stated_and_compared(progress: Page):
    progress.get_by_role("button", name="State the phases").click()
    dialog = progress.get_by_role("dialog")
    for name, day in (
        ("baseline_first", "2026-03-02"),
        ("baseline_last", "2026-03-15"),
        ("intervention_first", "2026-03-16"),
    ):
        dialog.locator(f"[name={name}]").fill(day)
    dialog.get_by_role("button", name="Save").click()
    table = progress.get_by_role("region", name="Measures in both phases")
    expect(table.get_by_role("row").nth(1)).to_contain_text("sessions")
    expect(progress.get_by_text("Intervention: from 16 Mar 2026 on.")).to_be_visible()
    assert violations(progress) == []


def test_charts_and_table_hold_the_same_and_axe_finds_nothing(progress: Page):
    course = progress.get_by_role("article", name="Mean length of utterance in words").first
    value = re.search(r": (\d+\.\d+) words", course.inner_text())[1]
    assert violations(progress) == []
    progress.get_by_text("Table", exact=True).click()
    table = progress.get_by_role("region", name="Followed first, as a table")
    expect(table.get_by_role("row").last).to_contain_text(value)
    assert violations(progress) == []
    progress.reload()
    expect(table).to_be_visible()
