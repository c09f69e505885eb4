"""Edits of stored transcripts: versions, undo, several writers at once, processing again."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.mongo_wire import fake_mongo
from sdc.app import App, build_app
from sdc.errors import NotFoundError
from sdc.pipeline import editing, process_session
from sdc.pipeline.archive.exporting import export_archive
from sdc.pipeline.archive.restoring import restore_archive
from sdc.pipeline.editing import NewLine, edit_line, finish_edits, restore_version, versions_of
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.pipeline.roles import tell_roles
from sdc.settings import Settings
from sdc.store.records import SessionEntry
from sdc.store.versions import StaleVersionError, changed, difference

EDITOR = Path(__file__).with_name("editor_process.py")
TIMEOUT_S = 60


@pytest.fixture(params=["sqlite", "sealed", "wire"])
def store(request, tmp_path) -> Iterator[Settings]:
    with fake_mongo() if request.param == "wire" else nullcontext() as server:
        key = "ab" * 32 if request.param == "sealed" else ""
        # Where all stores of the tests are on the wire, the embedded one is too.
        url = f"{server.url}/clinic" if server else os.environ.get("SDC_DOCUMENTS", "")
        yield Settings(home=tmp_path / "home", documents=url, master_key=key)


@contextmanager
def opened(settings: Settings, tmp_path: Path, cha) -> Iterator[tuple[App, SessionEntry]]:
    with build_app(settings) as app:
        path = tmp_path / "visit.cha"
        path.write_bytes(cha())
        (added,) = add_paths(app, [path], "Mia", Given())
        assert added.entry is not None
        yield app, added.entry


@pytest.fixture
def visit(app, tmp_path, cha) -> SessionEntry:
    path = tmp_path / "visit.cha"
    path.write_bytes(cha())
    (added,) = add_paths(app, [path], "Mia", Given())
    return added.entry


def line(app: App, entry: SessionEntry, index: int = 1) -> str:
    return app.repository.session(entry.id).session.utterances[index].raw


def write(app: App, entry: SessionEntry, text: str, *, seen: int, index: int = 1):
    return edit_line(app.repository, entry.id, index, NewLine(text), seen=seen, by="cli")


def test_an_edit_is_measured_and_kept(store, tmp_path, cha):
    with opened(store, tmp_path, cha) as (app, entry):
        edited = write(app, entry, "the big dog ran away .", seen=1)
        stored = app.repository.session(entry.id)
        assert stored == edited
        assert (entry.version, stored.entry.version) == (1, 2)
        assert (entry.measures["mlu_words"].value, stored.entry.measures["mlu_words"].value) == (2.0, 3.5)
        assert stored.analysis.speakers["CHI"].measures["mlu_words"].value == 3.5
        assert "transcript.edited" in {n.code for n in stored.session.warnings}
        assert stored.insights
        assert all("edit" in {p.step for p in insight.provenance} for insight in stored.insights)
        assert any("3.5" in insight.text for insight in stored.insights)
        assert app.repository.versions.unfinished() == []
        assert app.repository.versions.at(entry.id, 1).utterances[1].raw == "the dog ."
        assert app.repository.versions.at(entry.id, 2) == stored.session


def test_undo_is_a_version_of_its_own(app, visit):
    before = app.repository.session(visit.id)
    write(app, visit, "the cow .", seen=1)
    write(app, visit, "a big cat .", seen=2, index=2)
    restored = restore_version(app.repository, visit.id, 1, seen=3, by="a1")
    assert restored.session == before.session
    assert restored.entry == replace(before.entry, version=4)
    assert restored.insights == before.insights
    told = [(v.version, v.what, v.by, v.utterance, v.restored) for v in versions_of(app.repository, visit.id)]
    assert told == [
        (1, "original", "pipeline", None, None),
        (2, "line", "cli", 1, None),
        (3, "line", "cli", 2, None),
        (4, "restored", "a1", None, 1),
    ]
    again = restore_version(app.repository, visit.id, 3, seen=4, by="a1")
    assert [u.raw for u in again.session.utterances[1:]] == ["the cow .", "a big cat ."]
    with pytest.raises(NotFoundError) as caught:
        restore_version(app.repository, visit.id, 9, seen=5, by="a1")
    assert caught.value.code == "session.no-version"


def test_what_changes_nothing_is_no_version(app, visit):
    assert [v.what for v in versions_of(app.repository, visit.id)] == ["original"]
    assert write(app, visit, "the dog .", seen=1).entry.version == 1
    assert restore_version(app.repository, visit.id, 1, seen=1, by="cli").entry.version == 1
    assert app.repository.versions.of_session(visit.id) == []


def test_who_saw_an_earlier_version_is_told(app, visit):
    write(app, visit, "the cow .", seen=1)
    for stale in (
        lambda: write(app, visit, "the hen .", seen=1),
        lambda: write(app, visit, "the hen .", seen=3),
        lambda: restore_version(app.repository, visit.id, 1, seen=1, by="cli"),
    ):
        with pytest.raises(StaleVersionError) as caught:
            stale()
        assert (caught.value.current, caught.value.code) == (2, "session.changed")
    assert line(app, visit) == "the cow ."


def test_threads_that_edit_at_once(store, tmp_path, cha):
    with opened(store, tmp_path, cha) as (app, entry):
        barrier, outcomes = threading.Barrier(4), []

        def writer(number: int) -> None:
            barrier.wait(TIMEOUT_S)
            try:
                outcomes.append(write(app, entry, f"dog{'s' * number} .", seen=1).session.utterances[1].raw)
            except StaleVersionError as error:
                outcomes.append(error)

        threads = [threading.Thread(target=writer, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(TIMEOUT_S)
        won = [o for o in outcomes if isinstance(o, str)]
        assert len(outcomes) == 4 and len(won) == 1, outcomes
        assert {o.current for o in outcomes if not isinstance(o, str)} == {2}
        assert line(app, entry) == won[0]
        assert [v.what for v in versions_of(app.repository, entry.id)] == ["original", "line"]


def editor(settings: Settings, entry: SessionEntry, name: str, *doom: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(EDITOR), str(settings.home), settings.documents, settings.master_key, entry.id]
    return subprocess.Popen([*command, name, *doom], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


LETTERS = "abcdefghij"
N_EDITS = len(LETTERS)


@pytest.mark.parametrize("store", ["sqlite", "wire"], indirect=True)
def test_processes_that_edit_at_once_lose_nothing(store, tmp_path, cha):
    """Each adds words to the line as it stands; who is told that it is stale looks again."""
    with opened(store, tmp_path, cha) as (app, entry):
        editors = [editor(store, entry, name, str(N_EDITS)) for name in ("ann", "ben")]
        for process in editors:
            assert process.stdout.readline() == "ready\n"
        for process in editors:
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [process.communicate(timeout=TIMEOUT_S)[0].split() for process in editors]
        assert [process.returncode for process in editors] == [0, 0]
        words = line(app, entry).split()
        assert sorted(words[2:-1]) == sorted(f"{name}{letter}" for name in ("ann", "ben") for letter in LETTERS)
        assert app.repository.entry(entry.id).version == 1 + 2 * N_EDITS
        versions = [v.version for v in versions_of(app.repository, entry.id)]
        assert versions == list(range(1, 2 + 2 * N_EDITS))
        assert sum(int(number) for _, number in told) >= 1  # both had read version 1
        check_whole(app, entry)


def check_whole(app: App, entry: SessionEntry) -> None:
    """The parts of a session belong together, and to the newest version."""
    stored = app.repository.session(entry.id)
    assert stored.session == app.repository.versions.at(entry.id, stored.entry.version)
    assert stored.entry.version == app.repository.versions.latest(entry.id)
    fresh = editing.results_of(app.repository, stored.entry, stored.session, version=stored.entry.version)
    assert stored == fresh
    assert app.repository.versions.unfinished() == []


MOMENTS = [("sqlite", 1), ("wire", 2), ("sqlite", 3), ("wire", 4), ("sqlite", 5), ("sealed", 6), ("sqlite", 7)]
"""Store, and the write of an edit after which the process is killed: its seven writes."""


@pytest.mark.parametrize(("store", "writes"), MOMENTS, indirect=["store"])
def test_a_kill_in_the_middle_of_an_edit(store, tmp_path, cha, writes):
    """Accepted or not, never half: what was accepted is brought to its end when the store is opened."""
    moment = random.Random(writes).uniform(0, 0.003)
    with opened(store, tmp_path, cha) as (app, entry):
        process = editor(store, entry, "ann", "3", str(writes), str(moment))
        assert process.stdout.readline() == "ready\n"
        process.communicate("go\n", timeout=TIMEOUT_S)
        assert process.returncode == -signal.SIGKILL
    with build_app(store) as app:
        check_after_a_kill(app, entry)
        before = app.repository.entry(entry.id).version
        assert write(app, entry, "they go on .", seen=before).entry.version == before + 1
        assert line(app, entry) == "they go on ."


def check_after_a_kill(app: App, entry: SessionEntry) -> None:
    accepted = app.repository.versions.latest(entry.id) or 1
    assert app.repository.entry(entry.id).version == accepted
    assert line(app, entry).split() == ["the", "dog", *(f"ann{letter}" for letter in LETTERS[: accepted - 1]), "."]
    if accepted > 1:
        check_whole(app, entry)


def test_an_accepted_edit_is_finished_by_whoever_comes_next(app, visit, monkeypatch):
    monkeypatch.setattr(app.repository, "bring_up", lambda stored: None)  # as if killed just there
    write(app, visit, "the cow .", seen=1)
    monkeypatch.undo()
    assert (line(app, visit), app.repository.versions.unfinished()) == ("the dog .", [visit.id])
    with pytest.raises(StaleVersionError) as caught:
        write(app, visit, "the hen .", seen=1)
    assert caught.value.current == 2
    assert line(app, visit) == "the cow ."
    check_whole(app, visit)
    assert finish_edits(app.repository) == 0


def test_an_archive_of_later_edits_does_not_stop_editing(app, visit, tmp_path):
    """What is here stays as it is when an archive is read; the versions that it brings are the newest ones."""
    with build_app(Settings(home=tmp_path / "other")) as other:
        for place in (app, other):
            archive = tmp_path / f"{place.settings.home.name}.sdc"
            export_archive(app.documents, app.blobs, archive, app.repository.children(), whole=True)
            if place is app:
                write(app, visit, "the cow .", seen=1)
            restore_archive(other.documents, other.blobs, archive, other.work_folder.path)
            if place is app:
                with pytest.raises(StaleVersionError) as caught:
                    write(other, visit, "the hen .", seen=2)
                assert caught.value.current == 1
        with pytest.raises(StaleVersionError) as caught:
            write(other, visit, "the hen .", seen=1)
        assert (caught.value.current, line(other, visit)) == (2, "the cow .")
        assert write(other, visit, "the hen .", seen=2).entry.version == 3
        assert [v.version for v in versions_of(other.repository, visit.id)] == [1, 2, 3]


def test_processing_again_keeps_what_a_person_wrote(app, visit, tmp_path):
    write(app, visit, "the cow .", seen=1)
    (added,) = add_paths(app, [tmp_path / "visit.cha"], "Mia", Given(context="at home"))
    assert added.entry.id == visit.id
    stored = app.repository.session(visit.id)
    assert (line(app, visit), stored.session.context, stored.entry.version) == ("the cow .", "at home", 3)
    assert [v.what for v in versions_of(app.repository, visit.id)] == ["original", "line", "processed"]
    add_paths(app, [tmp_path / "visit.cha"], "Mia", Given(context="at home"))
    assert app.repository.entry(visit.id).version == 3  # nothing new: no version
    check_whole(app, visit)


def test_an_edit_while_the_session_is_processed_again(app, visit, tmp_path, monkeypatch):
    keep, texts = process_session.edited_again, ["the cow ."]

    def edit_then(*arguments):
        found = keep(*arguments)
        if texts:  # somebody saves while the work goes on
            write(app, visit, texts.pop(), seen=1)
        return found

    monkeypatch.setattr(process_session, "edited_again", edit_then)
    (added,) = add_paths(app, [tmp_path / "visit.cha"], "Mia", Given(context="at home"))
    assert added.entry is not None, added.failures
    assert (line(app, visit), texts) == ("the cow .", [])
    assert app.repository.session(visit.id).session.context == "at home"
    check_whole(app, visit)


def test_telling_roles_is_an_edit(app, tmp_path, wav):
    path = tmp_path / "visit.wav"
    path.write_bytes(wav)
    (added,) = add_paths(app, [path], "Mia", Given(n_speakers=1))
    assert added.entry is not None, added.failures
    code = app.repository.session(added.entry.id).session.utterances[0].speaker
    told = tell_roles(app.repository, added.entry.id, {code: "child"}, by="a1")
    assert told.entry.version == 2
    assert [(v.what, v.by) for v in versions_of(app.repository, added.entry.id)][1:] == [("roles", "a1")]
    with pytest.raises(StaleVersionError):
        write(app, added.entry, "hello cat .", seen=1, index=0)


def test_an_edit_brings_no_deleted_recording_back(app, tmp_path, cha, wav, monkeypatch):
    for name, data in (("visit.cha", cha()), ("visit.wav", wav)):
        (tmp_path / name).write_bytes(data)
    (added,) = add_paths(app, [tmp_path / "visit.cha"], "Mia", Given())
    assert added.entry.recording is not None
    bring_up = app.repository.bring_up

    def delete_then(stored):
        app.repository.delete_recordings(added.entry.child_id)
        bring_up(stored)

    monkeypatch.setattr(app.repository, "bring_up", delete_then)
    write(app, added.entry, "the cow .", seen=1)
    entry = app.repository.entry(added.entry.id)
    assert (entry.recording, entry.tracks, entry.version) == (None, None, 2)


def test_differences_of_documents():
    old = {"source": "a", "date": None, "utterances": [{"raw": "x"}, {"raw": "y"}]}
    for new in (
        {**old, "utterances": [{"raw": "x"}, {"raw": "z"}]},
        {**old, "date": "2026-01-01"},
        {**old, "utterances": [{"raw": "x"}]},
        old,
    ):
        assert changed(old, difference(old, new)) == new
    assert difference(old, {**old, "utterances": [{"raw": "x"}, {"raw": "z"}]}) == {
        "utterances": [{"at": 1, "utterance": {"raw": "z"}}],
        "fields": {},
    }
