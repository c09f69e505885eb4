"""Measures without a store: what comes out, what is told, what is left behind."""

import json
from dataclasses import replace

import pytest

from sdc.errors import EngineError, SettingsError
from sdc.pipeline.analyze import analyze_paths, measure_document
from sdc.pipeline.parts import Engine
from sdc.session import Measure


@pytest.fixture
def engine(app):
    return Engine(app.settings, app.transcriber)


def test_a_folder(engine, folder, tmp_path):
    steps = []
    before = sorted(tmp_path.rglob("*"))
    batch = analyze_paths([folder], engine.settings, engine=engine, on_progress=lambda *step: steps.append(step))
    assert sorted(tmp_path.rglob("*")) == before
    assert [item.session.source for item in batch.done] == ["more/later.cha", "visit.cha", "alone.wav"]
    assert [(error.source, error.code.partition(".")[0]) for error in batch.failures] == [("broken.cha", "chat")]
    assert batch.done[1].session.media.duration_s == 3.0
    fractions = [fraction for _, fraction in steps]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < fractions[-1] <= 1


def test_the_document(engine, folder):
    document = analyze_paths([folder / "visit.cha", folder / "none.cha"], engine.settings, engine=engine).document()
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["schema"] == "sdc.analysis/1"
    (session,) = document["sessions"]
    assert (session["source"], session["date"]) == ("visit.cha", "2026-03-02")
    assert session["child"] == {"code": "CHI", "age_months": 30.0, "sex": "female", "group": None}
    assert session["speakers"].keys() == {"CHI", "MOT"}
    mlu = session["speakers"]["CHI"]["measures"]["mlu_words"]
    assert (mlu["value"], mlu["n"], mlu["unit"], mlu["rule"]) == (2.0, 2, "words/utterance", "mlu_words.v1")
    (failure,) = document["failures"]
    assert failure["code"] == "input.missing"
    assert "none.cha" in failure["source"]


def test_one_speaker(engine, folder):
    batch = analyze_paths([folder / "visit.cha"], engine.settings, engine=engine, speaker="MOT")
    assert list(batch.done[0].analysis.speakers) == ["MOT"]


def test_a_bad_recording_is_a_failure_and_its_transcript_is_measured(engine, folder):
    (folder / "visit.wav").write_bytes(b"not sound")
    batch = analyze_paths([folder / "visit.cha"], engine.settings, engine=engine)
    assert len(batch.done) == 1
    assert [error.source for error in batch.failures] == ["visit.wav"]


@pytest.mark.parametrize("name", ["librosa", "praat"])
def test_another_back_end_is_said_in_rules_and_provenance(engine, folder, name):
    settings = replace(engine.settings, acoustics=name)
    own, other = (
        analyze_paths([folder / "visit.cha"], s, engine=Engine(s, engine.transcriber)).done[0]
        for s in (engine.settings, settings)
    )
    rules = {m.rule for m in other.analysis.speakers["CHI"].measures.values()}
    assert f"hnr_db.v1@{name}" in rules
    assert "mlu_words.v1" in rules
    made = {p.step: p.engine for p in other.session.provenance}
    assert made["pitch"].startswith(name)
    assert made["intensity"].startswith(name)
    assert {p.step: p.engine for p in own.session.provenance}["pitch"] == "swift-f0"
    steps = [p.step for p in other.session.provenance]
    assert len(steps) == len(set(steps))


def test_a_back_end_that_is_none_is_refused_before_any_file(engine, folder):
    settings = replace(engine.settings, acoustics="ears")
    with pytest.raises(SettingsError):
        analyze_paths([folder / "visit.cha"], settings, engine=Engine(settings, engine.transcriber))


def test_an_engine_that_cannot_run_stops_nothing(app, folder):
    class Broken:
        is_remote = False

        def transcribe(self, recording, *, on_progress):
            raise EngineError("no model")

    batch = analyze_paths(
        [folder / "alone.wav", folder / "visit.cha"], app.settings, engine=Engine(app.settings, Broken())
    )
    assert [item.session.source for item in batch.done] == ["visit.cha"]
    assert [(error.source, error.message) for error in batch.failures] == [("alone.wav", "no model")]


def test_a_measure_without_a_value_has_its_reason():
    missing = Measure("hnr_db", None, "dB", 0, "hnr_db.v1", reason="no recording")
    assert measure_document(missing) == {
        "value": None,
        "unit": "dB",
        "n": 0,
        "rule": "hnr_db.v1",
        "reason": "no recording",
    }
    found = Measure("mlu_words", 2.5, "words/utterance", 40, "mlu_words.v1", sd=0.7, reliability="rough")
    assert measure_document(found).keys() == {"value", "unit", "n", "rule", "sd", "reliability"}
