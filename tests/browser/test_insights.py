"""Insights and goals on the child's page: by keyboard, without a finding of axe, in both schemes and on a phone."""

import re
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from browser.looking import drawn, picture, settled, violations

expect.set_options(timeout=20_000)  # a machine that does other work, too


@pytest.fixture
def childs_page(demo_page: Page) -> Page:
    demo_page.get_by_role("link", name="Sarah").click()
    expect(demo_page.get_by_role("region", name="Strengths")).to_be_visible()
    return demo_page


def by_keyboard(page: Page, button) -> None:
    settled(page)  # what comes late draws the page anew under the key
    button.press("Enter")


def test_a_therapist_approves_edits_and_dismisses_by_keyboard(childs_page: Page):
    page, strengths = childs_page, childs_page.get_by_role("region", name="Strengths")
    by_keyboard(page, strengths.get_by_role("button", name=re.compile("^Approve")).first)
    expect(strengths.get_by_text("approved", exact=True)).to_be_visible()
    by_keyboard(page, strengths.get_by_role("button", name=re.compile("^Edit")).first)
    area = strengths.get_by_label("Your words")
    expect(area).to_be_focused()
    area.fill("A sentence with 4711 words.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(strengths.get_by_role("alert")).to_contain_text("The evidence does not hold 4711")
    area.fill("A long utterance, well told.")
    by_keyboard(page, strengths.get_by_role("button", name="Save and approve"))
    expect(strengths.get_by_text("edited and approved")).to_be_visible()
    expect(strengths.get_by_text("A long utterance, well told.")).to_be_visible()
    page.reload()
    expect(strengths.get_by_text("A long utterance, well told.")).to_be_visible()
    questions = page.get_by_role("region", name="Questions to ask")
    before = questions.get_by_role("article").count()
    by_keyboard(page, questions.get_by_role("button", name=re.compile("^Dismiss")).first)
    expect(questions.get_by_role("article")).not_to_have_count(before)


def test_the_family_gets_another_idea_and_goals_are_refused_added_closed(childs_page: Page):
    page = childs_page
    card = page.get_by_role("region", name="To try at home")
    title = card.get_by_role("heading", level=3)
    first = title.inner_text()
    by_keyboard(page, card.get_by_role("button", name="Yes"))
    by_keyboard(page, card.get_by_role("button", name="Well"))
    expect(card.get_by_role("status")).to_contain_text(f"for “{first}”")
    expect(title).not_to_have_text(first)

    card = page.get_by_role("region", name="Goals")
    card.get_by_role("button", name="Add a goal").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is to be seen").fill("makes eye contact")
    dialog.get_by_label("When and with whom").fill("in free play")
    dialog.get_by_label("Criterion").fill("6")
    dialog.get_by_label(re.compile("^By")).fill("2026-12-24")
    dialog.get_by_label("Five levels").check()
    dialog.get_by_role("button", name="Add goal").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Eye contact is no goal here")
    assert violations(page) == []
    picture(page, "goal-dialog")
    dialog.get_by_label("What is to be seen").fill("uses longer utterances")
    dialog.get_by_role("button", name="Add goal").click()
    expect(card.get_by_text("We can't tell yet")).to_be_visible()
    picture(page, "goal")
    card.get_by_role("button", name="Close: uses longer utterances").click()
    page.get_by_role("dialog").get_by_role("button", name="Close the goal").click()
    expect(card.get_by_text("No goal yet.")).to_be_visible()


def test_axe_finds_nothing_and_nothing_sticks_out(childs_page: Page):
    page = childs_page
    page.emulate_media(reduced_motion="reduce")  # no colour between two is looked at
    for reader, told in (("For the family", "A good moment"), ("For the therapist", "The longest utterance")):
        page.get_by_text(reader).click()
        expect(page.get_by_text(re.compile(told))).to_be_visible()
        for scheme, width in product(("light", "dark"), (1280, 390)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            drawn(page, scheme)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            picture(page, f"{reader[8:]}-{scheme}-{width}")


def test_the_sessions_page_has_the_same_buttons(childs_page: Page):
    page = childs_page
    page.get_by_role("list", name="Sessions, newest first").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1, name="Sarah, ")).to_be_visible()  # the page before has insights, too
    panel = page.get_by_role("region", name="Insights")
    by_keyboard(page, panel.get_by_role("button", name=re.compile("^Approve")).first)
    expect(panel.get_by_text("approved", exact=True).first).to_be_visible()
    assert violations(page) == []
    picture(page, "session")
