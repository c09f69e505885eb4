"""Sessions that were measured by older rules are measured anew; what rests on them follows."""

from dataclasses import replace

import pytest

from sdc.errors import InputError
from sdc.measures import REGISTRY
from sdc.pipeline import measure_again as subject
from sdc.pipeline.intake import add_paths
from sdc.pipeline.measure_again import is_older, measure_again, older_rules
from sdc.pipeline.parts import Given
from sdc.pipeline.reporting import ReportOrder
from sdc.pipeline.review import mark_reviewed
from sdc.pipeline.signing import Signer, listed_reports, sign_report


@pytest.fixture
def mia(app, tmp_path, cha):
    """Three sessions, a week apart."""
    for day in (2, 9, 16):
        path = tmp_path / f"v{day}.cha"
        path.write_bytes(cha(date=f"{day:02d}-MAR-2026", line="a cat", media=path.stem))
        add_paths(app, [path], "Mia", Given())
    return app.repository.named_child("Mia")


@pytest.fixture
def newer(monkeypatch):
    """The rule of the length of utterances is a newer one now."""
    monkeypatch.setitem(REGISTRY, "mlu_words", replace(REGISTRY["mlu_words"], version=2))


def entries(app, mia):
    return app.repository.session_entries(mia.id)


def again(app, mia, **options):
    return list(measure_again(app, mia.id, actor="a1", **options))


def actions(app, mia):
    return [(e.action, e.actor) for e in app.audit.lines(child_id=mia.id) if e.action == "session.remeasure"]


def test_nothing_is_done_where_nothing_is_old(app, mia):
    assert again(app, mia) == []
    assert actions(app, mia) == []
    assert len(again(app, mia, every=True)) == 3


def test_older_sessions_are_measured_by_the_rules_of_now(app, mia, newer):
    first = entries(app, mia)[0]
    mark_reviewed(app.repository, first.id, seen=1, by="a1")
    assert all(is_older(entry) for entry in entries(app, mia))
    done = again(app, mia)
    assert [(m.rules, m.failure) for m in done] == [(("mlu_words.v1",), None)] * 3
    kept = entries(app, mia)
    assert {entry.measures["mlu_words"].rule for entry in kept} == {"mlu_words.v2"}
    assert app.repository.analysis(first.id).speakers["CHI"].measures["mlu_words"].rule == "mlu_words.v2"
    assert [entry.version for entry in kept] == [1, 1, 1]  # no transcript was changed
    assert kept[0].is_reviewed
    assert actions(app, mia) == [("session.remeasure", "a1")] * 3
    assert again(app, mia) == []


def test_a_report_that_is_made_again_has_no_older_rule(app, mia, newer):
    order, ana = ReportOrder("slp", "progress"), Signer("Ana", "a1")
    assert "mlu_words.v1" in sign_report(app, mia.id, order, ana).rules
    again(app, mia)
    assert listed_reports(app.repository, mia.id)[0].rules == ("mlu_words.v1",)  # what was signed stays
    assert not any(rule == "mlu_words.v1" for rule in sign_report(app, mia.id, order, ana).rules)
    assert listed_reports(app.repository, mia.id)[0].state == "current"


def test_a_later_session_of_the_newer_rule_is_compared_anew(app, mia, monkeypatch, tmp_path, cha):
    monkeypatch.setitem(REGISTRY, "mlu_words", replace(REGISTRY["mlu_words"], version=2))
    path = tmp_path / "v23.cha"
    path.write_bytes(cha(date="23-MAR-2026", line="a cat", media="v23"))
    (added,) = add_paths(app, [path], "Mia", Given())
    told = "computed by different rules"
    assert told in " ".join(i.text for i in app.repository.session(added.entry.id).insights)
    assert len(again(app, mia)) == 3
    assert told not in " ".join(i.text for i in app.repository.session(added.entry.id).insights)


def test_a_measure_that_came_later_is_added(app, mia, monkeypatch):
    monkeypatch.setitem(REGISTRY, "new", replace(REGISTRY["mlu_words"], id="new"))
    assert older_rules(entries(app, mia)[0]) == ()
    assert len(again(app, mia)) == 3
    assert "new" in entries(app, mia)[0].measures


def test_a_session_that_cannot_be_measured_does_not_keep_the_others(app, mia, newer, monkeypatch):
    bad = entries(app, mia)[0]

    def refuse(repository, session_id):
        if session_id == bad.id:
            raise InputError("The transcript cannot be measured.", code="session.unmeasured")
        return kept(repository, session_id)

    kept = subject._keep
    monkeypatch.setattr(subject, "_keep", refuse)
    done = again(app, mia)
    assert [m.failure is None for m in done] == [False, True, True]
    assert done[0].failure.source == bad.source
    assert older_rules(entries(app, mia)[0]) == ("mlu_words.v1",)
