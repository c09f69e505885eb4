"""What points to lines by number, when lines before them are split and merged, and when that is undone."""

from dataclasses import replace

import pytest

from sdc.pipeline.changes import MergeLines, SplitLine
from sdc.pipeline.editing import NewLine, change_transcript, edit_line, undo_edit
from sdc.pipeline.intake import add_paths
from sdc.pipeline.labelling import in_lines_of, voice_labels_of
from sdc.pipeline.line_places import line_places
from sdc.pipeline.parts import Given
from sdc.pipeline.review import look_at, review_queue
from sdc.pipeline.reviewing import decide, reviewed_session
from sdc.session import LabelScores, Participant, Provenance, Session, TimeSpan, Utterance, VoiceLabels
from sdc.store.reviews import line_keys

HEAD = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Mia Target_Child, MOT Mother
@ID:\teng|made|CHI|2;06.00|female|||Target_Child|||
@ID:\teng|made|MOT|||||Mother|||
@Date:\t02-MAR-2026
"""
TIMED = (
    "*MOT:\twhat is that ? \x150_1000\x15",
    "*CHI:\ta dog and a cat . \x151000_3000\x15",
    "*CHI:\txxx go home . \x153000_5000\x15",
    "*CHI:\tthe cat . \x155000_6000\x15",
)


@pytest.fixture(params=["times", "no times"])
def visit(request, app, tmp_path):
    lines = TIMED if request.param == "times" else [line.partition(" \x15")[0] for line in TIMED]
    path = tmp_path / "visit.cha"
    path.write_text(HEAD + "\n".join(lines) + "\n@End\n")
    (added,) = add_paths(app, [path], "Mia", Given())
    assert added.entry is not None
    return added.entry


def split(app, entry, seen, index=1, at=2):
    return change_transcript(app.repository, entry.id, SplitLine(index, at), seen=seen, by="a1")


def merge(app, entry, seen, index=1):
    return change_transcript(app.repository, entry.id, MergeLines(index), seen=seen, by="a1")


def undo(app, entry, seen):
    return undo_edit(app.repository, entry.id, seen=seen, by="a1")


def looked_at(app, entry):
    lines = app.repository.transcript(entry.id).utterances
    return [lines[q.line.index].raw for q in review_queue(app.repository, entry.id).lines if q.look is not None]


def test_a_mark_stays_with_its_line(app, visit):
    look_at(app.repository, visit.id, 2, seen=1, by="a1")
    for seen, step in enumerate((split, merge, undo, undo), start=1):
        step(app, visit, seen)
        assert looked_at(app, visit) == ["xxx go home ."], step
    split(app, visit, 5, index=2, at=1)
    assert looked_at(app, visit) == []
    undo(app, visit, 6)
    assert looked_at(app, visit) == ["xxx go home ."]
    merge(app, visit, 7)
    assert looked_at(app, visit) == []


def test_lines_of_the_same_words_are_told_apart():
    lines = [Utterance(i, "CHI", raw) for i, raw in enumerate(("a .", "no .", "b .", "no .", "c ."))]
    keys = line_keys(lines)
    assert len(set(keys)) == 5
    shifted = [Utterance(0, "CHI", "oh ."), *(replace(line, index=line.index + 1) for line in lines)]
    assert line_keys(shifted)[2:] == keys[1:]
    halves = [replace(line, raw="no .", line=7) for line in lines[:2]]
    assert len(set(line_keys(halves))) == 2


@pytest.fixture
def approved(app, visit):
    """Somebody approves what rests on lines of the session; then its figures change."""
    child = app.repository.child(visit.child_id)
    found = next(r for r in shown(app, visit) if r.insight.evidence and r.insight.evidence[0].utterances)
    decide(app, child, shown(app, visit), found.key, "approve", actor="a1")
    return found


def shown(app, entry):
    return reviewed_session(app.repository, app.repository.session(entry.id))


def lines_behind(app, entry, key):
    insight = next(r.insight for r in shown(app, entry) if r.key == key)
    lines = app.repository.transcript(entry.id).utterances
    return [lines[i].raw for e in insight.evidence for i in e.utterances]


def test_what_was_approved_points_to_its_lines(app, visit, approved):
    before = lines_behind(app, visit, approved.key)
    assert "the cat ." in before and "a dog and a cat ." in before
    split(app, visit, 1)
    (outdated,) = [r for r in shown(app, visit) if r.is_outdated and r.key == approved.key]
    assert lines_behind(app, visit, outdated.key) == [raw for raw in before if raw != "a dog and a cat ."]
    edit_line(app.repository, visit.id, 4, NewLine("the big cat ."), seen=2, by="a1")
    assert "the big cat ." in lines_behind(app, visit, approved.key)
    undo(app, visit, 3)
    undo(app, visit, 4)
    assert lines_behind(app, visit, approved.key) == before


def test_a_decision_about_what_is_outdated_keeps_the_lines_of_then(app, visit, approved):
    child = app.repository.child(visit.child_id)
    split(app, visit, 1)
    decide(app, child, shown(app, visit), approved.key, "dismiss", actor="a1")
    newest = app.repository.feedback.history(visit.child_id)[-1]
    lines = app.repository.transcript(visit.id).utterances
    told = [lines[i].raw for e in newest.insight.evidence for i in e.utterances]
    assert "the cat ." in told and "what is that ?" not in told


def transcript(*texts, speaker="CHI"):
    lines = [Utterance(i, speaker, text, span=TimeSpan(1000 * i, 1000 * i + 900)) for i, text in enumerate(texts)]
    return Session("a.cha", participants=(Participant("CHI", "Target_Child"),), utterances=tuple(lines))


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("abc", "abc", {0: 0, 1: 1, 2: 2}),
        ("abc", "axc", {0: 0, 1: 1, 2: 2}),  # written anew
        ("abc", "axyc", {0: 0, 2: 3}),  # split
        ("abcd", "axd", {0: 0, 3: 2}),  # merged
        ("abcdefg", "axycdzg", {0: 0, 2: 3, 3: 4, 6: 6}),  # split before, merged behind
        ("abc", "", {}),
        ("", "abc", {}),
    ],
)
def test_where_lines_went(before, after, places):
    old, new = (
        Session("a", utterances=tuple(Utterance(i, "CHI", c) for i, c in enumerate(t))) for t in (before, after)
    )
    assert line_places(old, new) == places


MADE = Provenance("voice labels", "transformers", "5", "made-up/model", "0123")


def labels(*spans):
    stretches = tuple(LabelScores(i, TimeSpan(*span), {"calm": 0.5}) for i, span in enumerate(spans))
    return VoiceLabels("CHI", stretches, "mit", MADE)


def test_label_scores_follow_the_childs_lines():
    session = transcript("a", "b", "c")
    made = labels((0, 900), (1100, 1800), (2000, 2900))
    assert in_lines_of(made, session) == made
    middle = replace(session.utterances[1], speaker="MOT")
    given = replace(session, utterances=(session.utterances[0], middle, session.utterances[2]))
    assert [s.utterance for s in in_lines_of(made, given).stretches] == [0, 2]
    cut = replace(session.utterances[0], span=TimeSpan(500, 900))
    short = replace(session, utterances=(cut, *session.utterances[1:]))
    assert [s.utterance for s in in_lines_of(made, short).stretches] == [1, 2]
    assert in_lines_of(made, replace(session, participants=())).stretches == ()


@pytest.mark.parametrize("visit", ["times"], indirect=True)
def test_stored_label_scores_move_with_splits_merges_and_undoing(app, visit):
    made = VoiceLabels("CHI", tuple(labels((3100, 4900), (5000, 6000)).stretches), "mit", MADE)
    stored = app.repository.session(visit.id)
    app.repository.save_session(stored, made)
    for seen, (step, lines) in enumerate(((split, [3, 4]), (merge, [2, 3]), (undo, [3, 4]), (undo, [2, 3])), start=1):
        step(app, visit, seen)
        assert [s.utterance for s in voice_labels_of(app.repository, visit.id).stretches] == lines, step
