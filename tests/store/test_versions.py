"""Versions of transcripts over every back end: accepted once, only ever forward."""

import threading
from dataclasses import replace

import pytest

from document_stores import ATOMIC
from sdc.errors import NotFoundError
from sdc.session import Analysis, Session, Utterance
from sdc.store.records import SessionEntry, StoredSession
from sdc.store.repository import Repository
from sdc.store.versions import Edit, StaleVersionError

LINE = Edit("line", "cli", utterance=0)


@pytest.fixture
def stored(repository: Repository) -> StoredSession:
    child = repository.add_child("Mia")
    session = Session("visit.cha", utterances=(Utterance(0, "CHI", "a dog ."), Utterance(1, "CHI", "a cat .")))
    stored = StoredSession(SessionEntry("s1", child.id, "visit.cha", "chat"), session, Analysis("visit.cha"))
    repository.save_session(stored)
    return stored


def said(stored: StoredSession, raw: str) -> StoredSession:
    first, *others = stored.session.utterances
    session = replace(stored.session, utterances=(replace(first, raw=raw), *others))
    return replace(stored, session=session, analysis=Analysis(raw))


def edit(repository: Repository, raw: str) -> StoredSession:
    now = repository.session("s1")
    return repository.edit_transcript("s1", now.entry.version, said(now, raw), LINE)


def test_versions_count_up_and_all_stay(repository, stored):
    assert repository.versions.latest("s1") is None
    edit(repository, "a cow .")
    third = edit(repository, "a hen .")
    assert repository.session("s1") == third
    assert (third.entry.version, repository.versions.latest("s1")) == (3, 3)
    texts = [repository.versions.at("s1", n).utterances[0].raw for n in (1, 2, 3)]
    assert texts == ["a dog .", "a cow .", "a hen ."]
    assert repository.versions.at("s1", 1) == stored.session
    assert [v.version for v in repository.versions.of_session("s1")] == [1, 2, 3]
    with pytest.raises(NotFoundError):
        repository.versions.at("s1", 4)


def test_a_version_keeps_what_changed_only(repository, documents, stored):
    edit(repository, "a cow .")
    (document,) = documents.find("transcript_versions", {"session_id": "s1", "version": 2})
    assert [line["at"] for line in document["change"]["utterances"]] == [0]
    assert document["change"]["fields"] == {}


def test_parts_never_go_back(repository, stored):
    second = edit(repository, "a cow .")
    third = edit(repository, "a hen .")
    repository.bring_up(second)  # a slow writer, or one who finishes what another began
    assert repository.session("s1") == third
    with pytest.raises(StaleVersionError) as caught:
        repository.save_session(said(second, "a pig ."))
    assert (caught.value.current, repository.session("s1")) == (3, third)


def test_what_is_accepted_and_not_brought_up_is_found(repository, stored, monkeypatch):
    monkeypatch.setattr(repository, "bring_up", lambda stored: None)
    second = edit(repository, "a cow .")
    monkeypatch.undo()
    assert repository.versions.unfinished() == repository.versions.unfinished("s1") == ["s1"]
    assert repository.versions.unfinished("s2") == []
    assert repository.session("s1") == stored
    repository.bring_up(second)
    assert repository.versions.unfinished() == []
    assert repository.session("s1") == second


def test_processing_again_makes_a_version_where_it_says_something_else(repository, stored):
    repository.save_session(replace(stored, analysis=Analysis("measured anew")))
    assert repository.entry("s1").version == 1
    repository.save_session(said(stored, "a pig ."))
    assert repository.entry("s1").version == 2
    assert [v.what for v in repository.versions.of_session("s1")] == ["original", "processed"]


def test_a_session_of_an_older_store_is_at_version_1(repository, documents, stored):
    for collection in ("sessions", "transcripts", "analyses", "insights"):
        documents.find_one_and_update(collection, {"_id": "s1"}, {"$unset": {"version": ""}})
    assert repository.session("s1") == stored
    assert edit(repository, "a cow .").entry.version == 2
    assert repository.session("s1").session.utterances[0].raw == "a cow ."


@pytest.mark.parametrize("documents", ATOMIC, indirect=True)
def test_one_of_many_writers_wins(repository, stored):
    outcomes: list[object] = []
    barrier = threading.Barrier(6)

    def write(number: int) -> None:
        barrier.wait(30)
        try:
            outcomes.append(repository.edit_transcript("s1", 1, said(stored, f"{number} ."), LINE))
        except StaleVersionError as error:
            outcomes.append(error.current)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    (winner,) = [outcome for outcome in outcomes if isinstance(outcome, StoredSession)]
    assert outcomes.count(2) == 5
    assert repository.session("s1") == winner
