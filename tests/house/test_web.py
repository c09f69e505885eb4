"""The dashboard's own checks: generated types are current, style, types, unit tests."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def npm(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "hatch_build.py"), "npm", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module", autouse=True)
def _node_modules():
    if not (ROOT / "web" / "node_modules").is_dir():
        run = npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("script", ["check-types", "lint", "typecheck", "test"])
def test_script_passes(script: str):
    run = npm("run", script)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-3000:]


def test_openapi_is_current():
    """web/openapi.json, which the types are made from, is what the server says today."""
    from sdc.server.openapi import openapi_text

    assert (ROOT / "web" / "openapi.json").read_text(encoding="utf-8") == openapi_text()


def test_a_language_has_the_title_of_every_measure():
    """The server names measures in English; every other language of the dashboard has all of their titles."""
    from sdc.measures import REGISTRY

    texts = ROOT / "web" / "src" / "texts"
    titles = {path.parent.name: json.loads(path.read_text(encoding="utf-8")) for path in texts.glob("*/measures.json")}
    assert titles.keys() == {path.name for path in texts.iterdir() if path.is_dir()} - {"en"}
    for language, words in titles.items():
        assert words.keys() == REGISTRY.keys(), language


def test_every_language_has_the_newest_wording_of_each_consent():
    """What a family is asked stands in the reader's language; in English it is the server's, word for word."""
    from sdc.store.consents import Purpose, wording

    texts = ROOT / "web" / "src" / "texts"
    told = {p.parent.name: json.loads(p.read_text(encoding="utf-8")) for p in texts.glob("*/consents.json")}
    newest = {f"{w.purpose.value}_v{w.version}": {"title": w.title, "text": w.text} for w in map(wording, Purpose)}
    assert told["en"]["wordings"] == newest
    for language, words in told.items():
        assert words["wordings"].keys() == newest.keys(), language


def test_lock_file_names_no_host():
    assert '"resolved"' not in (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
