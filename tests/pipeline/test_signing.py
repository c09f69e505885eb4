"""Signing over a store: versions, what has changed since, erasure, archives, a sealed store, the audit."""

from dataclasses import replace

import pytest

from sdc.app import build_app, open_documents
from sdc.errors import ConflictError, InputError, NotFoundError
from sdc.measures import REGISTRY
from sdc.pipeline.archive.exporting import export_archive
from sdc.pipeline.archive.restoring import restore_archive
from sdc.pipeline.editing import NewLine, edit_line
from sdc.pipeline.intake import add_paths
from sdc.pipeline.noting import write_note
from sdc.pipeline.parts import Given
from sdc.pipeline.phase_plans import state_phases
from sdc.pipeline.reporting import ReportOrder, child_facts
from sdc.pipeline.review import mark_reviewed
from sdc.pipeline.reviewing import decide, reviewed_session
from sdc.pipeline.signing import Signer, listed_reports, preview_report, readable_report, sign_report
from sdc.reports import Period
from sdc.session import DateRange, PhasePlan
from sdc.settings import Settings
from sdc.store.signed_reports import SIGNED_REPORTS
from sdc.transcribe import ScriptedTranscriber

ANA = Signer("Ana Ruiz, speech-language therapist", "a1")
PROGRESS = ReportOrder("slp", "progress")


def add_session(app, child, cha, folder, date="02-MAR-2026", **more):
    path = folder / f"{date}.cha"
    path.write_bytes(cha(date=date, **more))
    (added,) = add_paths(app, [path], child, Given())
    assert added.entry is not None
    return added.entry.id


@pytest.fixture
def mia(app, cha, tmp_path):
    child = app.repository.add_child("Mia")
    add_session(app, child, cha, tmp_path)
    add_session(app, child, cha, tmp_path, "09-MAR-2026", line="a cat too")
    return child


def state(app, child):
    return [(item.report.version, item.state) for item in listed_reports(app.repository, child.id)]


def test_a_signed_report_stays_as_it_was_and_a_correction_replaces_it(app, mia):
    first = sign_report(app, mia.id, PROGRESS, ANA)
    before = app.repository.reports.content(first, "pdf")
    (session, _) = app.repository.session_entries(mia.id)
    edit_line(app.repository, session.id, 1, NewLine("the small dog ."), seen=1, by="a1")
    (listed,) = listed_reports(app.repository, mia.id)
    assert (listed.state, listed.edited, listed.added, listed.removed) == ("outdated", (session.id,), (), ())
    second = sign_report(app, mia.id, PROGRESS, ANA)
    assert (second.version, second.replaces) == (2, first.id)
    assert second.facts_sha256 != first.facts_sha256 and second.text_sha256 != first.text_sha256
    assert "version 1 of" in app.repository.reports.content(second, "html").decode()
    assert app.repository.reports.content(first, "pdf") == before
    assert state(app, mia) == [(2, "current"), (1, "replaced")]


def test_a_session_that_came_into_the_period_is_told_and_a_later_one_is_not(app, mia, cha, tmp_path):
    sign_report(app, mia.id, PROGRESS, ANA)
    sign_report(app, mia.id, replace(PROGRESS, period=Period("2026-03-01", "2026-03-31")), ANA)
    late = add_session(app, mia, cha, tmp_path, "23-MAR-2026", line="and more")
    march, two_days = listed_reports(app.repository, mia.id)
    assert (march.state, march.added) == ("outdated", (late,))
    assert (two_days.report.first, two_days.report.last) == ("2026-03-02", "2026-03-09")
    assert (two_days.state, two_days.added) == ("current", ())
    # Another period is another report, no correction.
    assert sign_report(app, mia.id, PROGRESS, ANA).version == 1


