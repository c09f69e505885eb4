"""An application over a store of its own; transcripts and a tone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import wav
from sdc.app import App, build_app
from sdc.settings import Settings, read_settings

LINES = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI{name} Target_Child, MOT Mother",
    "@ID:\teng|sdc|CHI|2;06.00|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
    "@Media:\t{media}, audio",
    "@Date:\t02-MAR-2026",
    "*MOT:\twhat is that ?",
    "*CHI:\t{line} .",
    "@End",
)


@pytest.fixture
def cha(tmp_path: Path) -> Callable[..., Path]:
    """Write a transcript into the corpus: ``cha("ann/visit.cha", line="a cat")``."""

    def make(name: str, line: str = "a cat", media: str = "visit", child: str = "Mia") -> Path:
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join(LINES).format(line=line, media=media, name=f" {child}" if child else "")
        path.write_text(text + "\n")
        return path

    return make


@pytest.fixture(scope="session")
def tone() -> bytes:
    """A second of a tone at 300 Hz, as a wav file."""
    return wav.tone(1.0)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a store of this test; where stores of the tests lie elsewhere, of that one."""
    return replace(read_settings(), home=tmp_path / "home")


@pytest.fixture
def app(settings: Settings) -> Iterator[App]:
    with build_app(settings) as app:
        yield app
