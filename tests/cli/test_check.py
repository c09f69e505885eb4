"""`sdc check`."""

import json

import pytest

BAD = "@UTF8\n@Begin\n*CHI:\t<the dog .\n@End\n"


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "in" / "deep" / "bad.cha"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BAD)
    return path


def test_a_valid_file(sdc, cha):
    result = sdc("check", cha())
    assert result.exit_code == 0
    assert result.stdout == "1 file checked: 0 with errors; 0 errors and 0 warnings.\n"


def test_problems_with_their_lines(sdc, bad):
    result = sdc("check", bad)
    assert result.exit_code == 1
    row = next(line for line in result.stdout.splitlines() if "unbalanced" in line)
    assert row.split()[:3] == ["3", "22", "…"]
    assert "< is opened and not closed." in row and "partner" in row
    assert "1 file checked: 1 with errors" in result.stdout


def test_a_folder_with_all_in_it_as_json(sdc, cha, bad):
    result = sdc("check", cha().parent, "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["schema"] == "sdc.check/1"
    assert [(file["source"], file["ok"]) for file in document["files"]] == [
        ("deep/bad.cha", False),
        ("visit.cha", True),
    ]
    found = [p for p in document["files"][0]["problems"] if p["code"] == "chat.unbalanced-bracket"]
    assert [(p["line"], p["severity"], p["check"][0]) for p in found] == [(3, "error", 22)]
    assert document["summary"]["files"] == 2


def test_what_cannot_be_opened_is_told_and_the_rest_goes_on(sdc, cha, tmp_path):
    (tmp_path / "empty").mkdir()
    result = sdc("check", tmp_path / "nothing.cha", tmp_path / "empty", cha())
    assert result.exit_code == 1
    assert "1 file checked" in result.stdout
    assert "nothing.cha" in result.stderr and "holds no CHAT transcript" in result.stderr


@pytest.mark.parametrize("text", ["", "no transcript\n"])
def test_what_is_no_transcript_is_an_error(sdc, tmp_path, text):
    path = tmp_path / "x.cha"
    path.write_text(text)
    result = sdc("check", path)
    assert result.exit_code == 1
    assert "1 with errors" in result.stdout


def test_a_whisper_transcript_becomes_a_valid_one(sdc, tmp_path):
    path = tmp_path / "heard.json"
    said = " Um, Mr. Smith went at p.m. time; it’s — well... [laughs] “two” dogs, I-I think!"
    segments = [{"start": 0, "end": 4, "text": said}, {"start": 4, "end": 5, "text": " Yes"}]
    path.write_text(json.dumps({"text": said, "segments": segments}))
    out = tmp_path / "heard.cha"
    assert sdc("convert", path, "-o", out).exit_code == 0
    result = sdc("check", out)
    assert (result.exit_code, result.stdout) == (0, "1 file checked: 0 with errors; 0 errors and 0 warnings.\n")
