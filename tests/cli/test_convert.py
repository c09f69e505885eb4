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
