"""Whole journeys: a therapist from a file to a report, who sees the norms, a server that goes away and comes back."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from browser.looking import picture, settled, sticking_out, violations
from sdc.access import Role
from sdc.app import build_app
from sdc.demo import demo_model, demo_transcripts
from sdc.settings import Settings

pytestmark = pytest.mark.long
GOOD = "otter plum bicycle"
PATIENCE_MS = 30_000
PROCESSED_MS = 90_000
LIFE_S = 280


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A busy machine takes its time."""
    expect.set_options(timeout=PATIENCE_MS)
    yield
    expect.set_options(timeout=5_000)


def lines(page: Page):
    return page.locator("[data-transcript] [data-index]")


def saved(page: Page, version: int) -> None:
    expect(page.get_by_text(f"Saved · version {version}", exact=False)).to_be_visible()


def length_of_utterances(page: Page) -> str:
    """Return the value that the session page shows."""
    return re.search(r"\d+\.\d\d(?= words / utterance)", page.locator("[data-measure=mlu_words]").inner_text())[0]


def hand_in(page: Page, name: str, transcript: Path) -> None:
    """Add a child with one transcript and its recording, and open the session."""
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Add a child").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add child").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    files = [str(transcript), str(transcript.with_suffix(".opus"))]
    page.locator("input[type=file]").first.set_input_files(files)
    page.get_by_role("button", name="Add this session").click()
    page.get_by_role("link", name="Open the session").click(timeout=PROCESSED_MS)
    expect(lines(page).first).to_be_visible()


def correct(page: Page, *texts: str) -> None:
    """Write the third line anew and those below it, by keys."""
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator("[data-index='2'][aria-current=true]")).to_be_visible()
    for version, text in enumerate(texts, start=2):
        page.keyboard.press("e")
        expect(page.get_by_role("textbox", name=re.compile("in CHAT"))).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Control+Enter")  # and on to the next line
        saved(page, version)


def test_from_a_file_to_a_report(page: Page, tmp_path: Path):
    hand_in(page, "Sarah", demo_transcripts()[0])
    before = length_of_utterances(page)
    correct(
        page, "I want the long red train on my table .", "it goes very fast now .", "I want all of the blue blocks ."
    )
    after = length_of_utterances(page)
    assert after != before
    picture(page, "journey-corrected", whole=False)

    page.get_by_role("link", name="Sarah", exact=True).click()
    strengths = page.get_by_role("region", name="Strengths")
    expect(strengths.get_by_text("draft").first).to_be_visible()
    settled(page)
    strengths.get_by_role("button", name=re.compile("^Approve")).first.click()
    expect(strengths.get_by_text("approved", exact=True)).to_be_visible()

    page.get_by_role("textbox", name="Question").fill("How long are Sarah's utterances?")
    page.get_by_role("button", name="Ask", exact=True).click()
    answer = page.get_by_role("article", name="Answer")
    expect(answer).to_contain_text(after)
    answer.scroll_into_view_if_needed()
    picture(page, "journey-asked", whole=False)

    page.get_by_role("link", name="Reports").click()
    paper = page.frame_locator("iframe")
    expect(paper.get_by_role("heading", name="Progress report")).to_be_visible(timeout=PROCESSED_MS)
    picture(page, "journey-report", whole=False)
    with page.expect_download(timeout=PROCESSED_MS) as download:
        page.get_by_role("button", name="Download the draft").click()
    download.value.save_as(tmp_path / "report.pdf")
    text = " ".join(" ".join(part.extract_text() for part in PdfReader(tmp_path / "report.pdf").pages).split())
    assert after in text
    assert before not in text


@contextmanager
def clinic(demo_home: Path, tmp_path: Path, serving) -> Iterator[str]:
    """Serve the demo child and another one to a therapist of both and to the first one's parent."""
    home = shutil.copytree(demo_home, tmp_path / "home")
    with build_app(Settings(home=home)) as app:
        (sarah,) = app.repository.children()
        omar = app.repository.add_child("Omar")
        for role, children in ((Role.THERAPIST, (sarah, omar)), (Role.PARENT, (sarah,))):
            account = app.accounts.add(role.value, role)
            app.accounts.set_password(account.id, GOOD)
            for child in children:
                app.accounts.teams.add(child.id, account.id)
    with serving(home, demo_model(), SDC_ACCOUNTS="yes") as url:
        yield url.rstrip("/")


