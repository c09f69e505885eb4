"""The reader and the writer on real transcripts, where these lie beside the project."""

import gc
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import rustling.chat

from sdc.formats.chat.alignment import align_mor
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.formats.reading import find_inputs, find_media, read_path
from sdc.session import Session, TokenKind

pytestmark = pytest.mark.shared


def main_lines(data: bytes) -> int:
    return sum(line.startswith(b"*") for line in re.split(rb"\r\n|\r|\n", data))


@pytest.fixture(scope="module")
def transcripts(shared_data: Path) -> Iterator[dict[Path, Session]]:
    gc.disable()  # a million live objects would be looked through again and again
    yield {path: read_path(path, source=source) for path, source in find_inputs([shared_data / "cha"])}
    gc.enable()


def test_every_file_is_read_and_no_main_line_is_lost(transcripts: dict[Path, Session]) -> None:
    assert len(transcripts) == 325
    lost = {p.name for p, s in transcripts.items() if len(s.utterances) != main_lines(p.read_bytes())}
    assert lost == set()


def test_warnings_carry_lines_and_valid_files_have_none(transcripts: dict[Path, Session]) -> None:
    warnings = [(p.name, n) for p, s in transcripts.items() for n in s.warnings]
    assert all(n.line and n.code.startswith("chat.") for _, n in warnings)
    assert [w for w in warnings if "chat_reference" in str(w[0])] == []


def test_nothing_on_a_main_line_is_unknown(transcripts: dict[Path, Session]) -> None:
    others = {t.raw for s in transcripts.values() for u in s.utterances for t in u.tokens if t.kind is TokenKind.OTHER}
    assert others == set()


def test_read_write_read(transcripts: dict[Path, Session]) -> None:
    different = []
    for path, session in transcripts.items():
        if _said(read_chat(write_chat(session), source=session.source)) != _said(session):
            different.append(path.name)
    assert different == []


def _said(session: Session) -> Session:
    return replace(
        session,
        warnings=(),
        provenance=(),
        headers=tuple(replace(h, line=None) for h in session.headers),
        utterances=tuple(
            replace(u, line=None, tiers=tuple(replace(t, line=None) for t in u.tiers)) for u in session.utterances
        ),
    )


def test_mor_is_aligned(transcripts: dict[Path, Session]) -> None:
    alignments = [a for s in transcripts.values() for u in s.utterances if (a := align_mor(u)) is not None]
    assert len(alignments) > 139_000
    assert sum(not a.complete for a in alignments) == 0


def test_probes(shared_data: Path) -> None:
    probes = json.loads((shared_data / "clan" / "probes.json").read_text(encoding="utf-8"))
    head = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child, MOT Mother\n"
    assert len(probes) == 132
    for name, probe in probes.items():
        session = read_chat(head + "\n".join(probe["lines"]) + "\n@End\n", source=name)
        assert len(session.utterances) == sum(line.startswith("*") for line in probe["lines"]), name
        assert {n.code for n in session.warnings} <= {"chat.no-terminator"}, name


def test_media_beside_a_transcript(shared_data: Path) -> None:
    for name, media in (("clip.cha", "clip.mp3"), ("mytheory.cha", "mytheory.mp4")):
        path = shared_data / "media" / name
        assert find_media(read_path(path), path) == shared_data / "media" / media


def test_eve_is_read_in_under_three_seconds(shared_data: Path) -> None:
    files = [path.read_bytes() for path in sorted((shared_data / "cha" / "Eve").glob("*.cha"))]
    start = time.process_time()
    sessions = [read_chat(data, source="x") for data in files]
    assert time.process_time() - start < 3.0
    assert len(sessions) == 20


def test_utterances_agree_with_another_reader(shared_data: Path) -> None:
    path = shared_data / "cha" / "Eve" / "010600a.cha"
    with pytest.warns(UserWarning, match="misalignment"):
        other = rustling.chat.CHAT.from_files([str(path)], strict=False)
    # The other reader lists a header between utterances as one without a participant.
    theirs = Counter(u.participant for u in other.utterances() if u.participant)
    assert Counter(u.speaker for u in read_path(path).utterances) == theirs
