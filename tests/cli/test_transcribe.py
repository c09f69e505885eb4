"""`sdc transcribe`, with faster-whisper on a tiny model with made-up weights."""

import json
import shutil

import pytest

from fakes.openai_api import KEY, fake_openai
from sdc.demo import demo_transcripts

SAID = ("the little dog found &-um a red ball .", "can you throw it to me ?")

CLOUD = {
    "task": "transcribe",
    "language": "english",
    "text": "Look.",
    "segments": [{"start": 0.0, "end": 2.0, "text": " Look.", "avg_logprob": -0.25, "no_speech_prob": 0.01}],
}


@pytest.fixture
def recording(tmp_path):
    return shutil.copy(demo_transcripts()[0].with_suffix(".opus"), tmp_path / "visit.opus")


def test_a_draft_in_chat(sdc, recording, tiny_whisper):
    result = sdc("transcribe", recording, "--model", tiny_whisper, "--speakers", "1")
    assert result.exit_code == 0
    assert result.stdout.startswith("@UTF8\n@Begin\n@Languages:\teng\n")
    assert "@Media:\tvisit.opus, audio" in result.stdout
    assert all(f"*UNK:\t{line}" in result.stdout for line in SAID)
    assert "transcribe.no-speakers" in result.stderr
    assert "transcribe.unchecked" in result.stderr


def test_into_a_file_by_its_ending(sdc, recording, tiny_whisper, tmp_path):
    out = tmp_path / "draft.json"
    assert sdc("transcribe", recording, "--model", tiny_whisper, "--child-only", "-o", out).exit_code == 0
    document = json.loads(out.read_text())
    assert {u["speaker"] for u in document["utterances"]} == {"CHI"}
    (made_by,) = [p for p in document["provenance"] if p["step"] == "transcribe"]
    assert (made_by["engine"], made_by["model"]) == ("faster-whisper", "tiny-whisper")
    again = sdc("analyze", out, "--format", "json")
    assert json.loads(again.stdout)["sessions"][0]["speakers"]["CHI"]["measures"]["mlu_words"]["value"] > 5


def test_the_model_of_the_settings(sdc, recording, tiny_whisper, monkeypatch):
    monkeypatch.setenv("SDC_WHISPER_MODEL", str(tiny_whisper))
    assert SAID[0] in sdc("transcribe", recording, "--speakers", 1).stdout


@pytest.mark.parametrize(
    ("name", "code"), [("none.wav", "input.missing"), ("", "input.missing"), ("text.mp3", "media.unreadable")]
)
def test_what_is_no_recording(sdc, tmp_path, tiny_whisper, name, code):
    (tmp_path / "text.mp3").write_text("no sound\n" * 50)
    result = sdc("transcribe", tmp_path / name, "--model", tiny_whisper)
    assert result.exit_code == 1
    assert code in result.stderr
    assert result.stdout == ""


def test_no_model(sdc, recording, tmp_path):
    result = sdc("transcribe", recording, "--model", tmp_path)
    assert result.exit_code == 1
    assert "engine.model-incomplete" in result.stderr


def test_an_unknown_language_is_wrong_usage(sdc, recording, tiny_whisper):
    result = sdc("transcribe", recording, "--model", tiny_whisper, "--language", "klingon")
    assert result.exit_code == 2
    assert "klingon" in result.stderr


def test_an_engine_that_there_is_not_is_wrong_usage(sdc, recording):
    result = sdc("transcribe", recording, "--engine", "oracle")
    assert result.exit_code == 2
    assert "settings.engine" in result.stderr


def test_the_cloud_hears_nothing_without_leave(sdc, recording, monkeypatch):
    with fake_openai(CLOUD) as server:
        monkeypatch.setenv("SDC_OPENAI_URL", server.url)
        monkeypatch.setenv("SDC_OPENAI_API_KEY", KEY)
        result = sdc("transcribe", recording, "--engine", "openai")
        assert result.exit_code == 2
        assert "SDC_ALLOW_CLOUD=yes" in result.stderr
        assert server.n_requests == 0


