"""Reading, writing and reading again gives the same session, on files that were not made for it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import sdc.demo
from sdc.formats.chat.check import check_chat
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.formats.whisper_json import read_whisper_json
from sdc.session import Session

DEMO = sorted((Path(sdc.demo.__file__).parent / "data").glob("*.cha"))


def said(session: Session) -> Session:
    """Return the session without line numbers, warnings and provenance."""
    return replace(
        session,
        warnings=(),
        provenance=(),
        headers=tuple(replace(h, line=None) for h in session.headers),
        utterances=tuple(
            replace(u, line=None, tiers=tuple(replace(t, line=None) for t in u.tiers)) for u in session.utterances
        ),
    )


def errors(text: str | bytes, name: str) -> set[str]:
    return {problem.code for problem in check_chat(text, source=name) if problem.is_error}


def trip(path: Path) -> tuple[Session, str]:
    session = read_chat(path.read_bytes(), source=path.name)
    return session, write_chat(session)


def test_there_are_demo_transcripts() -> None:
    assert len(DEMO) == 5


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_demo(path: Path) -> None:
    session, text = trip(path)
    assert said(read_chat(text, source=path.name)) == said(session)
    assert errors(path.read_bytes(), path.name) == errors(text, path.name) == set()


@pytest.fixture(scope="module")
def reference(shared_data: Path) -> Iterator[list[tuple[str, Session, str]]]:
    files = sorted((shared_data / "cha" / "chat_reference").rglob("*.cha"))
    assert len(files) == 106
    yield [(path.name, *trip(path)) for path in files]


@pytest.mark.shared
def test_reference(reference: list[tuple[str, Session, str]]) -> None:
    assert [n for n, session, text in reference if said(read_chat(text, source=n)) != said(session)] == []


@pytest.mark.shared
def test_what_is_valid_is_written_so(reference: list[tuple[str, Session, str]]) -> None:
    assert {name: found for name, _, text in reference if (found := errors(text, name))} == {}


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["Adam", "Eve", "Sarah", "Nadig", "clan_examples"])
def test_other_folders(shared_data: Path, folder: str) -> None:
    """Every fourth file; ``test_shared.py`` reads and writes all. Writing adds no error."""
    for path in sorted((shared_data / "cha" / folder).rglob("*.cha"))[::4]:
        session, text = trip(path)
        assert said(read_chat(text, source=path.name)) == said(session), path.name
        assert errors(text, path.name) <= errors(path.read_bytes(), path.name), path.name


@pytest.mark.shared
def test_a_whisper_transcript_is_valid(shared_data: Path) -> None:
    for path in sorted((shared_data / "whisper_json").glob("*.json")):
        text = write_chat(read_whisper_json(path.read_bytes(), source=path.name))
        assert errors(text, f"{path.stem}.cha") == set()


def test_a_recording_that_was_heard_is_named_only_where_times_point_to_it() -> None:
    heard = read_whisper_json('{"text": " No.", "segments": [{"start": 0, "end": 1, "text": " No."}]}', source="a.json")
    assert "@Media:\ta, audio, missing\n" in write_chat(heard)
    untimed = replace(heard, utterances=tuple(replace(u, span=None) for u in heard.utterances))
    assert "@Media" not in write_chat(untimed)
    assert "@Media" not in write_chat(replace(heard, provenance=()))


def test_what_nobody_knows_reads_as_not_known() -> None:
    text = write_chat(read_chat("@Begin\n*CHI:\tno .\n@End\n", source="x"))
    assert "@Languages:\tund\n" in text and "@ID:\tund|unnamed|CHI|" in text
    session = read_chat(text, source="x")
    assert (session.languages, session.participants[0].language, session.participants[0].corpus) == ((), None, None)
    assert errors(text, "x") == set()


def test_headers_keep_the_places_that_check_wants() -> None:
    head = (
        "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child\n@Options:\tCA\n"
        "@ID:\teng|a|CHI|2;03.04||||Target_Child|||\n@Birth of CHI:\t01-AUG-2018\n"
        "@L1 of CHI:\teng\n@Date:\t05-NOV-2020\n"
    )
    text = write_chat(read_chat(f"{head}@Comment:\tx\n*CHI:\tno\n@End\n", source="x"))
    assert errors(text, "x") == set()
    assert text.startswith(head)
