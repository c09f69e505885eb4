"""pyannote behind ``Diarizer``, against a fake with the real package's call shape."""

import os
import sys
import types

import numpy as np
import pytest

from fakes.pyannote_audio import FakePyannote, install_fake
from sdc.audio import Recording
from sdc.errors import EngineError, ExtraMissingError, ModelMissingError, SettingsError
from sdc.session import TimeSpan
from sdc.settings import SETTINGS, read_settings
from sdc.transcribe.diarizers import (
    DEFAULT_DIARIZER,
    DIARIZERS,
    PYANNOTE_MODEL,
    DiarizerOptions,
    OwnDiarizer,
    make_diarizer,
    require_diarizer,
)
from sdc.transcribe.speakers import pyannote

TOKEN = "hf_made_up_secret"
SILENCE = Recording(np.zeros(64_000, np.float32), 4.0)
TURNS = ((2.0, 5.0, "SPEAKER_01"), (0.5, 2.5, "SPEAKER_00"), (1.0, 1.0, "SPEAKER_07"))


@pytest.fixture
def fake(monkeypatch):
    fake = FakePyannote(TURNS)
    install_fake(monkeypatch, fake)
    monkeypatch.setattr(pyannote, "_LOADED", {})
    monkeypatch.setenv("PYANNOTE_METRICS_ENABLED", "true")  # as the real package sets it when it is imported
    return fake


def diarizer(n_speakers=None):
    return make_diarizer("pyannote", DiarizerOptions(n_speakers, token=TOKEN))


def test_turns_become_segments(fake, capsys):
    found = diarizer(2).diarize(SILENCE)
    assert [(s.speaker, s.span, s.overlap, s.confidence) for s in found.segments] == [
        ("SP00", TimeSpan(500, 2500), True, None),
        ("SP01", TimeSpan(2000, 4000), True, None),
    ]
    assert fake.calls == [{"samples": 64_000, "rate": 16_000, "n": 2}]
    assert fake.loads == [(PYANNOTE_MODEL, TOKEN)]
    made = found.provenance
    assert (made.engine, made.version, made.model) == ("pyannote.audio", "4.0.fake", PYANNOTE_MODEL)
    assert TOKEN not in repr(made)
    assert capsys.readouterr().out == ""


def test_the_pipeline_is_loaded_once(fake):
    for n in (None, 3):
        diarizer(n).diarize(SILENCE)
    assert len(fake.loads) == 1
    assert [call["n"] for call in fake.calls] == [None, 3]


def test_an_older_pipeline_gives_the_turns_alone(fake):
    fake.legacy = True
    assert len(diarizer().diarize(SILENCE).segments) == 2


def test_nothing_is_told_to_anybody(fake):
    fake.tell("before")
    diarizer().diarize(SILENCE)
    assert fake.told == ["before"]
    assert os.environ["PYANNOTE_METRICS_ENABLED"] == "false"


@pytest.mark.parametrize("refusal", [OSError(f"401 for Bearer {TOKEN}"), ValueError(TOKEN), RuntimeError(TOKEN)])
def test_a_pipeline_that_cannot_be_had(fake, refusal):
    fake.refuses = refusal
    with pytest.raises(ModelMissingError, match="SDC_HUGGINGFACE_TOKEN") as caught:
        diarizer().diarize(SILENCE)
    assert PYANNOTE_MODEL in str(caught.value)
    assert TOKEN not in str(caught.value)
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)  # no traceback shows it


def test_a_folder_is_named_by_its_last_part(fake, tmp_path):
    fake.refuses = OSError()
    with pytest.raises(ModelMissingError) as caught:
        make_diarizer("pyannote", DiarizerOptions(model=str(tmp_path))).diarize(SILENCE)
    assert tmp_path.name in str(caught.value)
    assert str(tmp_path.parent) not in str(caught.value)


def test_a_pipeline_in_the_cloud_is_refused(fake, monkeypatch):
    fake.is_cloud = True
    install_fake(monkeypatch, fake)
    with pytest.raises(SettingsError) as caught:
        diarizer().diarize(SILENCE)
    assert caught.value.code == "settings.cloud"
    assert fake.calls == []


def test_a_pipeline_that_gives_up(fake):
    fake.breaks = RuntimeError("out of memory")
    with pytest.raises(EngineError) as caught:
        diarizer().diarize(SILENCE)
    assert caught.value.code == "engine.failed"


def test_packages_that_do_not_fit_together(fake, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyannote.audio", types.ModuleType("pyannote.audio"))  # without a Pipeline
    monkeypatch.setattr("sdc.transcribe.diarizers.find_spec", lambda name: object())
    with pytest.raises(EngineError) as caught:
        diarizer().diarize(SILENCE)
    assert caught.value.code == "engine.load"


def test_the_table_and_the_settings_agree():
    settings = read_settings({"SDC_HUGGINGFACE_TOKEN": TOKEN})
    assert (settings.diarizer, settings.pyannote_model) == (DEFAULT_DIARIZER, PYANNOTE_MODEL)
    assert isinstance(make_diarizer(DEFAULT_DIARIZER, DiarizerOptions()), OwnDiarizer)
    (setting,) = [s for s in SETTINGS if s.name == "diarizer"]
    assert all(name in setting.help for name in DIARIZERS)
    assert TOKEN not in repr(settings) + repr(DiarizerOptions(token=TOKEN))


def test_what_there_is_not(monkeypatch):
    with pytest.raises(SettingsError, match="sdc, pyannote") as caught:
        require_diarizer("oracle")
    assert caught.value.code == "settings.diarizer"
    monkeypatch.setattr("sdc.transcribe.diarizers.find_spec", lambda name: None)
    with pytest.raises(ExtraMissingError, match=r"companion\[pyannote\]"):
        make_diarizer("pyannote", DiarizerOptions())
