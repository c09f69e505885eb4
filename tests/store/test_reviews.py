"""Marks of looking at a transcript, over every back end."""

import threading
from dataclasses import replace

import pytest

from document_stores import ATOMIC
from sdc.session import Analysis, Session, TimeSpan, Utterance
from sdc.store.records import SessionEntry, StoredSession, TranscriptReview
from sdc.store.repository import Repository
from sdc.store.reviews import LookedAt, line_keys
from sdc.store.versions import StaleVersionError


@pytest.fixture
def entry(repository: Repository) -> SessionEntry:
    child = repository.add_child("Mia")
    entry = SessionEntry("s1", child.id, "visit.wav", "whisper", recognised=True)
    repository.save_session(StoredSession(entry, Session("visit.wav"), Analysis("visit.wav")))
    return entry


def look(line: str, by: str = "a1") -> LookedAt:
    return LookedAt(line, ("word",), by, "2026-03-02T10:00:00Z", 1)


def test_marks_are_kept_replaced_and_taken_away(repository, entry):
    assert repository.reviews.looks(entry) == {}
    repository.reviews.look(entry, look("x"))
    repository.reviews.look(entry, look("y"))
    repository.reviews.look(entry, look("x", "a2"))
    assert repository.reviews.looks(entry) == {"x": look("x", "a2"), "y": look("y")}
    repository.reviews.unlook(entry, "x")
    assert repository.reviews.looks(entry) == {"y": look("y")}
    assert repository.reviews.looks(replace(entry, child_id="c2")) == {}


@pytest.mark.parametrize("documents", ATOMIC, indirect=True)
def test_marks_of_two_people_at_once_all_stay(repository, entry):
    def mark(who: str) -> None:
        for number in range(10):
            repository.reviews.look(entry, look(f"{who}{number}"))

    people = [threading.Thread(target=mark, args=(who,)) for who in "ab"]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(repository.reviews.looks(entry)) == 20


def test_a_review_holds_for_the_version_that_was_seen(repository, entry):
    assert repository.entry("s1").transcript_state == "raw"
    review = TranscriptReview("a1", "2026-03-02T10:00:00Z", 1, 1)
    repository.reviews.mark_transcript(entry, review)
    kept = repository.entry("s1")
    assert (kept.review, kept.transcript_state) == (review, "reviewed")
    assert replace(kept, version=2).transcript_state == "raw"
    with pytest.raises(StaleVersionError):
        repository.reviews.mark_transcript(replace(entry, version=2), review)
    repository.reviews.mark_transcript(entry, None)
    assert repository.entry("s1").transcript_state == "raw"


def test_states_of_a_store_that_did_not_keep_who_wrote_the_words():
    chat = SessionEntry("s1", "c1", "x.cha", "chat")
    assert chat.transcript_state == "handed_in"
    assert replace(chat, origin="whisper").transcript_state == "raw"
    assert replace(chat, origin="json").transcript_state == "raw"
    assert replace(chat, origin="json", recognised=False).transcript_state == "handed_in"


def test_a_line_is_known_by_its_words_and_its_place():
    line = Utterance(0, "CHI", "a dog .", span=TimeSpan(0, 500))
    assert line_keys([line]) == line_keys([replace(line, index=4, speaker="ADU")])
    others = [replace(line, raw="a cat ."), replace(line, span=TimeSpan(0, 501)), replace(line, span=None, line=7)]
    keys = {line_keys([other])[0] for other in (line, *others, replace(line, span=None))}
    assert len(keys) == 5
