"""`sdc insights` and `sdc feedback` on the demo child."""

import json

import pytest

from sdc.demo import demo_transcripts


@pytest.fixture
def sarah(sdc, tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    for path in demo_transcripts():
        (folder / path.name).write_bytes(path.read_bytes())
    assert sdc("add", folder, "--child", "Sarah").exit_code == 0


def read(sdc, *options):
    return json.loads(sdc("insights", "Sarah", "--format", "json", *options).stdout)


def test_the_account_of_all_weeks_and_of_one(sdc, sarah):
    shown = sdc("insights", "Sarah").stdout
    heads = ["Strengths", "What changed", "Where to listen", "The adults' side", "To try at home", "Questions"]
    assert [shown.index(head) for head in heads] == sorted(shown.index(head) for head in heads)
    assert "line 37, 1:01" in shown
    whole = read(sdc)
    assert len(whole["sessions"]) == 5
    assert {i["verdict"] for i in whole["insights"] if i["measure"] == "maze_words_pct"} == {"decrease"}
    week = read(sdc, "--from", "2026-03-09", "--to", "2026-03-09", "--for", "parent")
    assert len(week["sessions"]) == 1
    assert week["voice"] == "parent"
    assert read(sdc, "--session", week["sessions"][0], "--for", "parent") == week


def test_feedback_changes_what_is_told(sdc, sarah):
    assert "No feedback" in sdc("feedback", "Sarah").stdout
    before = read(sdc, "--for", "parent")
    idea = next(i for i in before["insights"] if i["kind"] == "idea")
    activity = before["activity"]["id"]
    assert sdc("feedback", "Sarah", "activity", activity, "--went", "so-so").exit_code == 0
    assert read(sdc, "--for", "parent")["activity"]["id"] != activity
    strength = next(i for i in before["insights"] if i["kind"] == "strength")
    approve = ("feedback", "Sarah", "insight", strength["key"], "approve", "--for", "parent")
    assert "Version 1" in sdc(*approve).stdout
    assert (
        next(i for i in read(sdc, "--for", "parent")["insights"] if i["key"] == strength["key"])["status"] == "approved"
    )
    assert (
        sdc("feedback", "Sarah", "insight", idea["key"], "approve", "--for", "parent").exit_code == 1
    )  # it has rotated
    bad = sdc("feedback", "Sarah", "insight", strength["key"], "edit", "--text", "99 words", "--for", "parent")
    assert "[insight.ungrounded]" in bad.stderr
    listed = sdc("feedback", "Sarah").stdout
    assert "approve" in listed
    assert "so-so" in listed
    assert "insight.approve" in sdc("audit", "list", "--child", "Sarah").stdout
