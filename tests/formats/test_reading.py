import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sdc.errors import ChatError, InputError, MissingInputError, SDCError, TranscriptJsonError
from sdc.formats import find_inputs, find_media, find_media_files, read_path
from sdc.formats.session_json import dump_session
from sdc.session import Media, Session

WHISPER = {"text": " No.", "segments": [{"start": 0, "end": 1, "text": " No."}], "language": "en"}


@pytest.fixture()
def folder(tmp_path: Path, chat_text: Callable[..., str]) -> Path:
    (tmp_path / "sub" / ".hidden").mkdir(parents=True)
    text = chat_text("*CHI:\tno .")
    for name in ("b.cha", "A.CHA", "sub/c.cha", "sub/.hidden/d.cha", ".e.cha"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "w.json").write_text(json.dumps(WHISPER), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "x"}', encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "notes.txt").write_text(text, encoding="utf-8")
    (tmp_path / "sub" / "c.MP3").write_bytes(b"ID3")
    return tmp_path


def test_all_formats(folder: Path) -> None:
    session = read_path(folder / "b.cha")
    assert (session.source, session.utterances[0].raw) == ("b.cha", "no .")
    assert read_path(folder / "sub" / "c.cha", source="sub/c.cha").source == "sub/c.cha"
    assert read_path(folder / "w.json").utterances[0].raw == "no ."
    assert read_path(folder / "notes.txt").utterances[0].raw == "no ."
    (folder / "s.json").write_text("\ufeff" + dump_session(session), encoding="utf-8")
    assert read_path(folder / "s.json") == session
    assert read_path(folder / "s.json", source="sub/s.json") == replace(session, source="sub/s.json")
    (folder / "s.txt").write_text(dump_session(session), encoding="utf-8")
    assert read_path(folder / "s.txt") == session


@pytest.mark.parametrize(
    ("name", "data", "kind", "code"),
    [
        ("a.cha", b"", ChatError, "chat.empty"),
        ("a.cha", b"\x00\x01\x02", ChatError, "chat.binary"),
        ("a.cha", b"*CHI:\tno .\n", ChatError, "chat.no-begin"),
        ("a.cha", b"@Begin\n*CHI:\tno .\n*CHI:\tye", ChatError, "chat.truncated"),
        ("a.cha", b"@Begin\n*CHI:\tcaf\xe9 .\n@End\n", ChatError, "chat.invalid-utf8"),
        ("a.cha", b"{}", ChatError, "chat.no-begin"),
        ("a.json", b"", TranscriptJsonError, "json.empty"),
        ("a.json", b"@Begin", TranscriptJsonError, "json.not-json"),
        ("a.json", b'{"name": "x"}', TranscriptJsonError, "json.unknown-shape"),
        ("a.json", b'{"languages": ["eng"], "participants": {}, "lines": [{}]}', TranscriptJsonError, "json.chatter"),
        ("a.json", b'{"schema": "sdc.session/9"}', TranscriptJsonError, "json.wrong-version"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, data: bytes, kind: type[SDCError], code: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(kind) as caught:
        read_path(tmp_path / name, source="in/" + name)
    assert (caught.value.code, caught.value.source) == (code, "in/" + name)


def test_a_huge_file_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "film.cha").open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(InputError) as caught:
        read_path(tmp_path / "film.cha")
    assert caught.value.code == "input.too-large"


def test_missing_files(tmp_path: Path) -> None:
    for path in (tmp_path / "no.cha", tmp_path):
        with pytest.raises(MissingInputError) as caught:
            read_path(path)
        assert caught.value.code == "input.missing"
        assert str(tmp_path.parent) not in caught.value.message


def test_inputs_of_a_folder(folder: Path) -> None:
    assert [source for _, source in find_inputs([folder])] == ["A.CHA", "b.cha", "sub/c.cha", "w.json"]
    assert [source for _, source in find_media_files(folder)] == ["sub/c.MP3"]


def test_files_are_taken_as_they_are(folder: Path) -> None:
    paths = [folder / "broken.json", folder / "sub"]
    assert find_inputs(paths) == [(folder / "broken.json", "broken.json"), (folder / "sub" / "c.cha", "c.cha")]


def test_no_such_name(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError) as caught:
        find_inputs([tmp_path / "no"])
    assert caught.value.code == "input.missing"


def test_folder_without_transcripts(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "empty" / "package.json").write_text("{}", encoding="utf-8")
    with pytest.raises(MissingInputError) as caught:
        find_inputs([folder / "empty"])
    assert caught.value.code == "input.empty-folder"


@pytest.mark.parametrize(
    ("files", "media", "found"),
    [
        (["visit.mp3"], Media("visit", "audio"), "visit.mp3"),
        (["VISIT.MP3"], Media("visit", "audio"), "VISIT.MP3"),
        (["visit.mp3"], Media("Visit.mp3", "audio"), "visit.mp3"),
        (["visit.mp3", "visit.mp4"], Media("visit", "audio"), "visit.mp3"),
        (["visit.mp3", "visit.mp4"], Media("visit", "video"), "visit.mp4"),
        (["visit.mp4"], Media("visit", "audio"), "visit.mp4"),
        (["visit.one.wav"], Media("visit.one", "audio"), "visit.one.wav"),
        (["visit.txt", "visits.mp3"], Media("visit", "audio"), None),
        (["visit.mp3"], Media("../visit", "audio"), None),
        (["visit.mp3"], None, None),
    ],
)
def test_media_beside_the_transcript(tmp_path: Path, files: list[str], media: Media | None, found: str | None) -> None:
    for name in files:
        (tmp_path / name).write_bytes(b"")
    path = find_media(Session("a.cha", media=media), tmp_path / "a.cha")
    assert path == (tmp_path / found if found else None)


def test_media_of_a_transcript_that_lies_nowhere(tmp_path: Path) -> None:
    assert find_media(Session("a", media=Media("a", "audio")), tmp_path / "no" / "a.cha") is None
