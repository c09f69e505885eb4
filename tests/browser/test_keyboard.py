"""The whole way of a therapist without a mouse: each step by keys, and the focus is seen at each of them."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from browser.keyboard import press, round_of, seen, tab_to, where
from browser.looking import settled
from sdc.access import Role
from sdc.app import build_app
from sdc.demo import demo_model, demo_transcripts
from sdc.settings import Settings

pytestmark = pytest.mark.long
GOOD = "otter plum bicycle"
PATIENCE_MS = 30_000
PROCESSED_MS = 90_000


@pytest.fixture
def therapist(
    chromium: Browser, demo_home: Path, tmp_path: Path, serving: Callable[..., AbstractContextManager[str]]
) -> Iterator[Page]:
    """The sign-in page of a clinic in which somebody works with the demo child."""
    home = shutil.copytree(demo_home, tmp_path / "home")
    with build_app(Settings(home=home)) as app:
        (sarah,) = app.repository.children()
        account = app.accounts.add("ann", Role.THERAPIST)
        app.accounts.set_password(account.id, GOOD)
        app.accounts.teams.add(sarah.id, account.id)
    expect.set_options(timeout=PATIENCE_MS)
    with serving(home, demo_model(), SDC_ACCOUNTS="yes") as url:
        context = chromium.new_context(locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        page, broken = context.new_page(), []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(url)
        yield page
        context.close()
        assert broken == []
    expect.set_options(timeout=5_000)


def sign_in(page: Page) -> None:
    tab_to(page, page.get_by_role("textbox", name="Name"))
    page.keyboard.type("ann")
    tab_to(page, page.get_by_role("textbox", name="Password"))
    page.keyboard.type(GOOD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Children")).to_be_visible()


def whole(page: Page) -> list[str]:
    """Go round a page; what is wrong with its stops. The first one leads past the head."""
    settled(page)
    stops = round_of(page)
    assert stops[0]["what"] == "a “Skip to the content”"
    assert all(stop["tabIndex"] == 0 for stop in stops)
    assert [stop["at"] for stop in stops] == sorted(stop["at"] for stop in stops)  # as it is written, so it is read
    return [wrong for stop in stops for wrong in seen(stop)]


def heading(page: Page, name: str | re.Pattern[str]) -> None:
    """Wait for a page; the keyboard stands at its beginning."""
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    settled(page)


def back_to_sarah(page: Page) -> None:
    tab_to(page, page.get_by_role("link", name="Skip to the content"), "Shift+Tab")
    press(page, page.get_by_role("link", name="Sarah", exact=True))
    heading(page, "Sarah")


def hand_in(page: Page) -> None:
    transcript = demo_transcripts()[0]
    with page.expect_file_chooser() as chooser:
        press(page, page.get_by_role("button", name="Choose files"))
    chooser.value.set_files([str(transcript), str(transcript.with_suffix(".opus"))])
    press(page, page.get_by_role("button", name="Add this session"))
    opened = page.get_by_role("link", name=re.compile("^Open the session|^Open that session")).first
    expect(opened).to_be_visible(timeout=PROCESSED_MS)
    settled(page)
    press(page, opened)
    expect(page.locator("[data-transcript] [data-index]").first).to_be_visible()


def listen_and_correct(page: Page) -> None:
    settled(page)
    lines = page.get_by_role("button", name=re.compile(r"^Play line \d+,"))
    tab_to(page, lines.first)
    page.keyboard.press("Enter")
    pause = page.get_by_role("button", name="Pause", exact=True)
    expect(pause).to_be_visible()
    page.keyboard.press("Space")
    expect(pause).to_be_hidden()
    for _ in range(2):
        page.keyboard.press("j")
    expect(page.locator("[aria-current=true] [data-line]")).to_be_focused()
    page.keyboard.press("e")
    written = page.get_by_role("textbox", name=re.compile("in CHAT"))
    expect(written).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("I want the long red train on my table .")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved · version 2", exact=False)).to_be_visible()
    expect(page.locator("[aria-current=true] [data-line]")).to_be_focused()  # as before it was written in


def read_the_keys(page: Page) -> None:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("[aria-current=true] [data-line]")).to_be_focused()  # closing a dialog gives it back


def ask(page: Page) -> None:
    tab_to(page, page.get_by_role("textbox", name="Question"))
    page.keyboard.type("How long are Sarah's utterances?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="Answer")).to_be_visible()


def approve(page: Page) -> None:
    strengths = page.get_by_role("region", name="Strengths")
    approved = strengths.get_by_text("approved", exact=True)
    before = approved.count()
    press(page, strengths.get_by_role("button", name=re.compile("^Approve")).first)
    expect(approved).to_have_count(before + 1)


def fetch_report(page: Page, folder: Path) -> str:
    tab_to(page, page.get_by_role("button", name="Download the draft"))
    with page.expect_download(timeout=PROCESSED_MS) as download:
        page.keyboard.press("Enter")
    download.value.save_as(folder / "report.pdf")
    return " ".join(part.extract_text() for part in PdfReader(folder / "report.pdf").pages)


def sign_out(page: Page) -> None:
    press(page, page.get_by_role("button", name=re.compile("ann")))
    out = page.get_by_role("menuitem", name="Sign out", exact=True)
    expect(out).to_be_visible()
    for _ in range(6):
        page.keyboard.press("ArrowDown")
        if out.evaluate("(one) => one === document.activeElement"):
            break
    assert seen(where(page)) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_therapist_works_without_a_mouse(therapist: Page, tmp_path: Path):
    page = therapist
    sign_in(page)
    settled(page)
    press(page, page.get_by_role("link", name="Sarah").first)
    heading(page, "Sarah")
    hand_in(page)
    listen_and_correct(page)
    read_the_keys(page)
    back_to_sarah(page)
    approve(page)
    ask(page)
    press(page, page.get_by_role("link", name="All measures over time"))
    heading(page, "Progress")
    tab_to(page, page.get_by_role("article").first.get_by_role("link").first)
    back_to_sarah(page)
    press(page, page.get_by_role("link", name="Reports"))
    heading(page, "Reports")
    assert "Sarah" in fetch_report(page, tmp_path)
    sign_out(page)


def test_what_comes_late_does_not_push_the_focus_out_of_view(therapist: Page):
    page, held = therapist, []
    sign_in(page)
    settled(page)
    page.route("**/insights?*", lambda route: held.append(route))  # noqa: PLW0108 - page.route marks its function
    page.get_by_role("link", name="Sarah").first.click()
    sessions = page.get_by_role("list", name="Sessions").get_by_role("link")
    tab_to(page, sessions.first)
    assert len(held) == 1
    height = page.evaluate("document.documentElement.scrollHeight")
    held[0].continue_()
    expect(page.get_by_role("region", name="Strengths")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") > height + 1000  # all of it stands above
    assert seen(where(page)) == []


def test_tab_leads_through_every_page_and_out_of_it(therapist: Page):
    page = therapist
    found = {"sign in": whole(page)}
    sign_in(page)
    found["children"] = whole(page)
    page.get_by_role("link", name="Sarah").first.click()
    heading(page, "Sarah")
    child, found["child"] = page.url, whole(page)
    for part in ("progress", "search", "reports", "family"):
        page.goto(f"{child}/{part}")
        expect(page.get_by_role("status").get_by_role("heading", level=1)).to_have_count(0)  # what is loading
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        found[part] = whole(page)
    page.goto(child)
    page.get_by_role("link", name="2026").first.click()
    expect(page.locator("[data-transcript] [data-index]").first).to_be_visible()
    found["session"] = whole(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_skip_link_leads_past_the_head(therapist: Page):
    page = therapist
    sign_in(page)
    settled(page)
    tab_to(page, page.get_by_role("link", name="Skip to the content"), "Shift+Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside
