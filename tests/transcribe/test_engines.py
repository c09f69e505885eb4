"""Engines are found by name; none sends a recording away by accident."""

import pytest

from sdc.errors import ExtraMissingError, SettingsError
from sdc.pipeline.engines import default_transcriber
from sdc.settings import read_settings
from sdc.transcribe import FasterWhisperTranscriber
from sdc.transcribe.engines import DEFAULT_ENGINE, ENGINES, OPENAI_URL, EngineOptions, make_transcriber
from sdc.transcribe.gated import GatedTranscriber
from sdc.transcribe.models import SUITED, model_for


def made(**environ: str):
    return default_transcriber(read_settings({f"SDC_{name}": value for name, value in environ.items()}))


def test_the_default_runs_on_this_machine():
    engine = made()
    assert isinstance(engine, GatedTranscriber)
    assert isinstance(engine.engine, FasterWhisperTranscriber)
    assert not ENGINES[DEFAULT_ENGINE].is_remote


def test_the_settings_and_the_table_agree(tmp_path):
    settings = read_settings({})
    assert settings.transcriber == DEFAULT_ENGINE
    assert settings.openai_url == OPENAI_URL
    assert settings.allow_cloud is EngineOptions().allow_cloud is False


def test_every_engine_is_named_where_people_look():
    from sdc.settings import SETTINGS

    (setting,) = [s for s in SETTINGS if s.name == "transcriber"]
    assert all(name in setting.help for name in ENGINES)


def test_an_engine_that_there_is_not():
    with pytest.raises(SettingsError) as caught:
        made(TRANSCRIBER="oracle")
    assert caught.value.code == "settings.engine"
    assert all(name in caught.value.hint for name in ENGINES)


@pytest.mark.parametrize("environ", [{}, {"ALLOW_CLOUD": "no"}, {"OPENAI_API_KEY": "sk-made-up"}])
def test_no_voice_leaves_the_house_without_leave(environ):
    with pytest.raises(SettingsError) as caught:
        made(TRANSCRIBER="openai", **environ)
    assert caught.value.code == "settings.cloud"
    assert "SDC_ALLOW_CLOUD=yes" in caught.value.hint
    assert "sk-made-up" not in str(caught.value)


def test_leave_and_key_alone_change_nothing():
    assert isinstance(made(ALLOW_CLOUD="yes", OPENAI_API_KEY="sk-made-up").engine, FasterWhisperTranscriber)


def test_leave_without_a_key():
    with pytest.raises(SettingsError, match="SDC_OPENAI_API_KEY"):
        made(TRANSCRIBER="openai", ALLOW_CLOUD="yes")


@pytest.mark.parametrize("name", sorted(set(ENGINES) - {DEFAULT_ENGINE}))
def test_what_is_not_installed_tells_its_extra(monkeypatch, name):
    monkeypatch.setattr("sdc.transcribe.engines.find_spec", lambda module: None)
    with pytest.raises(ExtraMissingError) as caught:
        make_transcriber(name, EngineOptions(api_key="sk-made-up", allow_cloud=True))
    assert f"[{ENGINES[name].extra}]" in caught.value.hint


def test_the_key_is_never_shown():
    options = EngineOptions(api_key="sk-made-up")
    settings = read_settings({"SDC_OPENAI_API_KEY": "sk-made-up"})
    assert "sk-made-up" not in repr(options) + repr(settings)


@pytest.mark.parametrize(("device", "model"), SUITED.items())
def test_auto_is_what_suits_the_device(device, model):
    assert model_for("auto", device) == model
    assert model_for("base", device) == "base"
