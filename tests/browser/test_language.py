"""The dashboard in Spanish: chosen in its head, said by the page, kept, and without a finding of axe."""

from playwright.sync_api import Page, expect

from browser.looking import picture, violations

PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=20_000)  # a machine that does other work, too


def in_spanish(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1, name="Niñas y niños")).to_be_visible()


def test_spanish_is_chosen_shown_and_kept(demo_page: Page):
    page = demo_page
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1, name="Children")).to_be_visible()
    page.get_by_role("button", name="Language").press("Enter")
    spanish = page.get_by_role("menuitemradio", name="Español")
    expect(spanish).to_have_attribute("lang", "es")
    spanish.press("Enter")
    in_spanish(page)
    expect(page).to_have_title("Niñas y niños · SDC")
    expect(page.get_by_role("menu")).to_be_hidden()
    page.reload()
    in_spanish(page)
    page.get_by_role("button", name="Idioma").click()
    expect(page.get_by_role("menuitemradio", name="Español")).to_be_checked()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(page, "spanish-children-phone")


def test_pages_of_a_child_are_spanish_and_mark_what_stays_english(demo_page: Page):
    page = demo_page
    page.evaluate("localStorage.setItem('sdc-language', 'es')")
    page.reload()
    page.get_by_role("link", name="Sarah").click()
    expect(page.get_by_role("heading", name="Sesiones", exact=True)).to_be_visible()
    strengths = page.get_by_role("region", name="Puntos fuertes")
    expect(strengths.locator("p[lang=en]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    picture(page, "spanish-child")
    assert violations(page) == []
    page.get_by_role("link", name="2026").first.click()
    expect(page.get_by_role("heading", name="Transcripción", exact=True)).to_be_visible()
    expect(page.get_by_text("Longitud media del enunciado (LME) en palabras").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    picture(page, "spanish-session")
    assert violations(page) == []
