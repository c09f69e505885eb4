"""Markup as a child's name, a file's name, a speaker and what was said: it is shown as text, and nothing of it runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sdc.app import build_app
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

NAME = '<img src=x onerror="window.ran=1">'
FILE = "<svg onload=window.ran=2>.cha"
SAID = "<script>window.ran=3</script>"
LINES = f"""@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI <u>Mia</u> Target_Child
@ID:\teng|<i>x</i>|CHI|2;00.|||<b>|Target_Child|||
*CHI:\thello [=! {SAID}] .
*CHI:\tdog [% <img src=x onerror=window.ran=4>] .
@End
"""
CONTEXT = '"><iframe srcdoc="<script>top.ran=6</script>"></iframe>'
RAN = "window.ran"


@pytest.fixture
def page(tmp_path: Path, open_home: Callable[..., Page]) -> Page:
    """Somebody who looks at a store that is full of markup."""
    path = tmp_path / FILE
    path.write_text(LINES)
    with build_app(Settings(home=tmp_path / "home"), transcriber=ScriptedTranscriber(())) as app:
        (added,) = add_paths(app, [path], NAME, Given(context=CONTEXT))
        assert added.failures == ()
    return open_home(tmp_path / "home")


def test_markup_is_text(page: Page):
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", level=1, name=NAME)).to_be_visible()
    page.get_by_role("textbox", name="Question").fill(SAID)
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.evaluate(RAN) is None
    page.get_by_role("list", name="Sessions, newest first").get_by_role("link").first.click()
    page.get_by_role("switch", name="CHAT codes").click()
    expect(page.locator("[data-transcript]").get_by_text(SAID)).to_be_visible()
    assert NAME in page.title()
    assert page.evaluate(RAN) is None
    assert (
        page.locator("main script, main iframe, main img[src=x], main [onclick], main u, main b[onclick]").count() == 0
    )


def test_what_would_run_is_stopped_by_the_policy(page: Page):
    """Where markup did get into the page: no script in it may run, and nothing may be fetched from elsewhere."""
    bare = page.context.browser.new_page()  # what the policy stops is a complaint in the other one
    bare.goto(page.url.partition("?")[0])
    tried = bare.evaluate(
        """async () => {
            const blocked = [];
            document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
            const box = document.createElement("div");
            box.innerHTML = '<img src="x:" onerror="window.ran=1"><iframe srcdoc="<script>top.ran=2</' + 'script>">';
            document.body.append(box);
            const script = document.createElement("script");
            script.textContent = "window.ran=3";
            document.body.append(script);
            await new Promise((done) => setTimeout(done, 300));
            box.remove();
            return blocked;
        }"""
    )
    assert bare.evaluate(RAN) is None
    bare.close()
    assert {"script-src-attr", "script-src-elem"} <= set(tried)
