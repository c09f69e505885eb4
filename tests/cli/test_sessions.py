"""`sdc add`, `sdc children`, `sdc sessions`."""

import json
import shutil

import pytest
from typer.main import get_command

from sdc.cli.main import app
from sdc.demo import demo_transcripts


def listed(sdc, child="Mia"):
    return json.loads(sdc("sessions", child, "--format", "json").stdout)


def test_what_is_added_is_listed_by_week(sdc, cha):
    result = sdc("add", cha("later.cha", date="17-MAR-2026"), cha(), "--child", "Mia")
    assert result.exit_code == 0
    assert "visit.cha: Mia's session of 2026-03-02, 3 utterances" in result.stdout
    document = listed(sdc)
    assert document["child"]["name"] == "Mia"
    assert [(s["source"], s["week"], s["date"]) for s in document["sessions"]] == [
        ("visit.cha", 1, "2026-03-02"),
        ("later.cha", 3, "2026-03-17"),
    ]
    assert document["sessions"][0]["measures"]["mlu_words"]["value"] == 2.0
    table = sdc("sessions", "mia").stdout.splitlines()
    assert table[0] == "Mia"
    assert table[1].split()[:3] == ["week", "date", "source"]
    assert table[2].split()[:3] == ["1", "2026-03-02", "visit.cha"]


def test_adding_twice_changes_nothing(sdc, cha):
    for _ in range(2):
        assert sdc("add", cha(), "--child", "Mia").exit_code == 0
    assert len(listed(sdc)["sessions"]) == 1


def test_date_and_context_that_are_told(sdc, cha):
    sdc("add", cha(), "--child", "Mia", "--date", "2026-04-01", "--context", "at the table")
    (session,) = listed(sdc)["sessions"]
    assert (session["date"], session["context"]) == ("2026-04-01", "at the table")


def test_a_recording_comes_along(sdc, tmp_path):
    transcript = demo_transcripts()[0]
    for path in (transcript, transcript.with_suffix(".opus")):
        shutil.copy(path, tmp_path)
    result = sdc("add", tmp_path / transcript.name, "--child", "Mia")
    assert result.exit_code == 0
    (session,) = listed(sdc)["sessions"]
    assert 60 < session["duration_s"] < 120
    assert session["measures"]["f0_median"]["value"] > 200
    assert "recording" in result.stdout


def test_a_recording_alone_is_transcribed_and_not_counted_as_the_child(sdc, tmp_path, tiny_whisper, monkeypatch):
    monkeypatch.setenv("SDC_WHISPER_MODEL", str(tiny_whisper))
    path = shutil.copy(demo_transcripts()[1].with_suffix(".opus"), tmp_path / "alone.opus")
    result = sdc("add", path, "--child", "Mia", "--date", "2026-03-02")
    assert result.exit_code == 0
    assert "no speaker is known to be the child" in result.stderr
    assert "nobody has checked" in result.stderr
    (session,) = listed(sdc)["sessions"]
    assert (session["origin"], session["target"], session["measures"]) == ("whisper", None, {})


def test_children(sdc, cha):
    assert "Add one" in sdc("children").stdout
    sdc("add", cha(), "--child", "Mia")
    sdc("add", cha(), "--child", "Ada")
    people = json.loads(sdc("children", "--format", "json").stdout)["children"]
    assert [(p["name"], p["n_sessions"], p["last_session"]) for p in people] == [
        ("Ada", 1, "2026-03-02"),
        ("Mia", 1, "2026-03-02"),
    ]
    assert sdc("children").stdout.splitlines()[1].split() == ["Ada", "1", "2026-03-02"]


def test_a_child_that_nobody_knows(sdc, cha):
    sdc("add", cha(), "--child", "Mia")
    for command in (("sessions", "Bo"), ("ask", "Bo", "How is the fluency?")):
        result = sdc(*command)
        assert result.exit_code == 1
        assert "no child named Bo" in result.stderr
        assert "Mia" in result.stderr


@pytest.mark.parametrize("date", ["1.4.2026", "2026-13-01", "soon"])
def test_a_date_that_is_none(sdc, cha, date):
    result = sdc("add", cha(), "--child", "Mia", "--date", date)
    assert result.exit_code == 2
    assert f"'--date': '{date}' is not a date; write it as year-month-day, like 2024-03-04." in result.stderr
    assert "%" not in result.stderr


def test_no_option_of_any_command_is_written_in_letters_of_a_program():
    written = [record[0] for record in _help_records(get_command(app), "sdc")]
    assert "--date YYYY-MM-DD" in written
    assert [words for words in written if "%" in words] == []


def _help_records(command, path):
    context = command.context_class(command, info_name=path)
    yield from (record for option in command.params if (record := option.get_help_record(context)))
    for name, below in getattr(command, "commands", {}).items():
        yield from _help_records(below, f"{path} {name}")


def test_nothing_to_add_leaves_no_child(sdc, tmp_path):
    assert sdc("add", tmp_path / "nothing.cha", "--child", "Mai").exit_code == 1
    assert json.loads(sdc("children", "--format", "json").stdout) == {"children": []}


def test_a_transcript_without_a_target_child_is_told(sdc, cha):
    path = cha()
    path.write_text(path.read_text().replace("Target_Child", "Brother"))
    result = sdc("add", path, "--child", "Mia")
    assert result.exit_code == 0
    assert "no speaker is known to be the child" in result.stderr
