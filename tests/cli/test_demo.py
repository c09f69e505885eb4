"""`sdc demo` and `sdc ask`: the whole story on the made-up child."""

import json
from dataclasses import replace

import pytest

from sdc.app import build_app
from sdc.demo import CHILD, QUESTION
from sdc.pipeline.demo import demo_settings
from sdc.settings import read_settings


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture
def at_home(sdc, home, live_in):
    live_in(home)
    return sdc


def test_the_summary_and_the_answer(at_home):
    result = at_home("demo", "--no-serve")
    assert result.exit_code == 0, result.stderr
    assert "made up" in result.stdout
    assert "week 1  " in result.stdout
    rows = {line.split()[0]: line.split() for line in result.stdout.splitlines() if line.strip()}
    assert rows["date"][1:] == ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"]
    for measure in ("mlu_words", "mlu_morphemes", "maze_words_pct", "speech_rate", "f0_median"):
        assert len(rows[measure]) == 7, rows[measure]
        assert all(float(value) > 0 for value in rows[measure][1:6])
    assert QUESTION in result.stdout
    assert "Verdict: decrease of maze_words_pct." in result.stdout


def test_a_recording_without_a_transcript_is_transcribed(at_home):
    heard = at_home("demo", "--no-serve").stdout.partition("heard by a tiny model")[2]
    assert heard.count(" s  ") == 6
    assert "the red one." in heard
    assert "utterances more" in heard


def test_the_second_time_adds_nothing(at_home):
    at_home("demo", "--no-serve")
    before = at_home("sessions", CHILD, "--format", "json").stdout
    assert at_home("demo", "--no-serve").exit_code == 0
    assert at_home("sessions", CHILD, "--format", "json").stdout == before
    assert len(json.loads(before)["sessions"]) == 5


def test_what_was_measured_by_older_rules_is_measured_again(at_home, home):
    at_home("demo", "--no-serve")
    with build_app(read_settings()) as app:
        child = app.repository.named_child(CHILD)
        stored = app.repository.session(app.repository.session_entries(child.id)[1].id)
        old = {"mlu_words": replace(stored.entry.measures["mlu_words"], value=99.0, rule="mlu_words.v0")}
        app.repository.save_session(replace(stored, entry=replace(stored.entry, measures=old)))
    result = at_home("demo", "--no-serve")
    assert "99" not in next(line for line in result.stdout.splitlines() if line.startswith("mlu_words "))


def test_ask_in_json_is_the_documented_object(at_home):
    at_home("demo", "--no-serve")
    result = at_home("ask", CHILD, QUESTION, "--format", "json")
    document = json.loads(result.stdout)
    assert set(document) == {"question", "answer", "verdict", "measure", "claims", "evidence", "engine"}
    assert (document["verdict"], document["measure"], document["engine"]) == ("decrease", "maze_words_pct", "rules")
    assert document["answer"] == " ".join(claim["text"] for claim in document["claims"])
    ids = {e["id"] for e in document["evidence"]}
    assert all(set(claim["evidence"]) <= ids and claim["evidence"] for claim in document["claims"])
    quoted = [e for e in document["evidence"] if e["quote"]]
    assert quoted
    for evidence in quoted:
        (utterance,) = evidence["utterances"]
        assert utterance["speaker"] == "CHI"
        assert utterance["line"]
    assert all({"id", "session", "date", "utterances", "measure", "value", "n"} <= set(e) for e in document["evidence"])


def test_ask_in_text_cites(at_home):
    at_home("demo", "--no-serve")
    text = at_home("ask", "sarah", "How long are her sentences in week 2?").stdout
    assert "[e1" in text
    assert "Verdict: descriptive" in text
    assert "2026-03-09" in text


@pytest.mark.parametrize(
    "question", ["Is she autistic?", "What is the weather like?", ""], ids=["diagnosis", "weather", "empty"]
)
def test_what_cannot_be_asked_is_asked_back(at_home, question):
    at_home("demo", "--no-serve")
    result = at_home("ask", CHILD, question)
    assert result.exit_code == 1
    assert "question." in result.stderr
    assert result.stdout == ""


def test_a_week_that_is_not_there_is_told(at_home):
    at_home("demo", "--no-serve")
    result = at_home("ask", CHILD, "How has the fluency changed from week 1 to week 9?")
    assert result.exit_code == 0
    assert "Verdict: cannot tell" in result.stdout
    assert "week 9" in result.stdout


def test_a_real_child_of_that_name_is_left_alone(sdc, cha):
    sdc("add", cha(), "--child", "sarah")
    before = sdc("sessions", "Sarah", "--format", "json").stdout
    result = sdc("demo", "--no-serve")
    assert result.exit_code == 1
    assert "demo.other-child" in result.stderr
    assert sdc("sessions", "Sarah", "--format", "json").stdout == before


def test_without_a_home_the_demo_has_its_own(tmp_path):
    nowhere = {"PATH": "x"}
    assert demo_settings(nowhere).home != read_settings(nowhere).home
    assert demo_settings({"SDC_HOME": str(tmp_path)}).home == tmp_path


def test_what_to_type_next_is_found_also_where_the_terminal_does_not_know_sdc(monkeypatch, tmp_path):
    from sdc.cli.demo import where_next

    monkeypatch.setattr("sys.argv", ["/some/where/.venv/bin/sdc", "demo"])
    monkeypatch.setenv("PATH", str(tmp_path))
    told = where_next(tmp_path / "my home")
    assert f'SDC_HOME="{tmp_path / "my home"}" /some/where/.venv/bin/sdc ask {CHILD} ' in told
    assert "/some/where/.venv/bin/sdc demo --open" in told
