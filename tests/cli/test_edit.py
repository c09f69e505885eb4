"""`sdc edit`."""

import json

import pytest


@pytest.fixture
def edit(sdc, cha):
    """Run `sdc edit` on Mia's one session."""
    assert sdc("add", cha(), "--child", "Mia").exit_code == 0
    return lambda *more: sdc("edit", "Mia", "visit.cha", *more)


def mlu(sdc) -> float:
    sessions = json.loads(sdc("sessions", "Mia", "--format", "json").stdout)["sessions"]
    return sessions[0]["measures"]["mlu_words"]["value"]


def test_lines_are_listed(edit):
    shown = edit().stdout
    assert "visit.cha, version 1" in shown
    assert "&-um a cat ." in shown


def test_a_line_is_put_right_and_undone(edit, sdc):
    before = mlu(sdc)
    done = edit("--line", 2, "--text", "a very big cat .")
    assert done.exit_code == 0, done.stderr
    assert "visit.cha is at version 2 now. Mia: MLU in words 3" in done.stdout
    assert mlu(sdc) == before + 1
    assert "a very big cat ." in edit().stdout
    assert "version 3" in edit("--line", 1, "--speaker", "MOT").stdout
    assert "version 4" in edit("--restore", 1).stdout
    assert mlu(sdc) == before
    listed = edit("--versions").stdout
    for word in ("original", "line", "restored", "cli"):
        assert word in listed
    assert "Nothing changed; version 4 stands." in edit("--line", 2, "--text", "&-um a cat .").stdout
    assert "transcript.edit" in sdc("audit", "list").stdout


def test_who_saw_an_earlier_version_is_told(edit):
    edit("--line", 1, "--text", "the cow .")
    refused = edit("--line", 1, "--text", "the hen .", "--seen", 1)
    assert refused.exit_code == 1
    assert "The transcript is at version 2 now" in refused.stderr
    assert "the cow ." in edit().stdout


def test_what_cannot_be_edited(edit):
    for arguments, status, words in (
        (("--line", 1, "--text", "the cow"), 1, "no terminator"),
        (("--line", 9, "--text", "the cow ."), 1, "There is no line 9"),
        (("--line", 1), 2, "--text"),
        (("--text", "the cow ."), 2, "--line"),
        (("--line", 1, "--text", "the cow .", "--restore", 1), 2, "--restore"),
    ):
        refused = edit(*arguments)
        assert refused.exit_code == status
        assert words in refused.stderr, refused.stderr
    assert "version 1" in edit().stdout


def test_other_edits_by_their_options(edit):
    assert "version 2" in edit("--line", 1, "--text", "the dog the dog ran .").stdout
    for arguments, line in (
        (("--line", 1, "--mark", "retracing", "--words", "0-1"), "<the dog> [/] the dog ran ."),
        (("--line", 1, "--mark", "unintelligible", "--words", 3), "<the dog> [/] the xxx ran ."),
        (("--line", 1, "--code", "&=laughs", "--words", 4), "<the dog> [/] the xxx ran &=laughs ."),
        (("--line", 1, "--split", 5), "&=laughs ."),
        (("--line", 1, "--merge"), "<the dog> [/] the xxx ran &=laughs ."),
        (("--undo",), "<the dog> [/] the xxx ran ."),
        (("--redo",), "<the dog> [/] the xxx ran &=laughs ."),
        (("--rename", "MOT", "--to", "FAT", "--role", "Father"), "FAT"),
    ):
        done = edit(*arguments)
        assert done.exit_code == 0, done.stderr
        assert line in edit().stdout, arguments
    assert "version 10" in edit().stdout


def test_options_that_do_not_fit(edit):
    for arguments, words in (
        (("--line", 1, "--split", 2, "--merge"), "One edit at a time: --split or --merge"),
        (("--split", 2), "--line"),
        (("--undo", "--redo"), "One edit at a time"),
        (("--line", 1, "--undo"), "--line"),
        (("--line", 1, "--text", "a .", "--words", 1), "--words goes with"),
        (("--to", "FAT"), "--rename"),
        (("--rename", "MOT"), "--to"),
        (("--line", 1, "--mark", "funny", "--words", 1), "--mark is one of"),
        (("--line", 1, "--mark", "revision"), "--words"),
        (("--line", 1, "--mark", "revision", "--words", "a-b"), "--words"),
    ):
        refused = edit(*arguments)
        assert refused.exit_code == 2
        assert words in refused.stderr, (arguments, refused.stderr)
    assert edit("--undo").exit_code == 1
    assert "version 1" in edit().stdout
