"""A child is erased in the dashboard: the name typed, what a search found, and no way back to the page."""

from playwright.sync_api import Page, expect

from browser.looking import settled

expect.set_options(timeout=20_000)  # a machine that does other work, too


def test_a_child_is_erased_by_its_name(demo_page: Page):
    page = demo_page
    page.get_by_role("link", name="Sarah").click()
    expect(page.get_by_role("heading", name="Sarah")).to_be_visible()
    settled(page)  # what is still asked about a child that is gone would be a fault in the console
    page.get_by_role("button", name="Erase…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Erase for good")).to_be_disabled()
    dialog.get_by_label("Type the child's name").fill("Sarah")
    dialog.get_by_role("button", name="Erase for good").click()
    expect(dialog.get_by_text("found nothing of this child")).to_be_visible()
    dialog.get_by_role("button", name="To the children").click()
    expect(page.get_by_text("No child here yet")).to_be_visible()
    expect(page.get_by_text("Sarah", exact=True)).to_have_count(0)
