"""A transcript is corrected in the session page: by keyboard, by two at once, through deaths of server and tab."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.looking import sticking_out, violations
from sdc.app import build_app
from sdc.pipeline.editing import NewLine, edit_line
from sdc.settings import Settings

pytestmark = pytest.mark.long
SHAPES = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
PATIENCE_MS = 20_000
LIFE_S = 280


expect.set_options(timeout=PATIENCE_MS)  # a machine that does other work, too


def open_session(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Sarah")).first.click()
    sessions = page.get_by_role("list", name="Sessions, newest first")
    sessions.get_by_role("link", name=re.compile("2 Mar 2026")).click()
    expect(page.get_by_role("heading", level=1, name="Sarah, 2 Mar 2026")).to_be_visible()


def lines(page: Page):
    return page.locator("[data-transcript] [data-index]")


def counted(page: Page, n: int):
    return page.locator("[data-transcript]").get_by_text(f"{n} utterances")


def editor(page: Page):
    return page.get_by_role("textbox", name=re.compile("in CHAT"))


def saved(page: Page, version: int) -> None:
    expect(page.get_by_text(f"Saved · version {version}", exact=False)).to_be_visible()


def go_to(page: Page, line: int) -> None:
    """Walk to a line by keys, from the first on."""
    for _ in range(line):
        page.keyboard.press("j")
    expect(page.locator(f"[data-index='{line - 1}'][aria-current=true]")).to_be_visible()


def write(page: Page, text: str, key: str = "Control+Enter") -> None:
    page.keyboard.press("e")
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press(key)


def test_a_transcript_is_corrected_by_keyboard_alone(demo_page: Page):
    page = demo_page
    open_session(page)
    expect(counted(page, 59)).to_be_visible()
    go_to(page, 4)
    write(page, "I &-um want the big red house .")
    saved(page, 2)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_contain_text(
        "Mean length of utterance in words 3.53 → 3.62 after"
    )
    write(page, "<I want> [/] I want the red one .")  # the next line, without a step
    saved(page, 3)
    page.keyboard.press("j")
    write(page, "here it is now !", "Enter")
    saved(page, 4)
    for key in ("k", "k", "k", "w", "w", "w"):  # back to the first of them; its third word
        page.keyboard.press(key)
    expect(page.locator("[data-picked]")).to_have_text("want")
    page.keyboard.press("s")
    saved(page, 5)
    expect(counted(page, 60)).to_be_visible()
    expect(lines(page).nth(4)).to_contain_text("want the big red house.")
    page.keyboard.press("m")
    saved(page, 6)
    page.keyboard.press("u")
    saved(page, 7)
    page.keyboard.press("Shift+Control+Z")
    saved(page, 8)
    expect(counted(page, 59)).to_be_visible()
    page.keyboard.press("w")
    page.keyboard.press("x")
    saved(page, 9)
    page.reload()
    expect(lines(page).nth(3)).to_contain_text("unclear um want the big red house.")
    page.get_by_role("button", name="History").click()
    expect(page.get_by_role("dialog", name="History of the transcript").get_by_role("listitem")).to_have_count(9)
    expect(page.get_by_text("undone: back to version 5")).to_be_visible()


def test_the_times_of_a_line_are_moved_in_the_waveform(demo_page: Page):
    page = demo_page
    open_session(page)
    go_to(page, 4)
    start, end = (page.get_by_role("slider", name=f"{edge} of line 4") for edge in ("Start", "End"))
    before, after = (float(edge.get_attribute("aria-valuenow")) for edge in (start, end))
    start.press("ArrowRight")
    start.press("ArrowRight")
    start.press("Enter")
    saved(page, 2)
    expect(start).to_have_attribute("aria-valuenow", str(round(before + 0.1, 3)))
    box = end.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 35, box["y"] + 40, steps=4)
    page.mouse.up()
    saved(page, 3)
    assert float(end.get_attribute("aria-valuenow")) > after
    for version in (4, 5):
        page.keyboard.press("u")
        saved(page, version)
    expect(start).to_have_attribute("aria-valuenow", str(before))
    expect(end).to_have_attribute("aria-valuenow", str(after))


def test_two_tabs_that_write_one_line(demo_page: Page):
    open_session(demo_page)
    other = demo_page.context.new_page()
    other.goto(demo_page.url)
    for page in (demo_page, other):
        expect(lines(page).first).to_be_visible()
        go_to(page, 4)
    write(demo_page, "my house .", "Escape")  # typed, and not saved
    write(other, "their house .", "Enter")
    saved(other, 2)
    demo_page.get_by_role("button", name="Go on with it").click()
    expect(editor(demo_page)).to_be_focused()
    demo_page.keyboard.press("Enter")
    dialog = demo_page.get_by_role("dialog", name="Line 4 was changed by somebody else")
    expect(dialog.get_by_text("their house .")).to_be_visible()
    expect(dialog.get_by_text("my house .")).to_be_visible()
    dialog.get_by_role("button", name="Save mine").click()
    saved(demo_page, 3)
    expect(lines(demo_page).nth(3)).to_contain_text("my house.")
    other.close()


def test_an_edit_of_another_line_meanwhile_is_no_conflict(demo_page: Page, tmp_path: Path):
    open_session(demo_page)
    go_to(demo_page, 4)
    session_id = demo_page.url.rpartition("/")[2]
    with build_app(Settings(home=tmp_path / "home")) as app:  # another process over the same store
        edit_line(app.repository, session_id, 9, NewLine("the yellow one ."), seen=1, by="cli")
    write(demo_page, "a house .", "Enter")
    saved(demo_page, 3)
    expect(demo_page.get_by_role("dialog")).to_have_count(0)


@pytest.fixture
def mortal(demo_home: Path, tmp_path: Path):
    """Start servers over one store that can be killed at once; each has the address of the first."""
    home = copytree(demo_home, tmp_path / "home")
    running: list[subprocess.Popen[str]] = []
    watchdogs: list[threading.Timer] = []

    def start(port: str = "0") -> tuple[str, subprocess.Popen[str]]:
        env = {**os.environ, "SDC_HOME": str(home), "SDC_PORT": port}
        process = subprocess.Popen([sys.executable, "-m", "sdc.cli", "serve"], env=env, stdout=-1, text=True)
        watchdogs.append(threading.Timer(LIFE_S, process.kill))
        watchdogs[-1].start()
        running.append(process)
        return next(line.strip() for line in process.stdout if "token=" in line), process

    yield start
    for watchdog, process in zip(watchdogs, running, strict=True):
        watchdog.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def test_an_edit_outlives_the_server_and_a_text_its_tab(chromium: Browser, mortal):
    url, server = mortal()
    context = chromium.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(url)
    open_session(page)
    address = page.url
    go_to(page, 4)
    write(page, "kept for good .", "Enter")
    saved(page, 2)
    server.send_signal(signal.SIGKILL)
    server.wait()
    page.keyboard.press("e")
    editor(page).fill("typed and not saved .")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    page.close()  # with the text unsaved

    url, _ = mortal(re.search(r":(\d+)/", url).group(1))
    page = context.new_page()
    page.goto(url)
    page.goto(address)
    expect(lines(page).nth(3)).to_contain_text("kept for good.")
    expect(page.get_by_role("region", name="Unsaved texts")).to_contain_text("typed and not saved .")
    page.get_by_role("button", name="Go on with it").click()
    expect(editor(page)).to_have_value("typed and not saved .")
    page.keyboard.press("Enter")
    saved(page, 3)
    expect(lines(page).nth(3)).to_contain_text("typed and not saved.")
    expect(page.get_by_role("region", name="Unsaved texts")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_the_page_is_accessible_while_it_is_corrected(chromium: Browser, demo_page: Page, shape: str):
    open_session(demo_page)
    state = demo_page.context.storage_state()
    context = chromium.new_context(storage_state=state, locale="en-GB", reduced_motion="reduce", **SHAPES[shape])
    page = context.new_page()
    page.goto(demo_page.url)
    expect(lines(page).first).to_be_visible()

    def check(what: str) -> None:
        assert [*violations(page), *sticking_out(page)] == [], what

    go_to(page, 4)
    page.keyboard.press("w")
    expect(page.get_by_role("button", name="Taken back")).to_be_visible()
    check("picked words")
    write(page, "no end", "Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    check("a text that was refused")
    editor(page).fill("a house .")
    page.keyboard.press("Enter")
    saved(page, 2)
    page.keyboard.press("c")
    expect(page.get_by_role("dialog", name="Insert a code")).to_be_visible()
    check("codes")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="History").click()
    page.get_by_role("button", name="What changed in version 2").click()
    expect(page.get_by_role("dialog", name="History").get_by_text("a house", exact=False)).to_be_visible()
    check("history")
    context.close()