@contextmanager
def account(chromium: Browser, url: str, name: str, **options: object) -> Iterator[Page]:
    """Sign in with an account; what breaks in the page fails the test."""
    context = chromium.new_context(locale="en-GB", **options)
    context.set_default_timeout(PATIENCE_MS)
    page, broken = context.new_page(), []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(url)
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Password").fill(GOOD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    yield page
    context.close()
    assert broken == []


def courses_with_norms(page: Page, address: str):
    """Open the progress page; return its bands of children of the same age."""
    page.goto(address)
    expect(page.get_by_role("article", name="Mean length of utterance in words").first).to_be_visible()
    settled(page)
    return page.locator("[data-band=norm]")


def test_norms_are_for_the_therapist_and_a_parent_sees_its_own_child(chromium, demo_home, tmp_path, serving):
    with clinic(demo_home, tmp_path, serving) as url:
        with account(chromium, url, "therapist") as therapist:
            therapist.get_by_role("link", name="Sarah").first.click()
            expect(therapist.get_by_role("heading", level=1, name="Sarah")).to_be_visible()
            address = f"{therapist.url}/progress"
            asked: list[int] = []
            therapist.on("response", lambda r: asked.append(r.status) if r.url.endswith("/norms") else None)
            expect(courses_with_norms(therapist, address).first).to_be_visible()
            assert asked == [200]
            expect(therapist.get_by_text("Show other children of the same age")).to_be_visible()
        phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "color_scheme": "dark"}
        with account(chromium, url, "parent", **phone) as parent:
            expect(parent.get_by_role("heading", level=1, name="Sarah")).to_be_visible()
            expect(parent.get_by_text("Omar")).to_have_count(0)
            settled(parent)
            assert [*violations(parent), *sticking_out(parent)] == []
            picture(parent, "journey-family")
            asked = []
            parent.on("request", lambda r: asked.append(r.url) if r.url.endswith("/norms") else None)
            expect(courses_with_norms(parent, address)).to_have_count(0)
            expect(parent.get_by_text("Show other children of the same age")).to_have_count(0)
            assert asked == []
            refused = parent.evaluate(
                "a => fetch(a).then(r => r.status)", f"/api{address.removeprefix(url).removesuffix('progress')}norms"
            )
            assert refused == 403


def start(home: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """Start `sdc serve`; return the process and the printed address."""
    env = {**os.environ, "SDC_HOME": str(home), "SDC_PORT": str(port)}
    command = [sys.executable, "-m", "sdc.cli", "serve"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    threading.Timer(LIFE_S, process.kill).start()
    return process, next(line.strip() for line in process.stdout if line.strip().startswith("http"))


def test_a_server_that_is_gone_is_told_with_what_to_do_and_comes_back(chromium, demo_home, tmp_path):
    home = shutil.copytree(demo_home, tmp_path / "home")
    process, url = start(home, 0)
    context = chromium.new_context(locale="en-GB")
    try:
        page = context.new_page()
        page.goto(url)
        expect(page.get_by_role("link", name="Sarah").first).to_be_visible()
        process.send_signal(signal.SIGINT)
        process.wait(20)
        page.get_by_role("link", name="Sarah").first.click()
        told = page.get_by_role("alert")
        expect(told.first).to_be_visible()
        picture(page, "journey-gone", whole=False)
        assert violations(page) == []
        process, fresh = start(home, int(re.search(r":(\d+)", url)[1]))
        page.get_by_role("button", name=re.compile("again", re.IGNORECASE)).first.click()
        page.get_by_role("textbox", name="Address or token").fill(fresh)  # a key lives as long as its server
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1, name="Sarah")).to_be_visible()
    finally:
        context.close()
        process.kill()
        process.wait()
