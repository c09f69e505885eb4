"""What SDC writes is read by others' programs, and what they write by SDC: Praat itself, and rustling."""

from __future__ import annotations

from pathlib import Path

import parselmouth
import pytest
import rustling
from parselmouth.praat import call

import sdc
from sdc.formats.chat.reader import read_chat
from sdc.session import Session

LINES = (
    '*CHI:\tno "big" dog . \x150_900\x15',
    "%com:\tx & y",
    "*MOT:\t<the the> [/] yes . \x15800_2000\x15",
    "*CHI:\tso . \x15950_1200\x15",
)
WANTED = [("CHI", 0, 900), ("MOT", 800, 2000), ("CHI", 950, 1200)]


@pytest.fixture()
def session() -> Session:
    head = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Mia Target_Child, MOT Mother\n@Media:\tb, audio\n"
    return read_chat(head + "".join(f"{line}\n" for line in LINES) + "@End\n", source="b.cha")


def spoken(session: Session) -> list[tuple[str, int, int, str]]:
    return [(u.speaker, u.span.start_ms, u.span.end_ms, u.raw) for u in session.utterances if u.span]


def test_praat_reads_what_is_written(session: Session, tmp_path: Path) -> None:
    sdc.write(session, tmp_path / "b.TextGrid")
    grid = parselmouth.read(str(tmp_path / "b.TextGrid"))
    assert [call(grid, "Get tier name", n) for n in (1, 2, 3)] == ["CHI", "com@CHI", "MOT"]
    assert call(grid, "Get label of interval", 1, 1) == 'no "big" dog .'
    assert call(grid, "Get end time of interval", 1, 1) == pytest.approx(0.9)


@pytest.mark.parametrize("command", ["Save as text file", "Save as short text file"])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_what_praat_writes_is_read(session: Session, tmp_path: Path, command: str, encoding: str) -> None:
    sdc.write(session, tmp_path / "b.TextGrid")
    grid = parselmouth.read(str(tmp_path / "b.TextGrid"))
    call("Text writing preferences", encoding)
    try:
        call(grid, command, str(tmp_path / "praat.TextGrid"))
    finally:
        call("Text writing preferences", "try ASCII, then UTF-16")  # as Praat begins
    back = sdc.read(tmp_path / "praat.TextGrid")
    assert spoken(back) == spoken(session)
    assert [tier.text for tier in back.utterances[0].tiers] == ["x & y"]


def test_praats_other_files_say_what_to_do(session: Session, tmp_path: Path) -> None:
    sdc.write(session, tmp_path / "b.TextGrid")
    grid = parselmouth.read(str(tmp_path / "b.TextGrid"))
    for command in ("Save as binary file", "Save as chronological text file"):
        call(grid, command, str(tmp_path / "praat.TextGrid"))
        with pytest.raises(sdc.InputError, match="Save as text file"):
            sdc.read(tmp_path / "praat.TextGrid")


def test_another_library_reads_what_is_written(session: Session, tmp_path: Path) -> None:
    for name in ("b.eaf", "b.srt"):
        sdc.write(session, tmp_path / name)
    tiers = rustling.read_elan(str(tmp_path / "b.eaf")).tiers()[0]
    found = [
        (tier.participant, a.start_time, a.end_time)
        for tier in tiers.values()
        if "@" not in tier.id
        for a in tier.annotations
    ]
    assert sorted(found) == sorted(WANTED)
    heard = rustling.read_srt(str(tmp_path / "b.srt")).utterances()
    assert [(u.line.partition(":")[0], *u.time_marks) for u in heard] == WANTED


def test_what_another_library_writes_is_read(session: Session, tmp_path: Path) -> None:
    sdc.write(session, tmp_path / "b.cha")
    chat = rustling.read_chat(str(tmp_path / "b.cha"))
    for ending, texts in (("TextGrid", chat.to_textgrid_strs()), ("srt", chat.to_srt_strs())):
        (tmp_path / f"r.{ending}").write_text(texts[0], encoding="utf-8")
        assert spoken(sdc.read(tmp_path / f"r.{ending}")) == spoken(session)
