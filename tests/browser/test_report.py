"""A report from the child's page: the dialog is accessible, and the file holds the figures that the page shows."""

from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"


def test_the_downloaded_report_holds_the_figures_of_the_page(demo_page: Page, tmp_path: Path):
    demo_page.get_by_role("link", name="Sarah").first.click()
    chart = demo_page.get_by_role("group", name="Mean length of utterance in words over the sessions")
    values = [chart.get_by_role("link").nth(i).get_attribute("aria-label") for i in range(5)]
    shown = [label.split(": ")[1].split(" ")[0] for label in values]
    demo_page.get_by_role("button", name="Report").click()
    download = demo_page.get_by_role("button", name="Download")
    expect(download).to_be_visible()
    demo_page.evaluate(AXE.read_text())  # the pages' own policy refuses foreign script tags
    found = demo_page.evaluate("() => axe.run()")["violations"]
    # Mantine's dialogs have a <header> of their own, which axe takes for a second banner (moderate).
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    with demo_page.expect_download() as saved:
        download.click()
    assert saved.value.suggested_filename == "progress.pdf"
    saved.value.save_as(tmp_path / "x.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    assert len(set(shown)) > 3 and all(value in text for value in shown), shown
    expect(download).to_be_hidden()
