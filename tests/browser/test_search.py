"""The search in the browser: words in, passages out, and the way to the line where they were said."""

import re

from playwright.sync_api import Page, expect

from browser.looking import violations


def test_a_passage_is_found_and_leads_to_its_line(demo_page: Page):
    demo_page.get_by_role("link", name="Sarah").first.click()
    demo_page.get_by_role("link", name="Search", exact=True).click()
    expect(demo_page.get_by_text("Write a few words")).to_be_visible()
    demo_page.get_by_role("searchbox").fill("train")
    demo_page.get_by_role("searchbox").press("Enter")
    expect(demo_page).to_have_url(re.compile(r"/search\?q=train$"))
    passages = demo_page.get_by_role("list", name="Passages").get_by_role("listitem")
    expect(passages.first).to_contain_text(re.compile("train", re.IGNORECASE))
    expect(demo_page.get_by_text("not meanings")).to_be_visible()  # the demo has the lexical search
    for scheme in ("light", "dark"):
        demo_page.emulate_media(color_scheme=scheme)
        assert violations(demo_page) == []
    demo_page.set_viewport_size({"width": 390, "height": 844})
    assert demo_page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")

    line = passages.get_by_role("link", name=re.compile("from line")).first
    address = line.get_attribute("href")
    line.click()
    expect(demo_page).to_have_url(re.compile(re.escape(address)))
    expect(demo_page.locator(f"[data-index='{address.partition('#u')[2]}']")).to_be_visible()


def test_nothing_found_is_said(demo_page: Page):
    demo_page.get_by_role("link", name="Sarah").first.click()
    demo_page.get_by_role("link", name="Search", exact=True).click()
    demo_page.get_by_role("searchbox").fill("zzyzx quark")
    demo_page.get_by_role("button", name="Search", exact=True).click()
    expect(demo_page.get_by_role("heading", name="Nothing like that was found")).to_be_visible()
