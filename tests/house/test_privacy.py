"""docs/privacy.md tells the truth: its table is the code's, and the pipeline stores nothing clear that is not in it."""

import re
from pathlib import Path

import pytest

from sdc.app import build_app, open_documents
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.settings import Settings
from sdc.store.collections import COLLECTIONS
from sdc.store.consents import Purpose
from sdc.transcribe import ScriptedTranscriber
from wav import tone

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")

LINES = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI Sarah Target_Child, MOT Mother",
    "@ID:\teng|sdc|CHI|2;06.00|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
    "@Media:\tvisit, audio",
    "*MOT:\twhat is that ? \x150_700\x15",
    "*CHI:\tthe dog . \x15900_1900\x15",
    "@End",
)


def words(cell):
    return {word for word in re.split(r"[,;\s]+", cell) if word}


def table():
    """Collection → what the page says is sealed, blind and clear."""
    section = PAGE.partition("### What is sealed")[2].partition("\n### ")[0]
    rows = {}
    for line in section.splitlines():
        if not line.startswith("| `"):
            continue
        names, sealed, blind, clear = (cell.strip() for cell in line.strip("|").split("|"))
        for name in re.findall(r"`(\w+)`", names):
            assert name not in rows
            rows[name] = (words(sealed), words(blind), words(clear))
    return rows


def test_every_collection_is_in_the_table_as_the_code_has_it():
    rows = table()
    assert list(rows) == [row.name for row in COLLECTIONS]
    for row in COLLECTIONS:
        sealed, blind, clear = rows[row.name]
        assert (sealed, blind) == (set(row.sealed), set(row.blind)), row.name
        assert clear, row.name
        assert "all" not in clear or not sealed, row.name


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", master_key="00" * 32)


def test_what_the_pipeline_stores_is_sealed_or_listed(settings, tmp_path):
    cha = tmp_path / "visit.cha"
    cha.write_text("\n".join(LINES) + "\n")
    (tmp_path / "visit.wav").write_bytes(tone(2.0))
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        child = app.repository.add_child("Sarah", birth_date="2022-01-01", sex="female")
        (added,) = add_paths(app, [cha], child, Given(context="play"))
        assert added.entry is not None and added.entry.recording is not None
        app.consents.grant(child.id, Purpose.STORE_RECORDING, by="mother", retention_days=5)
    rows, stored = table(), set()
    documents = open_documents(settings)
    for name, (sealed, blind, clear) in rows.items():
        for document in documents.find(name, {}):
            stored.add(name)
            assert "all" in clear or set(document) <= sealed | blind | clear, name
            for field in sealed & set(document):
                assert document[field] is None or document[field].startswith("sdc1:"), (name, field)
    documents.close()
    assert stored >= {"children", "uploads", "sessions", "transcripts", "analyses", "insights", "jobs", "consents"}


def test_no_collection_is_made_outside_the_table(settings):
    import sqlite3

    build_app(settings).close()
    connection = sqlite3.connect(settings.home / "sdc.sqlite3")
    made = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert made <= {row.name for row in COLLECTIONS}


@pytest.mark.parametrize("path", ["README.md", "docs", "src", "web/src"])
def test_no_compliance_is_claimed(path):
    files = [ROOT / path] if (ROOT / path).is_file() else (ROOT / path).rglob("*")
    texts = {
        f: f.read_text(encoding="utf-8") for f in files if f.suffix in {".md", ".py", ".toml", ".txt", ".ts", ".tsx"}
    }
    assert texts
    assert [f for f, text in texts.items() if re.search(r"(HIPAA|GDPR)[ -]compliant", text, re.IGNORECASE)] == []
