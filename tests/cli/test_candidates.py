"""`sdc candidates`."""

import json

import pytest

from sdc.demo import demo_transcripts

LINES = "*CHI:\tyou want juice .\n*CHI:\tmy noosh [: nose] [* p:n] .\n*CHI:\tto infinity and beyond .\n"


@pytest.fixture
def days(cha):
    """Two sessions in which the same phrase is said."""
    paths = [cha("a.cha"), cha("b.cha", date="09-MAR-2026")]
    for path in paths:
        path.write_text(path.read_text().replace("@End", f"{LINES}@End"))
    return paths


def test_what_was_found_with_its_lines(sdc, days):
    document = json.loads(sdc("candidates", *days, "--format", "json").stdout)
    assert document["schema"] == "sdc.candidates/1"
    first = document["sessions"][0]
    (form,) = first["approximations"]
    assert (form["said"], form["target"], form["code"]) == ("noosh", "nose", "p:n")
    assert days[0].read_text().splitlines()[form["line"] - 1] == f"*CHI:\t{form['text']}"
    (pronoun,) = first["pronouns"]["candidates"]
    assert (pronoun["word"], pronoun["pattern"]) == ("you", "wish")
    (phrase,) = [p for p in document["phrases"] if p["phrase"] == "to infinity and beyond"]
    assert phrase["n_sessions"] == 2
    assert [p["source"] for p in phrase["places"]] == ["a.cha", "b.cha"]


def test_as_text(sdc, days):
    told = sdc("candidates", *days).stdout
    assert "noosh for nose" in told
    assert "pronoun, wish" in told
    assert "to infinity and beyond" in told


def test_phrases_of_a_list(sdc, days, tmp_path):
    scripts = tmp_path / "scripts.txt"
    scripts.write_text("To infinity, and beyond!\nLet it go\n")
    document = json.loads(sdc("candidates", *days, "--scripts", scripts, "--format", "json").stdout)
    assert [p["phrase"] for p in document["phrases"]] == ["to infinity and beyond"]


def test_other_languages_have_no_pronoun_candidates(sdc, days):
    days[0].write_text(days[0].read_text().replace("@Languages:\teng", "@Languages:\tfra"))
    document = json.loads(sdc("candidates", days[0], "--format", "json").stdout)
    assert document["sessions"][0]["pronouns"] is None


def test_nothing_to_look_at(sdc, cha):
    assert "Nothing to look at" in sdc("candidates", cha()).stdout


def test_a_bad_file_does_not_stop_the_rest(sdc, days, tmp_path):
    bad = tmp_path / "bad.cha"
    bad.write_text("nothing")
    result = sdc("candidates", bad, *days, tmp_path / "none.cha", "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert len(document["sessions"]) == 2
    assert [f["code"] for f in document["failures"]] == ["input.missing", "chat.no-begin"]


def test_a_speaker_who_is_not_there(sdc, days):
    result = sdc("candidates", days[0], "--speaker", "FAT")
    assert result.exit_code == 1
    assert "--speaker: MOT, CHI" in result.stderr or "--speaker: CHI, MOT" in result.stderr


def test_the_demo_child(sdc):
    told = sdc("candidates", *demo_transcripts()).stdout
    assert "noosh for nose" in told
