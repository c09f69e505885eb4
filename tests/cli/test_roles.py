"""`sdc roles`, and `sdc enrol` on sessions that are there already."""

import json
import shutil

import pytest

from sdc.app import build_app
from sdc.audio import load_recording
from sdc.demo import demo_transcripts
from sdc.formats import read_path
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber
from wav import write_wav

SECONDS = 45


def word(start, speaker, text):
    return {"word": text, "start": start, "end": start + 0.4, "score": 0.9, "speaker": speaker}


def whisperx():
    """Return a made-up result in WhisperX's shape: two voices."""
    first = [word(0.0, "SPEAKER_00", "a"), word(0.5, "SPEAKER_00", "dog.")]
    second = [word(2.0, "SPEAKER_01", "where"), word(2.5, "SPEAKER_01", "is"), word(3.0, "SPEAKER_01", "it?")]
    segments = [
        {"start": w[0]["start"], "end": w[-1]["end"], "text": " ".join(x["word"] for x in w), "words": w}
        for w in (first, second)
    ]
    return {"segments": segments, "word_segments": [*first, *second], "language": "en"}


@pytest.fixture
def imported(sdc, tmp_path):
    path = tmp_path / "visit.json"
    path.write_text(json.dumps(whisperx()))
    assert sdc("add", path, "--child", "Mia", "--date", "2026-03-02").exit_code == 0
    return path


def test_voices_are_listed_and_told(sdc, imported):
    listed = sdc("roles", "Mia", "2026-03-02").stdout
    assert "SP00" in listed
    assert "Unidentified" in listed
    assert "where is it ?" in listed
    result = sdc("roles", "mia", "visit.json", "SP00=child", "SP01=Adult")
    assert result.exit_code == 0, result.stderr
    assert "Target_Child" in result.stdout
    assert "MLU in words 2 (1 utterance)" in result.stdout
    assert '"target": "CHI"' in sdc("sessions", "Mia", "--format", "json").stdout


def test_what_cannot_be_told(sdc, imported):
    for words, code in (
        (("SP00",), "speakers.role"),
        (("SP00=boss",), "speakers.role"),
        (("SP07=child",), "speakers.label"),
        (("--remember",), "speakers.no-roles"),
        (("SP00=child", "--remember"), "session.no-recording"),
    ):
        result = sdc("roles", "Mia", "2026-03-02", *words)
        assert (result.exit_code, code in result.stderr) == (1, True), result.stderr
    assert "session.not-found" in sdc("roles", "Mia", "2020-01-01").stderr


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Weeks 1 and 2 of the demo, recognised."""
    folder = tmp_path_factory.mktemp("weeks")
    for number, week in enumerate(demo_transcripts()[:2], 1):
        samples = load_recording(week.with_suffix(".opus")).samples[: SECONDS * 16_000]
        write_wav(folder / f"week{number}.wav", samples)
        lines = [u for u in read_path(week).utterances if u.span.end_ms < SECONDS * 1000]
        script = [segment(u.speaker.lower(), u.span.start_ms / 1000, u.span.end_ms / 1000) for u in lines]
        with build_app(Settings(home=folder / "home"), transcriber=ScriptedTranscriber(script)) as app:
            (added,) = add_paths(app, [folder / f"week{number}.wav"], "Sarah", Given(date=f"2026-03-0{number}"))
        assert added.failures == ()
    return folder / "home"


@pytest.fixture
def two_weeks(store, tmp_path):
    """The weeks in the store that the command uses."""
    shutil.copytree(store, tmp_path / "home")
    return tmp_path


def segment(text, start_s, end_s):
    return RecognisedSegment(text, start_s, end_s, (RecognisedWord(f" {text}.", start_s, end_s, 0.9),))


def test_remembered_voices_are_looked_for_in_the_other_session(sdc, two_weeks):
    listed = sdc("roles", "Sarah", "2026-03-01").stdout.splitlines()
    (child,) = [line.split()[0] for line in listed if "chi ." in line]
    (adult,) = [line.split()[0] for line in listed if "mot ." in line]
    result = sdc("roles", "Sarah", "2026-03-01", f"{child}=child", f"{adult}=adult", "--remember")
    assert result.exit_code == 0, result.stderr
    assert "Remembered voices: child, adult." in result.stdout
    assert "2026-03-02, week2.wav: " in result.stdout
    assert "is the child" in result.stdout
    assert "Target_Child" in sdc("roles", "Sarah", "week2.wav").stdout


def test_a_voice_that_is_enrolled_is_looked_for_unless_one_says_no(sdc, two_weeks):
    week1 = demo_transcripts()[0]
    voice = two_weeks / "stranger.wav"
    write_wav(voice, load_recording(week1.with_suffix(".opus")).samples[::2][: 12 * 16_000])  # an octave up
    assert "nobody is known" not in sdc("enrol", voice, "--child", "Sarah", "--no-again").stdout
    result = sdc("enrol", voice, "--child", "Sarah")
    assert result.stdout.count("nobody is known") == 2
