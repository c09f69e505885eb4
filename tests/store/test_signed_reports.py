"""Signed reports byte for byte, numbered without gaps or doubles; notes in versions; each child's apart."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sdc.errors import ConflictError, NotFoundError, StoreError
from sdc.store.session_notes import SessionNote, SessionNotes
from sdc.store.signed_reports import SignedReport, SignedReports


def report(number=1, child="c1", **more):
    plain = {
        "id": "",
        "child_id": child,
        "number": number,
        "kind": "progress",
        "audience": "slp",
        "first": "2026-03-02",
        "last": "2026-03-09",
        "session_id": None,
        "sections": None,
        "version": 1,
        "replaces": None,
        "signer": "Ana Ruiz",
        "signed_by": "a1",
        "signed_at": "2026-11-26T09:30:00.000Z",
        "facts_sha256": "f" * 64,
        "text_sha256": "e" * 64,
        "rests_on": (("s1", 1), ("s2", 3)),
    }
    return SignedReport(**plain | more)


def test_a_report_is_kept_and_fetched_as_it_was_signed(documents, blobs):
    reports = SignedReports(documents, blobs)
    kept = reports.add(report(), {"pdf": b"%PDF one", "html": b"<html>"})
    assert reports.get("c1", kept.id) == kept and reports.of("c1") == [kept]
    assert reports.content(kept, "pdf") == b"%PDF one" and reports.content(kept, "html") == b"<html>"
    assert {file.key.partition("/")[0] for file in kept.files} == {"c1"}
    for child, format in (("c2", "pdf"), ("c1", "csv")):
        with pytest.raises(NotFoundError):
            reports.content(reports.get(child, kept.id), format)
    assert reports.of("c2") == []


def test_of_two_that_sign_at_once_one_is_told(documents, blobs):
    reports = SignedReports(documents, blobs)

    def sign(number):
        try:
            return reports.add(report(), {"pdf": f"%PDF {number}".encode()}).number
        except ConflictError as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(sign, range(4)))
    assert sorted(map(str, done)) == ["1", *["report.stale"] * 3]
    # What was not kept leaves no bytes behind.
    assert list(blobs.keys("c1/")) == [reports.of("c1")[0].files[0].key]


def test_the_bytes_of_a_report_that_stands_survive_a_second_signing_of_the_same(documents, blobs):
    reports = SignedReports(documents, blobs)
    kept = reports.add(report(), {"pdf": b"%PDF"})
    with pytest.raises(ConflictError):
        reports.add(report(), {"pdf": b"%PDF"})
    assert reports.content(kept, "pdf") == b"%PDF"


def test_bytes_that_are_not_those_that_were_signed_are_refused(documents, blobs):
    reports = SignedReports(documents, blobs)
    kept = reports.add(report(), {"pdf": b"%PDF"})
    blobs.delete(kept.files[0].key)
    blobs.put_bytes(kept.files[0].key, b"%PDF other")
    with pytest.raises(StoreError) as damaged:
        reports.content(kept, "pdf")
    assert damaged.value.code == "report.damaged"


def test_what_is_about_the_same(documents, blobs):
    plain = report()
    assert plain.is_about_the_same(report(2, sections=("goals",)))
    assert report(session_id="s1").is_about_the_same(report(session_id="s1", first="2020-01-01"))
    for other in (report(kind="goals"), report(last="2026-03-16"), report(session_id="s1"), report(child="c2")):
        assert not plain.is_about_the_same(other)


def note(session="s1", **more):
    return SessionNote("c1", session, **{"subjective": "s", "plan": "p", "by": "a1"} | more)


def test_each_saving_of_a_note_is_a_version(documents):
    notes = SessionNotes(documents)
    assert notes.latest("s1") is None
    first = notes.keep(note(), seen=0)
    second = notes.keep(note(plan="q"), seen=1)
    assert notes.history("s1") == [first, second] and notes.latest("s1") == second
    assert (first.version, second.version, second.plan) == (1, 2, "q")
    assert notes.history("s2") == []


def test_a_note_that_somebody_else_has_written_is_not_overwritten(documents):
    notes = SessionNotes(documents)
    notes.keep(note(), seen=0)
    for seen in (0, 2):
        with pytest.raises(ConflictError) as stale:
            notes.keep(note(plan="late"), seen=seen)
        assert stale.value.code == "note.stale"
    assert len(notes.history("s1")) == 1
