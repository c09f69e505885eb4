"""`sdc goals` on the demo child."""

import json

import pytest

from sdc.demo import demo_transcripts

ADD = ("--due", "2026-12-24", "--condition", "in free play with an adult", "--sessions", 2, "--baseline", "1-2")


@pytest.fixture
def sarah(sdc, tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    for path in demo_transcripts():
        (folder / path.name).write_bytes(path.read_bytes())
    assert sdc("add", folder, "--child", "Sarah").exit_code == 0


def test_goals_from_first_to_last(sdc, sarah):
    assert "No goal of Sarah yet" in sdc("goals", "sarah").stdout
    fewer = ("uses fewer fillers", "--measure", "maze_words_pct", "--criterion", 10, "--direction", "at_most")
    assert "Baseline: 21.406" in sdc("goals", "Sarah", "add", *fewer, *ADD).stdout
    longer = ("uses longer utterances", "--measure", "mlu_words", "--criterion", 5.5, "--scale", "auto")
    assert "Levels -2 to +2: " in sdc("goals", "Sarah", "add", *longer, *ADD).stdout
    found = json.loads(sdc("goals", "Sarah", "list", "--format", "json").stdout)
    assert [g["status"] for g in found["goals"]] == ["progressing", "not_yet"]
    assert found["goals"][1]["level"] == -2
    assert found["t_score"] == pytest.approx(30)
    shown = sdc("goals", "Sarah").stdout
    assert "T-score of the open goals: 30.0" in shown
    progress = json.loads(sdc("progress", "Sarah", "--format", "json").stdout)
    assert progress["chosen"] == ["maze_words_pct", "mlu_words"]
    assert [m["measure"] for m in progress["measures"]] == ["maze_words_pct", "mlu_words", "ndw_100"]
    goal = found["goals"][0]["goal"]["id"]
    assert sdc("goals", "Sarah", "close", goal).exit_code == 0
    assert "closed" in sdc("goals", "Sarah").stdout
    assert sdc("goals", "Sarah", "close", goal).exit_code == 1
    assert json.loads(sdc("progress", "Sarah", "--format", "json").stdout)["chosen"] == ["mlu_words"]
    lines = sdc("audit", "list", "--child", "Sarah").stdout
    assert "goal.add" in lines
    assert "goal.close" in lines


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("makes eye contact", "--measure", "mlu_words", "--criterion", 9), "goal.masking"),
        (("longer", "--measure", "mlu_words", "--criterion", 3.6), "goal.criterion"),
        (("longer", "--measure", "mlu_words", "--criterion", "nan"), "goal.criterion"),
        (("longer", "--measure", "nonsense", "--criterion", 3), "measure.unknown"),
        (("more words", "--measure", "word_types", "--criterion", 90), "goal.measure"),
        (("longer", "--measure", "mlu_words", "--criterion", 9, "--scale", "8.8,8.9,9,9.1,9.2"), "goal.scale"),
        (("longer", "--measure", "mlu_words", "--criterion", 9, "--scale", "x"), "goal.scale"),
        (("longer", "--measure", "mlu_words", "--criterion", 9, "--weight", 0), "goal.criterion"),
        (("longer", "--measure", "mlu_words", "--criterion", 9, "--due", "soon"), "goal.due"),
        (("longer", "--measure", "mlu_words", "--criterion", 9, "--sessions", 0), "goal.sessions"),
        (("longer", "--measure", "mlu_words", "--criterion", 9, "--baseline", "80-90"), "goal.baseline"),
        ((" ", "--measure", "mlu_words", "--criterion", 9), "goal.words"),
    ],
)
def test_what_is_refused(sdc, sarah, options, code):
    result = sdc("goals", "Sarah", "add", options[0], *ADD, *options[1:])
    assert result.exit_code == 1
    assert f"[{code}]" in result.stderr
    assert "No goal" in sdc("goals", "Sarah").stdout


def test_a_goal_is_changed_and_closed_with_why(sdc, sarah):
    longer = ("uses longer utterances", "--measure", "mlu_words", "--criterion", 5.5, "--scale", "auto")
    sdc("goals", "Sarah", "add", *longer, *ADD)
    (before,) = (g["goal"] for g in json.loads(sdc("goals", "Sarah", "list", "--format", "json").stdout)["goals"])
    change = ("goals", "Sarah", "change", before["id"])
    told = sdc(*change, "--criterion", 7, "--scale", "auto", "--due", "2027-02-01", "--why", "it was reached early")
    assert "is at version 2 now" in told.stdout
    (after,) = (g["goal"] for g in json.loads(sdc("goals", "Sarah", "list", "--format", "json").stdout)["goals"])
    changed = ("criterion", "scale", "due", "changed_why", "version", "changed_at", "changed_by")
    assert {key: v for key, v in after.items() if key not in changed} == {
        key: v for key, v in before.items() if key not in changed
    }
    assert (after["criterion"], after["due"], after["scale"][2], after["version"]) == (7, "2027-02-01", 7, 2)
    assert "Version 2, because: it was reached early." in sdc("goals", "Sarah").stdout
    assert "goal.change" in sdc("audit", "list", "--child", "Sarah").stdout
    assert sdc("goals", "Sarah", "close", before["id"], "--why", "met; a new goal follows").exit_code == 0
    shown = sdc("goals", "Sarah").stdout
    assert "Version 2, because: it was reached early." in shown
    assert ", because: met; a new goal follows." in shown


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--criterion", 6), "goal.scale"),
        (("--criterion", 3.6, "--scale", "none"), "goal.criterion"),
        (("--behaviour", "makes eye contact"), "goal.masking"),
        (("--due", "soon"), "goal.due"),
        (("--seen", 2, "--due", "2027-01-01"), "goal.stale"),
        (("--due", "2027-01-01", "--why", "x" * 301), "goal.why"),
    ],
)
def test_what_a_change_may_not_be(sdc, sarah, options, code):
    longer = ("uses longer utterances", "--measure", "mlu_words", "--criterion", 5.5, "--scale", "auto")
    sdc("goals", "Sarah", "add", *longer, *ADD)
    before = sdc("goals", "Sarah", "list", "--format", "json").stdout
    goal = json.loads(before)["goals"][0]["goal"]["id"]
    refused = sdc("goals", "Sarah", "change", goal, *options)
    assert refused.exit_code == 1
    assert code in refused.stderr
    assert sdc("goals", "Sarah", "list", "--format", "json").stdout == before
