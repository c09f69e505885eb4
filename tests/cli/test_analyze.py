"""`sdc analyze`."""

import csv
import io
import json


def test_json_is_the_documented_object(sdc, cha):
    result = sdc("analyze", cha(), "--format", "json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert set(document) == {"schema", "sessions", "failures"}
    assert document["schema"] == "sdc.analysis/1"
    (session,) = document["sessions"]
    assert session["source"] == "visit.cha"
    assert session["date"] == "2026-03-02"
    assert session["child"] == {"code": "CHI", "age_months": 30.0, "sex": "female", "group": None}
    assert set(session["speakers"]) == {"CHI", "MOT"}
    mlu = session["speakers"]["CHI"]["measures"]["mlu_words"]
    assert mlu == {
        "value": 2.0,
        "unit": "words/utterance",
        "n": 2,
        "rule": mlu["rule"],
        "sd": 0.0,
        "reliability": "too_few",
    }
    latency = session["speakers"]["CHI"]["measures"]["response_latency_median"]
    assert latency["value"] is None
    assert latency["reason"]


def test_acoustics_by_option_and_by_setting(sdc, cha, monkeypatch):
    refused = sdc("analyze", cha(), "--acoustics", "ears")
    assert refused.exit_code == 2
    assert "sdc, librosa, praat" in refused.stderr
    monkeypatch.setenv("SDC_ACOUSTICS", "ears")
    assert sdc("analyze", cha()).exit_code == 2
    assert sdc("analyze", cha(), "--acoustics", "praat").exit_code == 0


def test_one_speaker(sdc, cha):
    document = json.loads(sdc("analyze", cha(), "--speaker", "MOT", "--format", "json").stdout)
    assert list(document["sessions"][0]["speakers"]) == ["MOT"]


def test_csv_has_a_row_for_each_measure_of_each_speaker(sdc, cha):
    result = sdc("analyze", cha(), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {(r["speaker"], r["measure"]) for r in rows} >= {("CHI", "mlu_words"), ("MOT", "turns")}
    (mlu,) = [r for r in rows if (r["speaker"], r["measure"]) == ("CHI", "mlu_words")]
    assert (mlu["value"], mlu["n"], mlu["unit"]) == ("2.0", "2", "words/utterance")
    (silent,) = [r for r in rows if (r["speaker"], r["measure"]) == ("CHI", "f0_median")]
    assert silent["value"] == ""
    assert silent["reason"]


def test_table_shows_values_with_their_sample(sdc, cha):
    result = sdc("analyze", cha())
    line = next(line for line in result.stdout.splitlines() if line.startswith("mlu_words "))
    assert line.split() == ["mlu_words", "2", "(2)", "3", "(1)", "words/utterance"]


def test_table_says_why_there_is_no_value(sdc, cha):
    told = sdc("analyze", cha()).stdout
    reasons = told[told.index("no value (—)") :].splitlines()
    (sound,) = [line for line in reasons if "no time codes" in line and "f0_median" in line]
    assert sound.startswith("  CHI, MOT: no time codes: ")
    assert told.count("f0_median") == 2  # in the table, and once with its reason


def test_a_folder_is_told_relative_to_itself(sdc, cha, tmp_path):
    cha("b.cha"), cha("a.cha")
    document = json.loads(sdc("analyze", tmp_path / "in", "--format", "json").stdout)
    assert [s["source"] for s in document["sessions"]] == ["a.cha", "b.cha"]


def test_into_a_file(sdc, cha, tmp_path):
    out = tmp_path / "out.json"
    result = sdc("analyze", cha(), "--format", "json", "-o", out)
    assert result.stdout == ""
    assert "written" in result.stderr
    assert json.loads(out.read_text())["sessions"]


def test_a_file_that_cannot_be_written(sdc, cha, tmp_path):
    result = sdc("analyze", cha(), "-o", tmp_path / "no" / "out.json")
    assert result.exit_code == 1
    assert "output.unwritable" in result.stderr


def test_warnings_name_the_line(sdc, cha):
    path = cha()
    path.write_text(path.read_text().replace("*MOT:\twhat is that ?", "*MOT:\twhat is that"))
    result = sdc("analyze", path)
    assert result.exit_code == 0
    assert "warning: visit.cha:8: " in result.stderr


def test_a_speaker_that_is_in_no_file_is_told(sdc, cha):
    result = sdc("analyze", cha(), "--speaker", "FAT")
    assert result.exit_code == 0
    assert "FAT" in result.stderr


def test_norms_only_where_they_are_asked_for(sdc, cha):
    path = cha()
    plain = json.loads(sdc("analyze", path, "--format", "json").stdout)["sessions"][0]["speakers"]["CHI"]["measures"]
    assert not [m for m in plain.values() if "norm" in m]
    assert "among other children" not in sdc("analyze", path).stdout


def test_norms_place_a_sample_of_play(sdc, cha):
    path = cha()
    path.write_text(path.read_text().replace("*MOT:\twhat", "*CHI:\ta big red dog .\n" * 60 + "*MOT:\twhat"))
    told = ("analyze", path, "--norms", "--context", "toy play")
    document = json.loads(sdc(*told, "--format", "json").stdout)
    norm = document["sessions"][0]["speakers"]["CHI"]["measures"]["mlu_words"]["norm"]
    assert (norm["age_band"], norm["percentile_from"], norm["percentile_below"]) == ("2;06-2;11", 90, None)
    assert "norm" not in document["sessions"][0]["speakers"]["CHI"]["measures"]["ttr"]
    assert "at or above percentile 90 of about 286 children aged 2;06-2;11" in sdc(*told).stdout
    without = sdc("analyze", path, "--norms").stdout
    assert "no place: the situation is not known to be toy play" in without
    rows = list(csv.DictReader(io.StringIO(sdc(*told, "--format", "csv").stdout)))
    (mlu,) = [r for r in rows if (r["speaker"], r["measure"]) == ("CHI", "mlu_words")]
    assert mlu["norm"].startswith("at or above percentile 90")
