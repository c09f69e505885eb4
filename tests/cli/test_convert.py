"""`sdc convert`."""

import json

import pytest

from sdc import read


def test_chat_to_json_and_back(sdc, cha, tmp_path):
    source, middle, back = cha(), tmp_path / "s.json", tmp_path / "back.cha"
    assert sdc("convert", source, "-o", middle).exit_code == 0
    assert json.loads(middle.read_text())["schema"] == "sdc.session/1"
    assert sdc("convert", middle, "-o", back).exit_code == 0
    assert [u.raw for u in read(back).utterances] == [u.raw for u in read(source).utterances]


@pytest.mark.parametrize(("to", "start"), [("json", '{"source"'), ("cha", "@UTF8\n@Begin"), ("csv", "index,speaker")])
def test_to_stdout(sdc, cha, to, start):
    result = sdc("convert", cha(), "--to", to)
    assert result.exit_code == 0
    assert result.stdout.startswith(start)


def test_whisper_json_to_chat(sdc, tmp_path):
    path = tmp_path / "heard.json"
    path.write_text(json.dumps({"text": " Hello.", "segments": [{"start": 0, "end": 1, "text": " Hello."}]}))
    result = sdc("convert", path, "--to", "cha")
    assert "*UNK:\thello . \x150_1000\x15" in result.stdout
    assert "json.no-speakers" in result.stderr


def test_what_cannot_be_read(sdc, tmp_path):
    result = sdc("convert", tmp_path / "nothing.cha")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "nothing.cha" in result.stderr


@pytest.fixture()
def timed(cha):
    """A transcript whose lines have times."""
    path = cha()
    lines = path.read_text().split("\n")
    for number, line in enumerate(lines):
        if line.startswith("*"):
            lines[number] = f"{line} \x15{1000 * number}_{1000 * number + 900}\x15"
        if line.startswith("@ID"):
            last = number
    lines.insert(last + 1, "@Media:\tvisit, audio")
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("ending", ["eaf", "TextGrid", "srt", "vtt"])
def test_there_and_back_through_other_programs_formats(sdc, timed, tmp_path, ending):
    source, middle, back = timed, tmp_path / f"visit.{ending}", tmp_path / "visit.cha"
    assert sdc("convert", source, middle).exit_code == 0
    assert sdc("convert", middle, back).exit_code == 0
    words = [(u.speaker, u.raw, u.span) for u in read(source).utterances]
    assert [(u.speaker, u.raw, u.span) for u in read(back).utterances] == words
    assert sdc("check", back).exit_code == 0
    assert sdc("analyze", middle, "--format", "json").exit_code == 0


def test_what_is_lost_is_said(sdc, timed, tmp_path):
    result = sdc("convert", timed, tmp_path / "a.srt")
    assert "SubRip holds no headers" in result.stderr


def test_the_child_can_be_said(sdc, tmp_path):
    captions = tmp_path / "a.srt"
    captions.write_text("1\n00:00:01,000 --> 00:00:02,000\nMia: No.\n")
    assert "annotation.no-child" in sdc("convert", captions).stderr
    result = sdc("convert", captions, "--to", "cha", "--target", "mia")
    assert "MIA Mia Target_Child" in result.stdout
    assert "annotation.no-child" not in result.stderr
    told = json.loads(sdc("analyze", captions, "--target", "MIA", "--format", "json").stdout)
    assert told["sessions"][0]["child"]["code"] == "MIA"
    missing = sdc("analyze", captions, "--target", "Bob")
    assert missing.exit_code == 1
    assert "MIA (Mia)" in missing.stderr
    assert sdc("add", captions, "--child", "Mia", "--target", "MIA").exit_code == 0
