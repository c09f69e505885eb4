"""A child's stored sessions on the time line."""

from dataclasses import replace

import pytest

from sdc.companion import insights
from sdc.errors import NotFoundError
from sdc.pipeline.asking import answer_question
from sdc.pipeline.history import history_before, whole_history
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.progress.within import PARTS, within_session_error
from sdc.session import Session


@pytest.fixture
def child(app, tmp_path, cha):
    """A child with three dated sessions and one that nothing dates."""
    child = app.repository.add_child("Mia")
    for name, date, age in (
        ("third", "16-MAR-2026", "2;06.14"),
        ("first", "02-MAR-2026", "2;06.00"),
        ("second", "09-MAR-2026", "2;06.07"),
    ):
        (tmp_path / f"{name}.cha").write_bytes(cha(date, name, age=age))
    lines = cha("02-MAR-2026", "undated", age="").splitlines(keepends=True)
    (tmp_path / "undated.cha").write_bytes(b"".join(line for line in lines if not line.startswith(b"@Date")))
    added = add_paths(app, sorted(tmp_path.glob("*.cha")), child, Given())
    assert [a.failures for a in added] == [()] * 4
    return child


def sources(points):
    return [point.source for point in points]


def test_the_whole_history(app, child):
    points = whole_history(app.repository, child.id)
    assert sources(points) == ["first.cha", "second.cha", "third.cha", "undated.cha"]
    assert points[0].target == "CHI"
    assert points[0].utterances_behind("mlu_words") == (1, 2)
    assert len(points[0].utterances) == 3
    assert points[0].utterances[1].speaker == "CHI"
    with pytest.raises(NotFoundError):
        whole_history(app.repository, "none")


def before(app, child, session_id="new", date=None, age_months=None):
    return sources(history_before(app.repository, child.id, session_id, Session("new", date), age_months))


def test_what_came_before(app, child):
    assert before(app, child, date="2026-03-16") == ["first.cha", "second.cha"]
    assert before(app, child, date="2026-03-17") == ["first.cha", "second.cha", "third.cha"]
    assert before(app, child, date="2026-03-01") == []
    assert before(app, child) == []  # nothing dates it, so nothing is earlier


def test_a_session_is_not_its_own_past(app, child):
    first = next(e for e in app.repository.session_entries(child.id) if e.source == "first.cha")
    assert before(app, child, session_id=first.id, date="2026-03-10") == ["second.cha"]


def test_a_session_without_a_date_is_placed_by_age(app, child):
    assert before(app, child, age_months=30.3) == ["first.cha", "second.cha"]


def test_a_question_about_a_child_that_is_not_there(app):
    with pytest.raises(NotFoundError):
        answer_question(app.repository, "none", "How is she?")


LINES = ("I want the big red ball .", "&-um no !", "<the the> [/] the dog xxx .", "where is it ?")


@pytest.fixture
def long_child(app, tmp_path, cha):
    """A child with two sessions that are long enough to be resampled."""
    child = app.repository.add_child("Ben")
    for name, date in (("one", "02-MAR-2026"), ("two", "09-MAR-2026")):
        text = cha(date, name).decode()
        said = "".join(f"*CHI:\t{line}\n" for line in LINES * 10)
        (tmp_path / f"{name}.cha").write_text(text.replace("@End", f"{said}@End"))
    added = add_paths(app, sorted(tmp_path.glob("*.cha")), child, Given())
    assert [a.failures for a in added] == [()] * 2
    return child


def read_whole(app, entry):
    """What an earlier version keeps: an entry that tells neither errors nor who wrote the words down."""
    old = replace(app.repository.session(entry.id), entry=replace(entry, recognised=None, within_errors=None))
    app.repository.save_session(old)


def test_what_is_kept_with_a_session_is_what_its_transcript_gives(app, long_child):
    light = whole_history(app.repository, long_child.id)
    for entry in app.repository.session_entries(long_child.id):
        read_whole(app, entry)
    whole = whole_history(app.repository, long_child.id)
    assert {p.within_errors for p in whole} == {None}
    for one, other in zip(light, whole, strict=True):
        assert one.within_errors  # kept: nothing is resampled
        errors = [(within_session_error(one, m), within_session_error(other, m)) for m in PARTS]
        assert [kept for kept, _ in errors] == [resampled for _, resampled in errors]
        assert (one.recognised, one.target, one.context) == (other.recognised, other.target, other.context)
        assert tuple(one.utterances) == other.utterances
        for measure in other.measures:
            assert one.measures[measure].value == other.measures[measure].value
            assert one.utterances_behind(measure) == other.utterances_behind(measure)


def test_an_error_of_another_rule_is_resampled(app, long_child):
    entry = app.repository.session_entries(long_child.id)[0]
    kept = entry.within_errors
    stale = replace(entry, within_errors=replace(kept, rule="other.v0", errors={"mlu_words": 9.0}))
    app.repository.save_session(replace(app.repository.session(entry.id), entry=stale))
    point = next(p for p in whole_history(app.repository, long_child.id) if p.session_id == entry.id)
    assert within_session_error(point, "mlu_words") == kept.errors["mlu_words"]


def test_a_question_reads_only_the_transcripts_that_it_cites(app, child, monkeypatch):
    read = []
    transcript = app.repository.transcript
    monkeypatch.setattr(app.repository, "session", lambda session_id: pytest.fail(f"{session_id} was read whole"))
    monkeypatch.setattr(app.repository, "transcript", lambda i: read.append(i) or transcript(i))
    answer = answer_question(app.repository, child.id, "How has the sentence length changed from week 1 to week 3?")
    entries = {e.source: e.id for e in app.repository.session_entries(child.id)}
    assert set(read) == {entries["first.cha"], entries["third.cha"]} == {e.session for e in answer.evidence}
    assert len(read) == 2


def test_insights_need_no_more_than_is_read_of_earlier_sessions(app, child, tmp_path, cha):
    """What ``history_before`` leaves out changes no insight."""
    everything = whole_history(app.repository, child.id)
    third = next(e for e in app.repository.session_entries(child.id) if e.source == "third.cha")
    stored = app.repository.session(third.id)
    little = history_before(app.repository, child.id, third.id, stored.session, third.age_months)
    whole = tuple(p for p in everything if p.session_id in {q.session_id for q in little})
    assert len(whole[0].measures) > 20 > len(little[0].measures)
    told = [insights(stored.session, stored.analysis, h, session_id=third.id) for h in (whole, little)]
    assert any(insight.kind == "change" for insight in told[0])
    assert told[0] == told[1]
