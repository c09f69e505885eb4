"""`sdc search` and `sdc index` over a store of their own."""

import json
import runpy
from pathlib import Path

import pytest

from fakes import weaviate


@pytest.fixture
def mia(sdc, cha):
    sdc("add", cha("one.cha", line="a cat sleeps"), "--child", "Mia")
    sdc("add", cha("two.cha", date="16-MAR-2026", line="the red train goes"), "--child", "Mia")
    return sdc


def test_passages_with_session_week_and_lines(mia):
    told = mia("search", "Mia", "trains").stdout
    first = told.splitlines()[0]
    assert first.startswith("2026-03-16 (week 3), s")
    assert "lines 1 to 3, said" in first
    assert "    Child: um the red train goes." in told


def test_json_holds_indexes(mia):
    told = json.loads(mia("search", "Mia", "trains", "--limit", "1", "--format", "json").stdout)
    (found,) = told["found"]
    assert (found["first"], found["last"], found["week"], found["date"]) == (0, 2, 3, "2026-03-16")
    assert told["embedder"] == "lexical.v1"


def test_days_narrow_it(mia):
    assert "2026-03-16" not in mia("search", "Mia", "train what that", "--until", "2026-03-03").stdout
    assert "2026-03-02" not in mia("search", "Mia", "cat what that", "--since", "2026-03-03").stdout


def test_nothing_found_is_said(mia):
    assert mia("search", "Mia", "zzqx").stdout == "Nothing like that was found in Mia's sessions.\n"
    assert mia("search", "Nobody", "train").exit_code == 1


def test_another_embedder_needs_another_index(mia, monkeypatch):
    script = Path(__file__).parents[2] / "scripts" / "fetch_minilm.py"
    monkeypatch.setenv("SDC_EMBEDDER_MODEL", str(runpy.run_path(str(script))["fetch_minilm"]()))
    before = mia("search", "Mia", "kitten")
    assert "2 sessions of Mia cannot be searched yet: run `sdc index rebuild 'Mia'`" in before.stderr
    assert "Mia: 2 sessions" in mia("index", "rebuild").stdout
    after = mia("search", "Mia", "kitten")
    assert "a cat sleeps" in after.stdout.split("\n\n")[0]
    assert after.stderr == ""


def test_an_index_elsewhere_is_repaired_and_cleared(mia, monkeypatch):
    with weaviate.fake_weaviate() as server:
        monkeypatch.setenv("SDC_VECTORS", "weaviate")
        monkeypatch.setenv("SDC_VECTORS_URL", server.url)
        monkeypatch.setenv("SDC_VECTORS_KEY", weaviate.KEY)
        server.down = True
        refused = mia("index", "rebuild", "Mia")
        assert refused.exit_code == 1
        assert "vectors.unreachable" in refused.stderr
        server.down = False
        assert "also in weaviate" in mia("index", "rebuild", "Mia").stdout
        assert "red train" in mia("search", "Mia", "trains").stdout
        assert "passages deleted" in mia("index", "clear").stdout
        assert list(server.tenants.values()) == [{}]


def test_there_is_nothing_elsewhere(mia):
    assert "no index elsewhere" in mia("index", "clear").stdout


def test_doctor_tells_what_the_search_works_with(sdc, monkeypatch):
    assert "vectors by lexical.v1, found by numpy" in " ".join(sdc("doctor").stdout.split())
    monkeypatch.setenv("SDC_VECTORS", "pinecone")
    assert "Set SDC_VECTORS_URL" in " ".join(sdc("doctor").stdout.split())