def test_who_signs_has_seen_what_is_signed(app, mia):
    seen = preview_report(app.repository, mia.id, PROGRESS)
    assert "Draft" in seen.document.mark
    informed = replace(ANA, seen=0, text_sha256=seen.text_sha256)
    (session, _) = app.repository.session_entries(mia.id)
    edit_line(app.repository, session.id, 1, NewLine("the dog ran ."), seen=1, by="a1")
    with pytest.raises(ConflictError) as changed:
        sign_report(app, mia.id, PROGRESS, informed)
    assert changed.value.code == "report.changed"
    now = replace(informed, text_sha256=preview_report(app.repository, mia.id, PROGRESS).text_sha256)
    assert sign_report(app, mia.id, PROGRESS, now).text_sha256 == now.text_sha256
    with pytest.raises(ConflictError) as stale:
        sign_report(app, mia.id, PROGRESS, now)  # a second click
    assert stale.value.code == "report.stale" and len(state(app, mia)) == 1


def test_a_newer_rule_of_a_measure_is_noticed(app, mia, monkeypatch):
    signed = sign_report(app, mia.id, PROGRESS, ANA)
    assert "mlu_words.v1" in signed.rules
    assert state(app, mia) == [(1, "current")]
    monkeypatch.setitem(REGISTRY, "mlu_words", replace(REGISTRY["mlu_words"], version=2))
    (listed,) = listed_reports(app.repository, mia.id)
    assert (listed.state, listed.rules, listed.edited) == ("outdated", ("mlu_words.v1",), ())


def test_another_state_of_review_is_noticed_and_is_none_when_it_is_taken_back(app, mia):
    sign_report(app, mia.id, PROGRESS, ANA)
    (session, _) = app.repository.session_entries(mia.id)
    mark_reviewed(app.repository, session.id, seen=1, by="a1")
    (listed,) = listed_reports(app.repository, mia.id)
    assert (listed.state, listed.rereviewed, listed.edited) == ("outdated", (session.id,), ())
    mark_reviewed(app.repository, session.id, seen=1, by="a1", reviewed=False)
    assert state(app, mia) == [(1, "current")]


def test_phases_that_are_stated_anew_are_noticed(app, mia):
    sign_report(app, mia.id, PROGRESS, ANA)
    plan = PhasePlan(mia.id, DateRange("2026-03-01", "2026-03-05"), DateRange("2026-03-06"))
    state_phases(app, plan, seen=0, actor="a1")
    (listed,) = listed_reports(app.repository, mia.id)
    assert (listed.state, listed.phases_changed) == ("outdated", True)
    assert sign_report(app, mia.id, PROGRESS, ANA).phases_version == 1
    assert state(app, mia)[0] == (2, "current")


def test_a_report_of_an_earlier_store_claims_nothing_of_rules_and_reviews(app, mia, monkeypatch):
    signed = sign_report(app, mia.id, PROGRESS, ANA)
    where = {"_id": signed.id}
    document = app.documents.find_one(SIGNED_REPORTS, where)
    for key in ("rules", "states", "phases_version"):
        del document["report"][key]
    app.documents.replace_one(SIGNED_REPORTS, where, document)
    monkeypatch.setitem(REGISTRY, "mlu_words", replace(REGISTRY["mlu_words"], version=2))
    assert state(app, mia) == [(1, "current")]


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "Ana\u202eRuiz"])
def test_a_signature_needs_a_name(app, mia, name):
    with pytest.raises(InputError) as refused:
        sign_report(app, mia.id, PROGRESS, replace(ANA, name=name))
    assert refused.value.code == "report.signer" and state(app, mia) == []


def test_a_note_is_signed_with_the_therapists_words_and_says_when_they_change(app, mia):
    note_order = ReportOrder("slp", "session")
    session_id = preview_report(app.repository, mia.id, note_order).session_id
    write_note(app, session_id, "Mum says he sings.", "Songs again.", actor="a1")
    stored = app.repository.session(session_id)
    shown = reviewed_session(app.repository, stored)
    seen = next(r for r in shown if r.insight.kind == "seen")
    decide(app, mia, shown, seen.key, "approve", actor="a1")
    signed = sign_report(app, mia.id, note_order, ANA)
    text = app.repository.reports.content(signed, "html").decode()
    assert "Mum says he sings." in text and "Songs again." in text and seen.insight.text in text
    assert (signed.session_id, signed.note_version) == (session_id, 1)
    write_note(app, session_id, "Mum says he sings.", "Other songs.", actor="a1")
    (listed,) = listed_reports(app.repository, mia.id)
    assert listed.note_changed and listed.state == "outdated"
    assert sign_report(app, mia.id, note_order, ANA).version == 2


