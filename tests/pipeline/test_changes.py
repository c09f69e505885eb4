"""Splitting, merging, marking … of stored transcripts: one version each, undone and done again."""

import itertools
from dataclasses import replace

import pytest

from sdc.app import App
from sdc.errors import ConflictError, InputError, NotFoundError
from sdc.pipeline.changes import InsertCode, MarkWords, MergeLines, RenameSpeaker, SetTimes, SplitLine
from sdc.pipeline.editing import (
    NewLine,
    change_transcript,
    edit_line,
    finish_edits,
    redo_edit,
    restore_version,
    undo_edit,
    undo_steps_of,
    versions_of,
)
from sdc.pipeline.intake import add_paths
from sdc.pipeline.line_changes import MOST_COMPARED, changes_of, line_changes
from sdc.pipeline.parts import Given
from sdc.pipeline.remeasure import results_of
from sdc.store.records import SessionEntry
from sdc.store.undo import undo_steps
from sdc.store.versions import StaleVersionError, TranscriptVersion, changed, difference


@pytest.fixture
def visit(app, tmp_path, cha) -> SessionEntry:
    path = tmp_path / "visit.cha"
    path.write_bytes(cha(line="a cat a cat sat"))
    (added,) = add_paths(app, [path], "Mia", Given())
    return added.entry


def texts(app: App, entry: SessionEntry) -> list[str]:
    return [u.raw for u in app.repository.session(entry.id).session.utterances]


def whole(app: App, entry: SessionEntry) -> None:
    """The parts of a session belong together, and to the newest version."""
    stored = app.repository.session(entry.id)
    assert stored.session == app.repository.versions.at(entry.id, stored.entry.version)
    assert stored.entry.n_utterances == len(stored.session.utterances)
    fresh = results_of(app.repository, stored.entry, stored.session, version=stored.entry.version)
    assert (stored.analysis, stored.insights) == (fresh.analysis, fresh.insights)
    assert app.repository.versions.unfinished() == []


CHANGES = [
    (SplitLine(2, 2), ["what is that ?", "the dog .", "a cat .", "a cat sat ."]),
    (MergeLines(2), ["what is that ?", "the dog .", "a cat a cat sat ."]),
    (MarkWords(2, 0, 1, "retracing"), ["what is that ?", "the dog .", "<a cat> [/] a cat sat ."]),
    (MarkWords(1, 1, 1, "unintelligible"), ["what is that ?", "the xxx .", "<a cat> [/] a cat sat ."]),
    (InsertCode(1, "[+ exc]"), ["what is that ?", "the xxx . [+ exc]", "<a cat> [/] a cat sat ."]),
    (SetTimes(1, 900, 1900), ["what is that ?", "the xxx . [+ exc]", "<a cat> [/] a cat sat ."]),
    (RenameSpeaker("MOT", "FAT", "Father"), ["what is that ?", "the xxx . [+ exc]", "<a cat> [/] a cat sat ."]),
]


def test_each_change_is_a_version_and_measured(app, visit):
    for seen, (change, lines) in enumerate(CHANGES, start=1):
        stored = change_transcript(app.repository, visit.id, change, seen=seen, by="a1")
        assert (stored.entry.version, texts(app, visit)) == (seen + 1, lines)
        whole(app, visit)
    told = [(v.version, v.what, v.by, v.utterance) for v in versions_of(app.repository, visit.id)][1:]
    assert told == [(n, c.what, "a1", c.index) for n, (c, _) in enumerate(CHANGES, start=2)]
    assert stored.session.participant("FAT").role == "Father"
    analysed = stored.analysis.speakers["CHI"].measures
    assert analysed["utterances_total"].value == 2
    # Back to the very first version and forth again, edit by edit.
    for n in range(len(CHANGES), 0, -1):
        undone = undo_edit(app.repository, visit.id, seen=stored.entry.version, by="a1")
        assert undone.session == app.repository.versions.at(visit.id, n)
        stored = undone
    with pytest.raises(ConflictError) as caught:
        undo_edit(app.repository, visit.id, seen=stored.entry.version, by="a1")
    assert caught.value.code == "edit.nothing-to-undo"
    for _, lines in CHANGES:
        stored = redo_edit(app.repository, visit.id, seen=stored.entry.version, by="a1")
        assert texts(app, visit) == lines
    with pytest.raises(ConflictError) as caught:
        redo_edit(app.repository, visit.id, seen=stored.entry.version, by="a1")
    assert caught.value.code == "edit.nothing-to-redo"
    whole(app, visit)


def test_a_change_changes_measures(app, visit):
    before = visit.measures["mlu_words"].value
    stored = change_transcript(app.repository, visit.id, SplitLine(2, 2), seen=1, by="cli")
    assert (before, stored.entry.measures["mlu_words"].value) == (3.5, pytest.approx(7 / 3))


def test_a_new_edit_ends_redoing(app, visit):
    edit_line(app.repository, visit.id, 1, NewLine("the cow ."), seen=1, by="cli")
    undo_edit(app.repository, visit.id, seen=2, by="cli")
    edit_line(app.repository, visit.id, 1, NewLine("the hen ."), seen=3, by="cli")
    assert (undo_steps_of(app.repository, visit.id).undo, undo_steps_of(app.repository, visit.id).redo) == (1, None)
    assert undo_edit(app.repository, visit.id, seen=4, by="cli").session.utterances[1].raw == "the dog ."


