"""`sdc serve`, `sdc doctor`, `sdc --version`."""

import json
import os
import signal
import subprocess
import sys
import threading

import httpx
import pytest

from sdc import __version__
from sdc.settings import SETTINGS


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_the_printed_address_signs_in_once_and_ctrl_c_ends_it(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "sdc.cli", "serve", "--port", "0"],
        env={**os.environ, "SDC_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    with process:
        try:
            url = next(line.strip() for line in process.stdout if "token=" in line)
            assert url.startswith("http://127.0.0.1:")
            base = url.partition("/?")[0]
            with httpx.Client(follow_redirects=True) as browser:
                page = browser.get(url)
                assert page.status_code == 200
                assert "<div id=" in page.text
                assert browser.get(f"{base}/api/children").json()["items"] == []
            with httpx.Client(follow_redirects=True) as other:
                assert other.get(url).status_code == 401
                assert other.get(f"{base}/api/children").status_code == 401
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
            assert "Traceback" not in process.stderr.read()
        finally:
            watchdog.cancel()
            process.kill()


def test_an_address_that_cannot_be_used(sdc):
    result = sdc("serve", "--host", "192.0.2.1")
    assert result.exit_code == 2
    assert "192.0.2.1" in result.stderr
    assert "reached from other machines" in result.stderr


def test_a_port_that_is_none(sdc):
    assert sdc("serve", "--port", "70000").exit_code == 2


def test_doctor_lists_every_setting(sdc):
    document = json.loads(sdc("doctor", "--format", "json").stdout)
    assert set(document["settings"]) == {s.variable for s in SETTINGS}
    checks = {check["name"]: check for check in document["checks"]}
    assert checks["store"]["ok"]
    assert checks["dashboard"]["ok"]
    text = sdc("doctor").stdout
    assert all(s.variable in text for s in SETTINGS)


def test_doctor_finds_the_model_that_is_there(sdc, tiny_whisper, monkeypatch, tmp_path):
    monkeypatch.setenv("SDC_WHISPER_MODEL", str(tiny_whisper))
    assert "tiny-whisper" in sdc("doctor").stdout
    monkeypatch.setenv("SDC_WHISPER_MODEL", str(tmp_path))
    assert "is not on disk" in sdc("doctor").stdout


def test_doctor_shows_no_key(sdc, monkeypatch):
    assert json.loads(sdc("doctor", "--format", "json").stdout)["settings"]["SDC_OPENAI_API_KEY"] == "not set"
    monkeypatch.setenv("SDC_OPENAI_API_KEY", "sk-made-up")
    document, text = sdc("doctor", "--format", "json").stdout, sdc("doctor").stdout
    assert json.loads(document)["settings"]["SDC_OPENAI_API_KEY"] == "set"
    assert "sk-made-up" not in document + text


def test_doctor_tells_of_an_engine_that_may_not_be_used(sdc, monkeypatch):
    monkeypatch.setenv("SDC_TRANSCRIBER", "openai")
    result = sdc("doctor", "--format", "json")
    (check,) = [c for c in json.loads(result.stdout)["checks"] if c["name"] == "transcriber"]
    assert not check["ok"]
    assert "SDC_ALLOW_CLOUD" in check["hint"]


def test_a_diarizer_that_there_is_not(sdc, monkeypatch):
    monkeypatch.setenv("SDC_DIARIZER", "oracle")
    (check,) = [c for c in json.loads(sdc("doctor", "--format", "json").stdout)["checks"] if c["name"] == "diarizer"]
    assert (check["ok"], check["hint"]) == (False, "Diarizers: sdc, pyannote.")
    result = sdc("children")
    assert (result.exit_code, "settings.diarizer" in result.stderr) == (2, True)


def test_version(sdc):
    assert sdc("--version").stdout == f"sdc {__version__}\n"


def test_every_command_has_help(sdc):
    for command in (
        "analyze",
        "convert",
        "transcribe",
        "add",
        "children",
        "sessions",
        "ask",
        "serve",
        "demo",
        "doctor",
    ):
        result = sdc(command, "--help")
        assert result.exit_code == 0
        assert "Usage" in result.stdout