def test_the_cloud_with_leave(sdc, recording, monkeypatch):
    with fake_openai(CLOUD) as server:
        monkeypatch.setenv("SDC_OPENAI_URL", server.url)
        monkeypatch.setenv("SDC_OPENAI_API_KEY", KEY)
        monkeypatch.setenv("SDC_ALLOW_CLOUD", "yes")
        monkeypatch.setenv("SDC_TRANSCRIBER", "openai")
        without = sdc("transcribe", recording, "--speakers", 1)
        assert without.exit_code == 1
        assert "--consent-given" in without.stderr
        assert server.n_requests == 0
        result = sdc("transcribe", recording, "--speakers", 1, "--consent-given")
    assert result.exit_code == 0, result.stderr
    assert "*UNK:\tlook . \x150_2000\x15\n%xasr:\tlogprob -0.25 nospeech 0.01\n" in result.stdout
    assert "visit" not in server.asked[0].filename
    assert KEY not in result.stdout + result.stderr


def test_voices_are_told_apart(sdc, recording, tiny_whisper):
    result = sdc("transcribe", recording, "--model", tiny_whisper)
    assert result.exit_code == 0
    assert "*SP00:\t" in result.stdout
    assert "Unidentified" in result.stdout
    assert "*CHI" not in result.stdout
    assert "transcribe.speakers" in result.stderr


def test_who_spoke_from_a_file_or_a_person(sdc, recording, tiny_whisper, tmp_path):
    rttm = tmp_path / "visit.rttm"
    rttm.write_text("SPEAKER visit 1 0 60 <NA> <NA> A <NA> <NA>\nSPEAKER visit 1 60 90 <NA> <NA> B <NA> <NA>\n")
    options = ("transcribe", recording, "--model", tiny_whisper, "--rttm", rttm)
    assert "*SP00:\tthe little dog" in sdc(*options).stdout
    assert "*CHI:\tthe little dog" in sdc(*options, "--child", "A").stdout
    result = sdc(*options, "--child", "C")
    assert result.exit_code == 1
    assert "speakers.label" in result.stderr
    assert "speakers.unreadable" in sdc(*options[:-1], tmp_path / "none.rttm").stderr


def test_who_spoke_from_a_transcript(sdc, recording, tiny_whisper, tmp_path):
    transcript = tmp_path / "draft.cha"
    transcript.write_text(
        "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Mia Target_Child, MOT Anna Mother\n"
        "@ID:\teng|x|CHI|2;06.|female|||Target_Child|||\n*CHI:\tdraft . \x150_60000\x15\n"
        "*MOT:\tdraft . \x1560000_90000\x15\n@End\n"
    )
    result = sdc("transcribe", recording, "--model", tiny_whisper, "--speakers-from", transcript)
    assert "*CHI:\tthe little dog" in result.stdout
    assert "CHI Mia Target_Child" in result.stdout
    assert "draft" not in result.stdout
    assert "taken from a transcript" in result.stderr
    assert "by machine" not in result.stderr


def test_a_diarizer_that_cannot_be_had_is_said_before_the_work(sdc, recording, tiny_whisper, monkeypatch):
    monkeypatch.setattr("sdc.transcribe.diarizers.find_spec", lambda name: None)
    result = sdc("transcribe", recording, "--model", tiny_whisper, "--diarizer", "pyannote")
    assert result.exit_code == 1
    assert "engine.extra-missing" in result.stderr
    assert "[pyannote]" in result.stderr
    assert result.stdout == ""
    result = sdc("transcribe", recording, "--model", tiny_whisper, "--diarizer", "oracle")
    assert (result.exit_code, "settings.diarizer" in result.stderr) == (2, True)


def test_a_voice_that_is_not_there(sdc, recording, tiny_whisper):
    result = sdc("transcribe", recording, "--model", tiny_whisper, "--adult-voice", recording.parent / "none.wav")
    assert result.exit_code == 1
    assert "media.missing" in result.stderr
