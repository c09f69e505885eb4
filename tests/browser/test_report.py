"""Reports in the browser: a page like the PDF, signed and fetched again, with the dashboard's figures."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.looking import violations
from sdc.reports.figures import show_value

PATIENCE_MS = 30_000


def figures(page: Page) -> list[str]:
    """What the dashboard shows for the length of utterances in each session."""
    child = page.url.split("/children/")[1].split("/")[0]
    address = f"/api/children/{child}/series?measure=mlu_words"
    points = page.evaluate(f"() => fetch('{address}').then((answer) => answer.json())")["points"]
    return [show_value(point["value"], "words/utterance") for point in points]


def pdf_text(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_report_is_previewed_signed_and_fetched_with_the_figures_of_the_page(demo_page: Page, tmp_path: Path):
    demo_page.get_by_role("link", name="Sarah").first.click()
    demo_page.get_by_role("link", name="Reports").click()
    shown = figures(demo_page)
    paper = demo_page.frame_locator("iframe")
    # The first report of a server draws its charts with a library that is loaded then.
    expect(paper.get_by_role("heading", name="Progress report")).to_be_visible(timeout=PATIENCE_MS)
    expect(paper.get_by_text("Draft until signed by the therapist")).to_be_visible()
    text = " ".join(paper.locator("body").inner_text().split())
    assert len(set(shown)) > 3 and all(value in text for value in shown), shown
    assert violations(demo_page) == []

    demo_page.get_by_role("checkbox", name="All measures of the last session").uncheck()
    expect(paper.get_by_role("heading", name=re.compile("All measures"))).to_be_hidden(timeout=PATIENCE_MS)
    with demo_page.expect_download() as saved:
        demo_page.get_by_role("button", name="Download the draft").click()
    assert saved.value.suggested_filename == "progress.pdf"
    saved.value.save_as(tmp_path / "draft.pdf")
    draft = pdf_text(tmp_path / "draft.pdf")
    assert "Draft until signed" in draft and "All measures" not in draft and all(value in draft for value in shown)

    demo_page.get_by_role("button", name="Sign…").click()
    dialog = demo_page.get_by_role("dialog")
    dialog.get_by_label("Your name and qualification").fill("Ana Ruiz, speech-language therapist")
    dialog.get_by_role("checkbox").check()
    assert violations(demo_page) == []
    dialog.get_by_role("button", name="Sign").click()
    expect(demo_page.get_by_role("heading", name="Progress report, version 1")).to_be_visible(timeout=PATIENCE_MS)
    with demo_page.expect_download() as saved:
        demo_page.get_by_role("button", name="Download Progress report, version 1 as PDF").click()
    saved.value.save_as(tmp_path / "signed.pdf")
    signed = pdf_text(tmp_path / "signed.pdf")
    assert "Signed by Ana Ruiz, speech-language therapist" in signed and "Draft" not in signed
    assert all(value in signed for value in shown)


def test_the_words_of_a_note_are_written_beside_its_page(demo_page: Page):
    demo_page.get_by_role("link", name="Sarah").first.click()
    demo_page.get_by_role("link", name="Reports").click()
    demo_page.get_by_role("radio", name="Session note").check()
    demo_page.get_by_label(re.compile("^S: what")).fill("Mum says she sings a lot.")
    demo_page.get_by_label(re.compile("^P: what")).fill("Songs again.")
    demo_page.get_by_role("button", name="Save").click()
    paper = demo_page.frame_locator("iframe")
    expect(paper.get_by_text("Mum says she sings a lot.")).to_be_visible(timeout=PATIENCE_MS)
    expect(paper.get_by_text(re.compile("Written by the therapist .*version 1")).first).to_be_visible()
    demo_page.set_viewport_size({"width": 390, "height": 844})
    width = demo_page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 390
    assert violations(demo_page) == []
