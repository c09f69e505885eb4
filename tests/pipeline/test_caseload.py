"""The list of children from summaries: always what the sessions say, whatever happened to them."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace

import pytest

from fakes.mongo_wire import fake_mongo
from sdc.app import App, build_app
from sdc.errors import NotFoundError, StoreError
from sdc.pipeline import caseload
from sdc.pipeline.archive.exporting import export_archive
from sdc.pipeline.archive.restoring import restore_archive
from sdc.pipeline.caseload import RECENT, Wanted, summed_up
from sdc.pipeline.erasing import erase_child
from sdc.session import Analysis, Measure, Session
from sdc.settings import Settings
from sdc.store.records import Child, SessionEntry, StoredSession
from sdc.store.summaries import CHILD_SUMMARIES, KeptSummary
from sdc.store.versions import Edit


@pytest.fixture(params=["sqlite", "sealed", "wire"])
def app(request, tmp_path) -> Iterator[App]:
    with fake_mongo() if request.param == "wire" else nullcontext() as server:
        url = f"{server.url}/clinic" if server else os.environ.get("SDC_DOCUMENTS", "")
        key = "ab" * 32 if request.param == "sealed" else ""
        with build_app(Settings(home=tmp_path / "home", documents=url, master_key=key)) as app:
            yield app


@pytest.fixture
def mia(app) -> Child:
    return app.repository.add_child("Mia")


def mlu(value: float | None, reason: str | None = None) -> Measure:
    return Measure("mlu_words", value, "words/utterance", 60, "mlu_words.v1", reason=reason, reliability="ok")


def visit(child: Child, name: str, date: str | None, value: float | None = 2.0, **more) -> StoredSession:
    entry = SessionEntry(name, child.id, f"{name}.cha", "chat", date, target="CHI", **more)
    entry = replace(entry, measures={"mlu_words": mlu(value, None if value else "too few")})
    return StoredSession(entry, Session(entry.source, date), Analysis(entry.source))


def only(app):
    (listed,) = app.caseload().items
    return listed.summary


def n_made(monkeypatch) -> list[int]:
    """Return a list that grows with each summary that is made, by the number of its sessions."""
    made, before = [], caseload.summed_up
    monkeypatch.setattr(caseload, "summed_up", lambda entries: made.append(len(entries)) or before(entries))
    return made


def test_a_child_without_sessions_and_with_some(app, mia):
    assert (only(app).n_sessions, only(app).recent, only(app).reason) == (0, (), None)
    app.repository.save_session(visit(mia, "s2", "2026-03-09", 2.5, age_months=30.0))
    app.repository.save_session(visit(mia, "s1", "2026-03-02", 2.0, age_months=29.8))
    app.repository.save_session(visit(mia, "s3", "2026-03-16", None))
    found = only(app)
    assert (found.n_sessions, found.last_date, found.age_months) == (3, "2026-03-16", 30.0)
    assert found.recent == (2.0, 2.5, None)
    assert (found.value, found.n, found.reliability, found.reason) == (2.5, 60, "ok", "too few")


def test_sessions_are_read_once_and_again_when_one_changes(app, mia, monkeypatch):
    made = n_made(monkeypatch)
    first = visit(mia, "s1", "2026-03-02", 2.0)
    app.repository.save_session(first)
    assert [only(app).value for _ in range(3)] == [2.0] * 3
    assert made == [1]
    changed = replace(
        first,
        session=replace(first.session, context="play"),
        entry=replace(first.entry, measures={"mlu_words": mlu(3.0)}),
    )
    app.repository.edit_transcript("s1", 1, changed, Edit("line", "cli"))
    assert [only(app).value for _ in range(2)] == [3.0] * 2
    app.repository.save_session(visit(mia, "s2", "2026-03-09", 4.0))
    assert only(app).value == 4.0
    assert made == [1, 1, 2]


def test_a_session_that_comes_while_the_summary_is_made_is_not_lost(app, mia, monkeypatch):
    app.repository.save_session(visit(mia, "s1", "2026-03-02", 2.0))
    made = caseload.summed_up

    def slow(entries):
        monkeypatch.setattr(caseload, "summed_up", made)
        app.repository.save_session(visit(mia, "s2", "2026-03-09", 4.0))
        return made(entries)

    monkeypatch.setattr(caseload, "summed_up", slow)
    assert only(app).value == 2.0  # read a moment before
    assert only(app).value == 4.0


def test_a_summary_of_another_kind_is_made_anew(app, mia, monkeypatch):
    app.repository.save_session(visit(mia, "s1", "2026-03-02", 2.0))
    monkeypatch.setattr(caseload, "KIND", "mlu_words.30.0")
    assert only(app).kind == "mlu_words.30.0"
    monkeypatch.undo()
    assert only(app).kind == caseload.KIND


def test_a_store_that_cannot_be_written_to_still_lists(app, mia, monkeypatch):
    app.repository.save_session(visit(mia, "s1", "2026-03-02", 2.0))

    def full(*_, **__):
        raise StoreError("The disk is full.", code="store.full")

    for name in ("replace_one", "find_one_and_update"):
        monkeypatch.setattr(app.documents, name, full)
    assert only(app).value == 2.0


def test_a_child_that_is_erased_meanwhile_is_left_out(app, mia, monkeypatch):
    app.repository.save_session(visit(mia, "s1", "2026-03-02"))
    app.repository.add_child("Tom")
    assert app.caseload().total == 2
    app.repository.save_session(visit(mia, "s2", "2026-03-09"))
    before = app.repository.children

    def erased(within):
        found = before(within)
        erase_child(mia, app.erasure, app.audit, actor="cli", typed=None)
        return found

    monkeypatch.setattr(app.repository, "children", erased)
    assert [item.child.name for item in app.caseload().items] == ["Tom"]
    monkeypatch.undo()
    assert [d["_id"] for d in app.documents.find(CHILD_SUMMARIES, {})] == [
        item.child.id for item in app.caseload().items
    ]
    with pytest.raises(NotFoundError):
        app.listed_child(mia.id)


def test_what_an_archive_brings_is_counted(app, mia, tmp_path):
    for number in (1, 2):
        app.repository.save_session(visit(mia, f"s{number}", f"2026-03-0{number}", number))
    export_archive(app.documents, app.blobs, tmp_path / "all.zip", [mia], whole=False)
    app.documents.delete_one("sessions", {"_id": "s2"})
    app.repository.summaries.changed(mia.id)
    assert only(app).n_sessions == 1
    restore_archive(app.documents, app.blobs, tmp_path / "all.zip", tmp_path)
    assert only(app).n_sessions == 2


def test_pages_searches_and_reach(app):
    ids = {name: app.repository.add_child(name).id for name in ("Zoë", "ada", "Ben", "أمينة", "Bea")}

    def asked(**wanted):
        page = app.caseload(Wanted(**wanted))
        return [item.child.name for item in page.items], page.total, page.has_more

    assert asked() == (["ada", "Bea", "Ben", "Zoë", "أمينة"], 5, False)
    assert asked(after=ids["Bea"], limit=2) == (["Ben", "Zoë"], 5, True)
    assert asked(search="zoe") == asked(search=" ZOË ") == (["Zoë"], 1, False)
    assert asked(within=[ids["Ben"], ids["Zoë"]], limit=1) == (["Ben"], 2, True)
    assert asked(within=[]) == ([], 0, False)
    with pytest.raises(NotFoundError):
        asked(within=[ids["Ben"]], after=ids["Zoë"])  # out of reach: as if it were not there


def test_only_the_last_sessions_are_drawn():
    child = Child("c1", "Mia")
    entries = [visit(child, f"s{n:02}", f"2026-01-{n + 1:02}", n or None).entry for n in range(31)]
    found = summed_up(entries)
    assert (found.n_sessions, len(found.recent), found.recent[-1]) == (31, RECENT, 30)


def test_a_stamp_alone_is_no_summary(app, mia):
    stamp = app.repository.summaries.changed(mia.id)
    assert app.repository.summaries.of([mia.id]) == {mia.id: KeptSummary(stamp, None)}
