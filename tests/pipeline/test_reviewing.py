"""The feedback loop over a store: what is decided changes what is told next, and becomes pairs."""

import json

import pytest

from sdc.errors import ConflictError, InputError, NotFoundError
from sdc.pipeline.intake import order_session
from sdc.pipeline.parts import SessionOrder
from sdc.pipeline.periods import Span, child_account
from sdc.pipeline.process_session import process_session
from sdc.pipeline.reviewing import answer_activity, decide, reviewed_session


@pytest.fixture
def mia(app, tmp_path, cha):
    child = app.repository.add_child("Mia")
    add(app, tmp_path, child, cha(line="Mia got a big red train"), "one")
    return child


def add(app, tmp_path, child, data, name):
    path = tmp_path / f"{name}.cha"
    path.write_bytes(data)
    upload = app.repository.upload_file(child.id, path)
    order = SessionOrder(child.id, (upload.id,))
    order_session(app.repository, app.jobs, order)
    return process_session(order, app, lambda *_: None).session_id


def account(app, child, voice="parent", **span):
    return child_account(app.repository, child.id, Span(**span), voice)


def of_kind(found, kind):
    return next(r for r in found.insights if r.insight.kind == kind)


def test_approve_edit_dismiss(app, mia):
    strength = of_kind(account(app, mia), "strength")
    assert strength.insight.status == "draft"
    decide(app, mia, account(app, mia).insights, strength.key, "approve", voice="parent", actor="a1")
    assert of_kind(account(app, mia), "strength").insight.status == "approved"
    text = "In week 1 Mia told: “Mia got a big red train”."
    decide(app, mia, account(app, mia).insights, strength.key, "edit", text=text, voice="parent", actor="a1")
    edited = of_kind(account(app, mia), "strength")
    assert (edited.insight.text, edited.insight.status, edited.version) == (text, "approved", 2)
    assert edited.key == strength.key
    assert edited.decision.by == "a1"
    decide(app, mia, account(app, mia).insights, strength.key, "dismiss", actor="a1")
    # The topic is not brought up again.
    assert "strength" not in [r.insight.kind for r in account(app, mia).insights]


def test_pairs_hold_no_names_and_go_when_dismissed(app, mia):
    strength = of_kind(account(app, mia), "strength")
    shown = account(app, mia).insights
    decide(app, mia, shown, strength.key, "approve", voice="parent", actor="a1")
    (pair,) = app.repository.pairs.approved_pairs("strength")
    assert pair.pseudonym == app.pseudonyms.of(mia.id)
    assert "Mia" not in pair.text + pair.prompt
    assert "got a big red train" in pair.text
    assert json.loads(pair.prompt)["evidence"][1]["quote"].endswith("got a big red train")
    decide(app, mia, account(app, mia).insights, strength.key, "dismiss", actor="a1")
    assert app.repository.pairs.approved_pairs("strength") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mia said 99 words.", "insight.ungrounded"),
        ("Mia said “other words”.", "insight.ungrounded"),
        ("Mia has a disorder.", "insight.wording"),
        (" ", "insight.text"),
        (None, "insight.text"),
        ("x" * 2001, "insight.text"),
    ],
)
def test_an_edit_is_held_to_the_same_checks(app, mia, text, code):
    shown = account(app, mia).insights
    with pytest.raises(InputError) as refused:
        decide(app, mia, shown, shown[0].key, "edit", text=text, actor="a1")
    assert refused.value.code == code
    assert app.repository.feedback.history(mia.id) == []


def test_an_unknown_key_and_a_stale_version(app, mia):
    shown = account(app, mia).insights
    with pytest.raises(NotFoundError):
        decide(app, mia, shown, "0" * 24, "approve", actor="a1")
    decide(app, mia, shown, shown[0].key, "approve", seen=0, actor="a1")
    with pytest.raises(ConflictError):
        decide(app, mia, shown, shown[0].key, "dismiss", seen=0, actor="a1")


def test_activities_rotate_and_rejected_kinds_do_not_return(app, mia):
    seen = []
    for went in ("well", "so_so", "not_yet"):
        found = account(app, mia).activity
        assert found.id not in seen
        seen.append(found.id)
        answer_activity(app, mia.id, found.id, went, actor="a2")
    idea = of_kind(account(app, mia), "idea")
    kind = account(app, mia).activity.trains
    decide(app, mia, account(app, mia).insights, idea.key, "dismiss", actor="a1")
    for _ in range(5):
        found = account(app, mia).activity
        assert found.trains != kind
        answer_activity(app, mia.id, found.id, "so_so", actor="a2")
    with pytest.raises(NotFoundError):
        answer_activity(app, mia.id, "nonsense", "well", actor="a2")


def test_a_dismissed_topic_is_dismissed_in_later_sessions_only(app, mia, tmp_path, cha):
    earlier = app.repository.session_entries(mia.id)[0].id
    first = add(app, tmp_path, mia, cha(date="05-MAR-2026", line="a small dog"), "zero")
    shown = reviewed_session(app.repository, app.repository.session(first))
    length = next(r for r in shown if r.insight.measure == "mlu_words" and r.insight.kind == "seen")
    other = next(r for r in shown if r.insight.kind == "seen" and r.key != length.key)
    decide(app, mia, shown, length.key, "dismiss", actor="a1")
    second = add(app, tmp_path, mia, cha(date="09-MAR-2026", line="a big big cat"), "two")

    def status(session, topic):
        found = reviewed_session(app.repository, app.repository.session(session))
        return {r.insight.topic: r.insight.status for r in found}[topic]

    assert status(second, length.insight.topic) == "dismissed"
    assert status(second, other.insight.topic) == "draft"
    assert status(first, other.insight.topic) == "draft"
    assert status(first, length.insight.topic) == "dismissed"
    assert status(earlier, length.insight.topic) == "draft"
    assert {r.insight.status for r in reviewed_session(app.repository, app.repository.session(second))
            if r.insight.kind in ("change", "caveat")} == {"draft"}  # fmt: skip


def test_an_account_is_of_its_child_and_its_time(app, mia, tmp_path, cha):
    add(app, tmp_path, mia, cha(date="09-MAR-2026", line="a big big cat"), "two")
    other = app.repository.add_child("Tom")
    theirs = add(app, tmp_path, other, cha(line="my own dog"), "theirs")
    with pytest.raises(NotFoundError):
        account(app, mia, session_id=theirs)
    late = account(app, mia, first="2026-03-05")
    assert len(late.sessions) == 1
    assert len(account(app, mia).sessions) == 2
    told = {e.session for r in late.insights for e in r.insight.evidence if r.insight.kind in ("strength", "listen")}
    assert told == set(late.sessions)
    for span, code in (({"first": "soon"}, "insights.dates"), ({"first": "2027-01-01"}, "insights.empty")):
        with pytest.raises(InputError) as refused:
            account(app, mia, **span)
        assert refused.value.code == code


def test_erasing_the_child_erases_goals_feedback_and_pairs(app, mia):
    shown = account(app, mia).insights
    decide(app, mia, shown, shown[0].key, "approve", actor="a1")
    answer_activity(app, mia.id, "wait_and_look", "well", actor="a2")
    app.erasure.erase(mia.id)
    for collection in ("goals", "feedback", "pairs"):
        assert app.documents.count(collection, {}) == 0