def test_what_a_therapist_dismissed_is_in_no_report(app, mia):
    entry = app.repository.session_entries(mia.id)[-1]
    shown = reviewed_session(app.repository, app.repository.session(entry.id))
    seen = next(r for r in shown if r.insight.kind == "seen")
    assert seen.insight.text in str(child_facts(app.repository, mia.id).latest.insights)
    decide(app, mia, shown, seen.key, "dismiss", actor="a1")
    assert seen.key not in {i.key for i in child_facts(app.repository, mia.id).latest.insights}


def test_a_family_reads_letters_only(app, mia):
    progress = sign_report(app, mia.id, PROGRESS, ANA)
    letter = sign_report(app, mia.id, ReportOrder("slp", "letter"), ANA)
    assert readable_report(app.repository, mia.id, letter.id, every_kind=False) == letter
    with pytest.raises(NotFoundError):
        readable_report(app.repository, mia.id, progress.id, every_kind=False)


def test_a_note_has_bounds(app, mia):
    entry = app.repository.session_entries(mia.id)[0]
    for text in ("x" * 4001, "a\u202eb", "a\x1bb"):
        with pytest.raises(InputError) as refused:
            write_note(app, entry.id, text, "", actor="a1")
        assert refused.value.code == "note.text"
    with pytest.raises(NotFoundError):
        write_note(app, "nobody", "s", "p", actor="a1")
    assert write_note(app, entry.id, " a  \r\nb\n", "", actor="a1").subjective == "a\nb"


def test_signing_and_writing_are_audited_and_erased_with_the_child(app, mia):
    signed = sign_report(app, mia.id, PROGRESS, ANA)
    entry = app.repository.session_entries(mia.id)[0]
    write_note(app, entry.id, "s", "p", actor="a1")
    lines = [(line.actor, line.action, line.object_id) for line in app.audit.lines()]
    assert ("a1", "report.sign", signed.id) in lines and ("a1", "note.write", entry.id) in lines
    assert list(app.blobs.keys(f"{mia.id}/"))
    assert app.erasure.erase(mia.id, names=["Mia"]).traces == ()
    for collection in ("signed_reports", "session_notes"):
        assert app.documents.count(collection, {}) == 0
    assert list(app.blobs.keys(f"{mia.id}/")) == []


def test_an_archive_brings_signed_reports_to_another_store(app, mia, tmp_path):
    signed = sign_report(app, mia.id, PROGRESS, ANA)
    write_note(app, app.repository.session_entries(mia.id)[0].id, "s", "p", actor="a1")
    export_archive(app.documents, app.blobs, tmp_path / "mia.zip", [mia], whole=False)
    with build_app(Settings(home=tmp_path / "other"), transcriber=ScriptedTranscriber(())) as other:
        restore_archive(other.documents, other.blobs, tmp_path / "mia.zip", tmp_path)
        assert other.repository.reports.get(mia.id, signed.id) == signed
        for format in ("pdf", "html"):
            assert other.repository.reports.content(signed, format) == app.repository.reports.content(signed, format)
        (listed,) = listed_reports(other.repository, mia.id)
        assert listed.state == "current"


@pytest.mark.plain
def test_in_a_sealed_store_nothing_of_a_report_is_clear(tmp_path, cha):
    settings = Settings(home=tmp_path / "home", master_key="00" * 32)
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        child = app.repository.add_child("Mia")
        session = add_session(app, child, cha, tmp_path)
        write_note(app, session, "Mum says he sings.", "Songs again.", actor="a1")
        signed = sign_report(app, child.id, ReportOrder("slp", "session"), ANA)
        assert b"he sings" in app.repository.reports.content(signed, "html")
    raw = open_documents(settings)
    for name, clear in (("signed_reports", {"_id", "child_id"}), ("session_notes", {"_id", "child_id", "session_id"})):
        (document,) = raw.find(name, {})
        assert "Ana" not in str(document) and "sings" not in str(document)
        assert {key for key, value in document.items() if isinstance(value, str) and key in clear} == clear
    raw.close()
    for path in (settings.home / "blobs").rglob("*"):
        assert not path.is_file() or b"sings" not in path.read_bytes()
