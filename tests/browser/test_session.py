"""The dashboard on the demo child: what plays, what follows, what is cited."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.looking import sticking_out, violations
from sdc.demo import QUESTION

SHAPES = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}


expect.set_options(timeout=20_000)  # a machine that does other work, too


def open_child(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Sarah")).first.click()
    expect(page.get_by_role("heading", level=1, name="Sarah")).to_be_visible()


def open_session(page: Page, name: str = "2 Mar 2026") -> None:
    open_child(page)
    page.get_by_role("list", name="Sessions, newest first").get_by_role("link", name=re.compile(name)).click()
    expect(page.get_by_role("heading", level=1, name=f"Sarah, {name}")).to_be_visible()


def test_the_list_of_children_and_the_timeline(demo_page: Page):
    row = demo_page.get_by_role("list", name="Children").get_by_role("listitem")
    expect(row).to_contain_text("5 sessions")
    expect(row).to_contain_text("30 Mar 2026")
    open_child(demo_page)
    mazes = demo_page.get_by_role("article", name="Words in mazes")
    mazes.get_by_role("link").focus()
    expect(mazes).to_contain_text("6.3")
    demo_page.keyboard.press("Home")
    expect(mazes).to_contain_text("24.7")


def test_the_transcript_follows_the_playback(demo_page: Page):
    open_session(demo_page)
    active = demo_page.locator("[data-transcript] [data-active=true]")
    demo_page.get_by_role("button", name="Play", exact=True).click()
    expect(active).to_contain_text("look, Sarah", timeout=10_000)
    expect(active).to_contain_text("the blocks", timeout=10_000)  # the next line, two seconds later
    demo_page.get_by_role("button", name="Pause", exact=True).click()
    demo_page.get_by_role("button", name="Play line 10,", exact=False).click()
    expect(active).to_contain_text("the yellow one next")


def test_a_measure_shows_the_lines_that_it_rests_on(demo_page: Page):
    open_session(demo_page)
    demo_page.locator("[data-measure=mlu_words]").get_by_role("button").click()
    expect(demo_page.get_by_text("rests on 34 lines, marked below")).to_be_visible()
    marked = demo_page.locator("[data-transcript] [data-marked=true]")
    expect(marked.first).to_contain_text("the blocks")
    expect(demo_page.locator("[data-measure=mlu_words] code")).to_have_text(re.compile(r"mlu_words\.v\d+"))


def test_an_insight_leads_to_its_line(demo_page: Page):
    open_session(demo_page)
    insight = demo_page.get_by_role("article", name="Seen in this session").filter(has_text="The longest utterance")
    insight.get_by_role("button", name=re.compile(r"line \d+")).click()
    active = demo_page.locator("[data-transcript] [data-active=true]")
    expect(active).to_contain_text("I want the red one")


def test_a_question_is_answered_with_evidence(demo_page: Page):
    open_child(demo_page)
    demo_page.get_by_label("Question").fill(QUESTION)
    demo_page.get_by_role("button", name="Ask", exact=True).click()
    answer = demo_page.get_by_role("article", name="Answer")
    expect(answer).to_contain_text("Words in mazes: lower than before")
    expect(answer).to_contain_text("24.7 % (162 words) in week 1; 6.3 % (143 words) in week 5")
    expect(answer).to_contain_text("Not a diagnosis")
    answer.get_by_role("link", name=re.compile("2 Mar 2026.*line")).last.click()
    expect(demo_page.get_by_role("heading", level=1)).to_contain_text("Sarah, ")
    expect(demo_page.locator("[data-transcript] [data-active=true]")).to_be_visible()


def test_what_is_not_understood_is_asked_back(demo_page: Page):
    open_child(demo_page)
    demo_page.get_by_label("Question").fill("Is she autistic?")
    demo_page.get_by_role("button", name="Ask", exact=True).click()
    expect(demo_page.get_by_text("it does not diagnose")).to_be_visible()


def test_an_unknown_address_says_so(demo_page: Page):
    home = demo_page.url
    demo_page.goto(f"{home}nowhere")
    expect(demo_page.get_by_text("There is no such page")).to_be_visible()


@pytest.mark.parametrize("shape", SHAPES)
def test_pages_are_accessible(chromium: Browser, demo_page: Page, shape: str):
    """axe-core finds nothing on any page, and nothing sticks out at the side."""
    state = demo_page.context.storage_state()
    home = demo_page.url
    open_session(demo_page)
    session = demo_page.url
    demo_page.go_back()
    child = demo_page.url
    context = chromium.new_context(storage_state=state, locale="en-GB", reduced_motion="reduce", **SHAPES[shape])
    page = context.new_page()
    for address in (home, child, session):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert [*violations(page), *sticking_out(page)] == [], address
    context.close()
