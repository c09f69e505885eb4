"""An application over a store of its own, with a scripted transcriber; transcripts and a tone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sdc.app import App, build_app
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber
from wav import tone

LINES = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI Mia Target_Child, MOT Mother",
    "@ID:\teng|sdc|CHI|{age}|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
    "@Media:\t{media}, audio",
    "@Date:\t{date}",
    "*MOT:\twhat is that ? \x150_700\x15",
    "*CHI:\tthe dog . \x15900_2000\x15",
    "*CHI:\t{line} . \x152100_2600\x15",
    "@End",
)


@pytest.fixture
def cha() -> Callable[..., bytes]:
    """Return a maker of transcripts."""

    def make(date: str = "02-MAR-2026", line: str = "a cat", media: str = "visit", age: str = "2;06.00") -> bytes:
        return ("\n".join(LINES).format(date=date, line=line, media=media, age=age) + "\n").encode()

    return make


@pytest.fixture(scope="session")
def wav() -> bytes:
    """Three seconds of a tone at 300 Hz, as a wav file."""
    return tone(3.0)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    words = (RecognisedWord("hello", 0.2, 0.6, 0.9, None), RecognisedWord("dog.", 0.7, 1.2, 0.8, None))
    segments = (RecognisedSegment("hello dog.", 0.2, 1.2, words, None, -0.2, 0.01, 1.1),)
    settings = Settings(home=tmp_path / "home", max_recording_s=10.0, long_recording_s=5.0)
    with build_app(settings, transcriber=ScriptedTranscriber(segments)) as app:
        yield app


@pytest.fixture
def folder(tmp_path, cha, wav):
    place = tmp_path / "visits"
    (place / "more").mkdir(parents=True)
    (place / "visit.cha").write_bytes(cha())
    (place / "visit.wav").write_bytes(wav)
    (place / "more" / "later.cha").write_bytes(cha(date="09-MAR-2026", line="a big cat", media="later"))
    (place / "broken.cha").write_bytes(b"no transcript")
    (place / "alone.wav").write_bytes(wav + b"\0" * 10)
    return place


@pytest.fixture
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let hosted models be asked for this test: all of them are fakes on loopback."""
    from pydantic_ai import models

    monkeypatch.setattr(models, "ALLOW_MODEL_REQUESTS", False)
    with models.override_allow_model_requests(True):
        yield
