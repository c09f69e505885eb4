"""Insights follow corrections: of the session itself, of those that compare with it, and of what was approved."""

import pytest

from sdc.errors import ConflictError
from sdc.pipeline.editing import NewLine, edit_line
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.pipeline.periods import Span, child_account
from sdc.pipeline.remeasure import with_fresh_insights
from sdc.pipeline.reporting import child_facts
from sdc.pipeline.reviewing import decide, reviewed_session


@pytest.fixture
def visits(app, tmp_path, cha):
    """Two sessions of Mia, the earlier first."""
    paths = []
    for name, date, line in (("one", "02-MAR-2026", "a cat"), ("two", "09-MAR-2026", "a big cat")):
        paths.append(tmp_path / f"{name}.cha")
        paths[-1].write_bytes(cha(date=date, line=line, media=name))
    added = add_paths(app, paths, "Mia", Given())
    return [a.entry for a in added]


def correct(app, entry, text, seen=1):
    return edit_line(app.repository, entry.id, 2, NewLine(text), seen=seen, by="a1")


def shown(app, entry):
    return reviewed_session(app.repository, app.repository.session(entry.id))


def change(found):
    return next(r for r in found if r.insight.kind == "change" and not r.is_outdated)


def test_a_later_session_is_compared_with_the_corrected_one(app, visits):
    first, second = visits
    before = app.repository.session(second.id)
    assert before.rests_on == {first.id: 1}
    assert with_fresh_insights(app.repository, before) is before
    correct(app, first, "a very small old grey cat .")
    stale = app.repository.session(second.id)
    assert stale.insights == before.insights
    fresh = with_fresh_insights(app.repository, stale)
    assert fresh.rests_on == {first.id: 2}
    assert fresh.insights != before.insights
    assert app.repository.session(second.id) == fresh
    assert shown(app, second)[0].insight == fresh.insights[0]


def test_the_earlier_session_does_not_wait_for_the_later_one(app, visits):
    first, second = visits
    correct(app, second, "a very small cat .")
    before = app.repository.session(first.id)
    assert before.rests_on == {}
    assert with_fresh_insights(app.repository, before) is before


def test_a_session_of_an_earlier_day_that_comes_late_is_compared_with_too(app, visits, tmp_path, cha):
    first, second = visits
    path = tmp_path / "zero.cha"
    path.write_bytes(cha(date="01-MAR-2026", line="cat", media="zero"))
    (added,) = add_paths(app, [path], "Mia", Given())
    fresh = with_fresh_insights(app.repository, app.repository.session(second.id))
    assert fresh.rests_on == {first.id: 1, added.entry.id: 1}


def test_the_report_rests_on_fresh_insights_too(app, visits):
    first, second = visits
    stale = app.repository.session(second.id).insights
    correct(app, first, "a very small old grey cat .")
    facts = child_facts(app.repository, first.child_id)
    assert facts.latest.insights == app.repository.session(second.id).insights
    assert facts.latest.insights != stale


def test_what_was_approved_is_flagged_when_its_figures_change(app, visits):
    first, second = visits
    child = app.repository.child(first.child_id)
    approved = change(shown(app, second))
    decide(app, child, shown(app, second), approved.key, "approve", actor="a1")
    assert change(shown(app, second)).insight.status == "approved"
    correct(app, first, "a very small old grey cat .")
    found = shown(app, second)
    (outdated,) = [r for r in found if r.is_outdated]
    assert (outdated.key, outdated.insight.text, outdated.insight.status) == (
        approved.key,
        approved.insight.text,
        "approved",
    )
    new = change(found)
    assert (new.insight.status, new.key != approved.key) == ("draft", True)

    for verb, text in (("approve", None), ("edit", "Mia said more.")):
        with pytest.raises(ConflictError) as error:
            decide(app, child, found, outdated.key, verb, text=text, actor="a1")
        assert error.value.code == "insight.outdated"
    decide(app, child, found, new.key, "approve", actor="a1")
    assert not any(r.is_outdated for r in shown(app, second))


def test_a_therapists_words_stay_and_can_be_dismissed_without_their_topic(app, visits):
    first, second = visits
    child = app.repository.child(first.child_id)
    approved = change(shown(app, second))
    text = "We keep listening to this."
    decide(app, child, shown(app, second), approved.key, "edit", text=text, actor="a1")
    correct(app, first, "a very small old grey cat .")
    (outdated,) = [r for r in shown(app, second) if r.is_outdated]
    assert outdated.insight.text == text
    decide(app, child, shown(app, second), outdated.key, "dismiss", actor="a1")
    found = shown(app, second)
    assert not any(r.is_outdated for r in found)
    assert change(found).insight.status == "draft"


def test_figures_that_are_put_back_bring_the_approval_back(app, visits):
    first, second = visits
    child = app.repository.child(first.child_id)
    approved = change(shown(app, second))
    decide(app, child, shown(app, second), approved.key, "approve", actor="a1")
    correct(app, first, "a very small old grey cat .")
    correct(app, first, "a cat .", seen=2)
    found = shown(app, second)
    assert not any(r.is_outdated for r in found)
    assert change(found).insight.status == "approved"


def test_an_account_flags_what_was_approved_and_tells_it_no_more(app, visits):
    first, second = visits
    child = app.repository.child(first.child_id)
    span = Span()
    before = child_account(app.repository, child.id, span, "therapist")
    approved = next(r for r in before.insights if r.insight.kind == "strength")
    decide(app, child, before.insights, approved.key, "approve", actor="a1")
    correct(app, second, "a very small old grey cat .")
    after = child_account(app.repository, child.id, span, "therapist")
    assert [r.key for r in after.outdated] == [approved.key]
    assert approved.key not in [r.key for r in after.insights]
    other = child_account(app.repository, child.id, Span(session_id=second.id), "therapist")
    assert other.outdated == ()
