"""`sdc enrol`."""

import numpy as np
import pytest

from sdc.audio import load_recording
from sdc.demo import demo_transcripts
from wav import write_wav


@pytest.fixture
def voice(tmp_path):
    """Ten seconds of the demo; that two speak in them does not matter here."""
    samples = load_recording(demo_transcripts()[0].with_suffix(".opus")).samples[:160_000]
    return write_wav(tmp_path / "voice.wav", samples)


@pytest.fixture
def mia(sdc, tmp_path):
    path = tmp_path / "mia.cha"
    path.write_text(
        "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Mia Target_Child\n"
        "@ID:\teng|sdc|CHI|||||Target_Child|||\n*CHI:\thello .\n@End\n"
    )
    assert sdc("add", path, "--child", "Mia").exit_code == 0
    return "Mia"


def test_a_voice_is_remembered(sdc, mia, voice):
    result = sdc("enrol", voice, "--child", mia)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "Mia's voice is remembered for Mia's recordings.\n"
    assert "The adult voice" in sdc("enrol", voice, "--child", "mia", "--as", "adult").stdout


def test_what_cannot_be_enrolled(sdc, mia, voice, tmp_path):
    silence = write_wav(tmp_path / "silence.wav", np.zeros(80_000))
    for path, child, code in ((silence, mia, "enrolment.short"), (voice, "Nobody", "child.not-found")):
        result = sdc("enrol", path, "--child", child)
        assert result.exit_code == 1
        assert code in result.stderr
