"""A family that reads Spanish, on its phone: what changed, what it says to the idea, and the way out."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.looking import picture, settled, sticking_out, violations
from sdc.access import Role
from sdc.app import build_app
from sdc.demo import demo_model
from sdc.settings import Settings

pytestmark = pytest.mark.long
GOOD = "otter plum bicycle"
PATIENCE_MS = 30_000
TEXTS = Path(__file__).parents[2] / "web" / "src" / "texts"

SHOWN = """() => {
  // What the child and its family said stays as they said it.
  const foreign = (one) =>
    one.closest("[lang]")?.lang === "en" || one.closest("script, style, noscript, [data-token]");
  const said = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode())
    if (!foreign(words.currentNode.parentElement)) said.push(words.currentNode.textContent.trim());
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    if (!foreign(one))
      for (const name of ["aria-label", "title", "placeholder", "alt"]) said.push(one.getAttribute(name) ?? "");
  return said.filter((one) => one !== "");
}"""
"""What a page shows and tells in its own language."""


def texts(language: str) -> dict[str, str]:
    """Return every text of a language by its key."""

    def leaves(tree: object, key: str) -> Iterator[tuple[str, str]]:
        if isinstance(tree, dict):
            for name, below in tree.items():
                yield from leaves(below, f"{key}.{name}")
        else:
            yield key, str(tree)

    found: dict[str, str] = {}
    for path in sorted((TEXTS / language).glob("*.json")):
        found.update(leaves(json.loads(path.read_text()), path.stem))
    return found


def english_only() -> list[re.Pattern[str]]:
    """Return the English texts that Spanish says in other words; values that are put in may be anything."""
    spanish = texts("es")
    said_in_both = set(spanish.values())
    return [
        re.compile(r".+?".join(map(re.escape, re.split(r"\{\{[^}]*\}\}", text))))
        for key, text in texts("en").items()
        if spanish.get(key, text) != text
        and text not in said_in_both
        and re.search(r"[A-Za-z]{4}", re.sub(r"\{\{[^}]*\}\}", "", text))
    ]


@pytest.fixture(scope="module")
def english() -> list[re.Pattern[str]]:
    return english_only()


@pytest.fixture
def phone(
    chromium: Browser, demo_home: Path, tmp_path: Path, serving: Callable[..., AbstractContextManager[str]]
) -> Iterator[Page]:
    """The phone of Sarah's mother; what breaks in the page fails the test."""
    home = shutil.copytree(demo_home, tmp_path / "home")
    with build_app(Settings(home=home)) as app:
        (sarah,) = app.repository.children()
        bea = app.accounts.add("bea", Role.PARENT)
        app.accounts.set_password(bea.id, GOOD)
        app.accounts.teams.add(sarah.id, bea.id)
    expect.set_options(timeout=PATIENCE_MS)
    with serving(home, demo_model(), SDC_ACCOUNTS="yes") as url:
        shape = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
        context = chromium.new_context(locale="es-ES", reduced_motion="reduce", **shape)
        context.set_default_timeout(PATIENCE_MS)
        page, broken = context.new_page(), []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.goto(url)
        yield page
        context.close()
        assert broken == []
    expect.set_options(timeout=5_000)


def test_a_family_reads_tells_and_leaves_in_spanish(phone: Page, english: list[re.Pattern[str]]):
    page = phone

    def look(name: str) -> None:
        settled(page)
        picture(page, f"spanish-{name}")
        shown = page.evaluate(SHOWN)
        assert shown
        stayed = [one for one in shown if any(text.fullmatch(one) for text in english)]
        assert (name, stayed, sticking_out(page), violations(page)) == (name, [], [], [])

    expect(page.get_by_role("heading", name="Iniciar sesión")).to_be_visible()
    look("sign-in")
    page.get_by_role("textbox", name="Nombre").fill("bea")
    page.get_by_role("textbox", name="Contraseña").fill(GOOD)
    page.get_by_role("button", name="Iniciar sesión").click()
    expect(page.get_by_role("heading", level=1, name="Sarah")).to_be_visible()
    news = page.get_by_role("region", name="Qué cambia y qué sigue igual")
    expect(news.locator("[lang=en]").first).to_be_visible()  # what the server wrote says that it is English
    look("home")
    page.get_by_role("button", name="Sí", exact=True).click()
    expect(page.get_by_text("¿Cómo fue?")).to_be_visible()
    look("told")
    home = page.url
    page.get_by_role("link", name="Todas las grabaciones").click()
    expect(page.get_by_role("heading", name="Sesiones", exact=True)).to_be_visible()
    look("child")
    child = page.url.split("#")[0]
    for part, heading in (("progress", "Evolución"), ("search?q=dog", "Buscar"), ("reports", "Cartas")):
        page.goto(f"{child}/{part}")
        expect(page.get_by_role("heading", level=1, name=re.compile(heading))).to_be_visible()
        look(part.partition("?")[0])
    page.goto(home)
    page.get_by_role("link", name="Leer y oír toda la grabación").click()
    expect(page.get_by_role("heading", name="Transcripción", exact=True)).to_be_visible()
    look("session")
    page.get_by_role("button", name=re.compile("bea")).click()
    look("menu")
    page.get_by_role("menuitem", name="Cerrar sesión", exact=True).click()
    expect(page.get_by_role("heading", name="Iniciar sesión")).to_be_visible()
