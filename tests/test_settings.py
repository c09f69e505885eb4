"""Settings are data: read once, typed, documented."""

from dataclasses import fields
from pathlib import Path

import pytest

from sdc.errors import SettingsError
from sdc.settings import SETTINGS, Settings, read_settings

ROOT = Path(__file__).resolve().parents[1]


def test_defaults():
    settings = read_settings({})
    assert settings.host == "127.0.0.1"
    assert settings.home.is_absolute()
    assert Settings(home=settings.home) == settings


def test_table_and_fields_agree():
    assert [s.name for s in SETTINGS] == [f.name for f in fields(Settings)]


def test_values_are_parsed():
    settings = read_settings({"SDC_HOME": "/data/sdc", "SDC_PORT": "0", "SDC_MAX_RECORDING_S": "90.5"})
    assert (settings.home, settings.port, settings.max_recording_s) == (Path("/data/sdc"), 0, 90.5)


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"SDC_PORT": "http"}, "SDC_PORT='http': must be a whole number."),
        ({"SDC_JOB_LEASE_S": "soon"}, "must be a number."),
        ({"SDC_PORT": "70000"}, "between 0 and 65535"),
        ({"SDC_WORKERS": "0"}, "greater than 0"),
        ({"SDC_PROT": "1"}, "SDC_PROT is not a setting of SDC. Did you mean SDC_PORT?"),
        ({"SDC_LOG_FORMAT": "xml"}, "text or json"),
    ],
)
def test_what_cannot_be_used_is_said(environ, says):
    with pytest.raises(SettingsError) as caught:
        read_settings(environ)
    assert says in str(caught.value)


def test_an_address_with_a_password_is_never_repeated():
    with pytest.raises(SettingsError) as caught:
        read_settings({"SDC_DOCUMENTS": "mongo://user:pa55@host/sdc"})
    assert "mongodb://" in str(caught.value)
    assert "pa55" not in str(caught.value)
    settings = read_settings({"SDC_DOCUMENTS": "mongodb://user:pa55@host/sdc"})
    assert "pa55" not in repr(settings)
    assert [s.shown(settings) for s in SETTINGS if s.name == "documents"] == ["set"]
    assert read_settings({"SDC_DOCUMENTS": "sqlite"}).documents == ""


def test_a_secret_may_lie_in_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("mongodb://user:pa55@host/sdc\n")
    assert read_settings({"SDC_DOCUMENTS_FILE": str(file)}).documents == "mongodb://user:pa55@host/sdc"
    for environ, says in (
        ({"SDC_DOCUMENTS_FILE": str(file), "SDC_DOCUMENTS": "sqlite"}, "both set"),
        ({"SDC_DOCUMENTS_FILE": str(tmp_path / "none")}, "No such file"),
        ({"SDC_PORT_FILE": str(file)}, "not a setting"),
    ):
        with pytest.raises(SettingsError, match=says):
            read_settings(environ)
    file.write_text("mysql://user:pa55@host")
    with pytest.raises(SettingsError) as caught:
        read_settings({"SDC_DOCUMENTS_FILE": str(file)})
    assert "pa55" not in str(caught.value)


def test_the_file_of_the_master_key_is_a_setting_of_its_own(tmp_path):
    settings = read_settings({"SDC_MASTER_KEY_FILE": str(tmp_path / "key")})
    assert (settings.master_key, settings.master_key_file) == ("", str(tmp_path / "key"))


def test_every_setting_is_documented():
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    missing = [s.variable for s in SETTINGS if f"`{s.variable}`" not in page or s.help not in page]
    assert not missing