def test_who_saw_an_earlier_version_changes_nothing(app, visit):
    edit_line(app.repository, visit.id, 1, NewLine("the cow ."), seen=1, by="cli")
    for stale in (
        lambda: change_transcript(app.repository, visit.id, SplitLine(2, 2), seen=1, by="cli"),
        lambda: undo_edit(app.repository, visit.id, seen=1, by="cli"),
        lambda: redo_edit(app.repository, visit.id, seen=3, by="cli"),
    ):
        with pytest.raises(StaleVersionError):
            stale()
    assert texts(app, visit)[1:] == ["the cow .", "a cat a cat sat ."]


def test_what_cannot_be_changed_makes_no_version(app, visit):
    for change in (SplitLine(2, 0), MergeLines(0), MarkWords(1, 9, 9, "revision"), RenameSpeaker("FAT", "MOT")):
        with pytest.raises(InputError):
            change_transcript(app.repository, visit.id, change, seen=1, by="cli")
    with pytest.raises(NotFoundError):
        change_transcript(app.repository, visit.id, MergeLines(7), seen=1, by="cli")
    same = change_transcript(app.repository, visit.id, RenameSpeaker("MOT", role="Mother"), seen=1, by="cli")
    assert same.entry.version == 1
    assert app.repository.versions.of_session(visit.id) == []


def test_a_split_that_a_kill_cut_off_is_finished(app, visit, monkeypatch):
    monkeypatch.setattr(app.repository, "bring_up", lambda stored: None)  # as if killed just there
    change_transcript(app.repository, visit.id, SplitLine(2, 2), seen=1, by="cli")
    monkeypatch.undo()
    assert len(texts(app, visit)) == 3
    assert finish_edits(app.repository) == 1
    assert texts(app, visit)[2:] == ["a cat .", "a cat sat ."]
    whole(app, visit)


def test_a_renamed_speaker_outlives_processing_again(app, visit, tmp_path):
    change_transcript(app.repository, visit.id, RenameSpeaker("MOT", "FAT", "Father"), seen=1, by="cli")
    add_paths(app, [tmp_path / "visit.cha"], "Mia", Given(context="at home"))
    stored = app.repository.session(visit.id)
    assert (stored.session.utterances[0].speaker, stored.session.context) == ("FAT", "at home")
    with pytest.raises(ConflictError):  # what was processed again is not undone
        undo_edit(app.repository, visit.id, seen=stored.entry.version, by="cli")


def test_what_versions_changed(app, visit):
    change_transcript(app.repository, visit.id, SplitLine(2, 2), seen=1, by="cli")
    edit_line(app.repository, visit.id, 1, NewLine("the cow .", "MOT"), seen=2, by="cli")
    change_transcript(app.repository, visit.id, MergeLines(2), seen=3, by="cli")
    told = [
        [(c.before and c.before.raw, c.after and c.after.raw) for c in changes_of(app.repository, visit.id, n)]
        for n in range(1, 5)
    ]
    assert told == [
        [],
        [("a cat a cat sat .", "a cat ."), (None, "a cat sat .")],
        [("the dog .", "the cow .")],
        [("a cat .", "a cat a cat sat ."), ("a cat sat .", None)],
    ]
    with pytest.raises(NotFoundError):
        changes_of(app.repository, visit.id, 5)
    restore_version(app.repository, visit.id, 1, seen=4, by="cli")
    (change,) = changes_of(app.repository, visit.id, 5)
    assert (change.before.speaker, change.after.speaker) == ("MOT", "CHI")


def test_a_transcript_that_is_all_different_is_told_quickly(app, visit):
    session = app.repository.session(visit.id).session
    line = session.utterances[0]
    old, new = (
        replace(session, utterances=tuple(replace(line, index=i, raw=f"{w} {i} .") for i in range(n)))
        for w, n in (("a", MOST_COMPARED + 3), ("b", MOST_COMPARED + 5))
    )
    assert len(list(line_changes(old, new))) == MOST_COMPARED + 5


def numbered(*names: str) -> dict:
    return {"source": "a", "utterances": [{"index": i, "raw": name} for i, name in enumerate(names)]}


def test_lines_that_come_and_go_are_kept_without_those_behind_them():
    shapes = [numbered(*names) for n in range(4) for names in itertools.product("xy", repeat=n)]
    for old, new in itertools.product(shapes, repeat=2):
        assert changed(old, difference(old, new)) == new
    change = difference(numbered("a", "b", "c", "d"), numbered("a", "b1", "b2", "c", "d"))
    lines = [{"index": 1, "raw": "b1"}, {"index": 2, "raw": "b2"}]
    assert change == {"splice": {"at": 1, "removed": 1, "lines": lines}, "fields": {}}


def test_undoing_over_what_was_restored_and_undone():
    def log(*what: str) -> list[TranscriptVersion]:
        return [TranscriptVersion(n, w, "a1", "2026") for n, w in enumerate(("original", *what), start=1)]

    def found(*what: str) -> tuple[int | None, int | None]:
        steps = undo_steps(log(*what))
        return steps.undo, steps.redo

    assert found() == (None, None)
    assert found("line") == (1, None)
    assert found("line", "split", "undone") == (1, 3)
    assert found("line", "split", "undone", "undone") == (None, 2)
    assert found("line", "split", "undone", "undone", "redone", "redone") == (2, None)
    assert found("line", "undone", "merged") == (1, None)
    assert found("line", "restored") == (2, None)
    assert found("line", "processed", "code") == (3, None)
    assert found("line", "processed") == (None, None)
