"""Every page for everybody who may open it: axe finds nothing and nothing sticks out, light, dark and on phones."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.looking import drawn, picture, settled, sticking_out, violations
from sdc.access import Role
from sdc.app import App, build_app
from sdc.demo import demo_model, demo_transcripts
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.settings import Settings

pytestmark = pytest.mark.long
GOOD = "otter plum bicycle"
LIFE_S = 900
LONG = "Maximiliane Konstantina Freifrau von Hohenstein-Waldburg zu Oberbayern-Unterfranken"
ARABIC = "ليلى عبد الرحمن"
LOOKS = {"light": ("light", 1280), "dark": ("dark", 1280), "phone": ("light", 390)}
"""Scheme and width of the ways in which each page is looked at."""

PAGES = {
    "therapist": [
        "/",
        "/children/{sarah}",
        "/children/{sarah}/progress",
        "/children/{sarah}/progress?view=table",
        "/children/{sarah}/reports",
        "/children/{sarah}/search?q=dog",
        "/children/{sarah}/family",
        "/sessions/{session}",
        "/children/{once}",
        "/children/{once}/progress",
        "/sessions/{only}",
        "/children/{empty}",
        "/children/{empty}/progress",
        "/children/{empty}/reports",
        "/children/{empty}/search",
        "/children/nobody",
        "/nowhere",
    ],
    "parent": [
        "/",
        "/children/{sarah}",
        "/children/{sarah}/family",
        "/children/{sarah}/progress",
        "/children/{sarah}/reports",
        "/children/{sarah}/search?q=dog",
        "/sessions/{session}",
        "/children/{once}",
    ],
    "admin": ["/", "/people"],
    "researcher": ["/", "/people"],
    "nobody": ["/", "/invitation", "/invitation#wrong"],
}


@dataclass(frozen=True)
class Clinic:
    """An address, and the ids that stand in the pages' addresses."""

    url: str
    ids: dict[str, str]


def fill(app: App) -> dict[str, str]:
    """Add people and children beside the demo child; return the ids."""
    (sarah,) = app.repository.children()
    once, empty = app.repository.add_child(ARABIC), app.repository.add_child(LONG)
    add_paths(app, demo_transcripts()[:1], once, Given())
    for role in (Role.THERAPIST, Role.PARENT, Role.ADMIN, Role.RESEARCHER):
        account = app.accounts.add(role.value, role)
        app.accounts.set_password(account.id, GOOD)
        for child in {Role.THERAPIST: (sarah, once, empty), Role.PARENT: (sarah,)}.get(role, ()):
            app.accounts.teams.add(child.id, account.id)
    newest, only = (app.repository.session_entries(child.id)[-1].id for child in (sarah, once))
    return {"sarah": sarah.id, "once": once.id, "empty": empty.id, "session": newest, "only": only}


@pytest.fixture(scope="module")
def clinic(demo_home: Path, serving: Callable[..., AbstractContextManager[str]], tmp_path_factory) -> Iterator[Clinic]:
    home = shutil.copytree(demo_home, tmp_path_factory.mktemp("pages") / "home")
    with build_app(Settings(home=home)) as app:
        ids = fill(app)
    with serving(home, demo_model(), life_s=LIFE_S, SDC_ACCOUNTS="yes") as url:
        yield Clinic(url.rstrip("/"), ids)


@pytest.fixture(scope="module")
def as_role(chromium: Browser, clinic: Clinic) -> Iterator[Callable[[str], BrowserContext]]:
    """Return a browser in which somebody of the role has signed in, once for all pages."""
    signed_in: dict[str, BrowserContext] = {}
    expect.set_options(timeout=20_000)

    def as_role(role: str) -> BrowserContext:
        if role not in signed_in:
            context = signed_in[role] = chromium.new_context(locale="en-GB", reduced_motion="reduce")
            context.set_default_timeout(20_000)
            if role != "nobody":
                sign_in(context.new_page(), clinic.url, role)
        return signed_in[role]

    yield as_role
    for context in signed_in.values():
        context.close()


def sign_in(page: Page, url: str, name: str) -> None:
    page.goto(url)
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Password").fill(GOOD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name=name)).to_be_visible()
    page.close()


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in PAGES.items() for path in paths])
def test_nothing_is_found_and_nothing_sticks_out(clinic, as_role, role, path):
    page = as_role(role).new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(clinic.url + path.format(**clinic.ids))
    found = {}
    for look, (scheme, width) in LOOKS.items():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        drawn(page, scheme)
        settled(page)
        picture(page, f"{role}{path}-{look}")
        found[look] = [*violations(page), *sticking_out(page)]
    page.set_viewport_size({"width": 320, "height": 900})
    settled(page)
    found["narrow"] = sticking_out(page)
    page.close()
    assert {look: some for look, some in found.items() if some} == {}
    assert broken == []
