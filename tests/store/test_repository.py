"""Children, uploads and sessions as the rest of SDC asks for them."""

import hashlib
from dataclasses import replace

import pytest

from sdc.errors import ConflictError, InputError, NotFoundError, StoreError
from sdc.session import (
    Age,
    Analysis,
    Claim,
    Evidence,
    Insight,
    Measure,
    Media,
    Notice,
    Participant,
    Provenance,
    Scope,
    ScopeKind,
    Session,
    SpeakerAnalysis,
    TimeSpan,
    Token,
    TokenKind,
    Utterance,
)
from sdc.store.records import SessionEntry, StoredRecording, StoredSession, content_id
from sdc.store.repository import Repository
from sdc.store.schema import SCHEMA_VERSION


def a_session(child_id: str, identity: str = "s1", date: str | None = "2026-03-02") -> StoredSession:
    mlu = Measure("mlu_words", 2.5, "words/utterance", 2, "mlu_words.v1", "utterances", 0.5, None, "too_few", (0, 1))
    latency = Measure("response_latency_median", None, "s", 0, "response_latency_median.v1", reason="no time codes")
    utterance = Utterance(
        0,
        "CHI",
        "<the ca> [//] the cat .",
        (
            Token("the", TokenKind.WORD, "the", span=TimeSpan(0, 200), probability=0.9),
            Token(".", TokenKind.TERMINATOR, "."),
        ),
        (Scope(ScopeKind.REVISION, 0, 0, raw="[//]"),),
        span=TimeSpan(0, 900),
    )
    session = Session(
        "visit.cha",
        date,
        ("eng",),
        (Participant("CHI", "Target_Child", "Mia", Age(2, 3, 5), "female"),),
        (utterance,),
        Media("visit", "audio", duration_s=12.5, sha256="0" * 64),
        warnings=(Notice("chat.unknown-tier", "An unknown tier.", 12),),
        provenance=(Provenance("read", "sdc.chat", "0.1", parameters={"x.y": "$1"}),),
    )
    entry = SessionEntry(
        identity,
        child_id,
        "visit.cha",
        "chat",
        date,
        recording=StoredRecording("0" * 64, "visit.wav", "audio", 12.5, f"{child_id}/{'0' * 64}"),
        measures={"mlu_words": replace(mlu, utterances=())},
        added_at="2026-03-03T10:00:00.000Z",
    )
    insight = Insight(
        "i1",
        "seen",
        (Claim("Two.", ("e1",)),),
        (Evidence("e1", identity, date, (0,), "mlu_words", 2.5, 2),),
        "mlu_words",
    )
    speakers = {"CHI": SpeakerAnalysis("CHI", "Target_Child", {m.id: m for m in (mlu, latency)})}
    return StoredSession(entry, session, Analysis("visit.cha", speakers), (insight,))


def test_children(repository):
    mia = repository.add_child("  Mia   Müller ", birth_date="2023-01-31", sex="female")
    assert mia.name == "Mia Müller"
    ben = repository.add_child("Ben")
    assert repository.children() == [ben, mia]
    assert repository.child(mia.id) == mia
    assert repository.find_child(mia.id) == mia
    assert repository.find_child("mia mu\u0308ller") == mia  # decomposed, in lower case
    assert repository.find_child("nobody") is None
    with pytest.raises(NotFoundError):
        repository.child("nobody")


def test_a_childs_name_is_its_own(repository):
    repository.add_child("Mia")
    with pytest.raises(ConflictError) as caught:
        repository.add_child(" MIA ")
    assert caught.value.code == "child.exists"
    with pytest.raises(InputError):
        repository.add_child("   ")
    assert len(repository.children()) == 1


def test_a_session_comes_back_whole(repository):
    child = repository.add_child("Mia")
    stored = a_session(child.id)
    repository.save_session(stored)
    assert repository.session("s1") == stored
    assert repository.entry("s1") == stored.entry
    assert repository.session_entries(child.id) == [stored.entry]
    assert repository.recording("s1") == stored.entry.recording


def test_saving_again_replaces(repository):
    child = repository.add_child("Mia")
    repository.save_session(a_session(child.id))
    later = a_session(child.id, date="2026-04-01")
    repository.save_session(later)
    assert repository.session_entries(child.id) == [replace(later.entry, version=2)]  # its transcript is another
    assert repository.session("s1") == replace(later, entry=replace(later.entry, version=2))


def test_sessions_stand_in_the_order_of_their_dates(repository):
    child = repository.add_child("Mia")
    for identity, date in (("s1", None), ("s2", "2026-03-09"), ("s3", "2026-03-02")):
        repository.save_session(a_session(child.id, identity, date))
    repository.save_session(a_session(repository.add_child("Ben").id, "s9"))
    assert [entry.id for entry in repository.session_entries(child.id)] == ["s3", "s2", "s1"]


def test_what_is_not_there_is_told(repository):
    child = repository.add_child("Mia")
    repository.save_session(a_session(child.id))
    repository.save_session(replace(a_session(child.id, "s2"), entry=SessionEntry("s2", child.id, "x", "chat")))
    calls = {
        "session.not-found": lambda: repository.session("none"),
        "session.no-recording": lambda: repository.recording("s2"),
        "session.no-tracks": lambda: repository.tracks("s2"),
        "upload.not-found": lambda: repository.upload("none"),
        "child.not-found": lambda: repository.session_entries("none"),
    }
    for code, call in calls.items():
        with pytest.raises(NotFoundError) as caught:
            call()
        assert caught.value.code == code


def test_a_file_becomes_an_upload(repository, tmp_path):
    child = repository.add_child("Mia")
    path = tmp_path / "Visit 1.CHA"
    path.write_bytes(b"@UTF8\n@Begin\n")
    upload = repository.upload_file(child.id, path)
    assert (upload.child_id, upload.filename, upload.kind, upload.size) == (child.id, "Visit 1.CHA", "transcript", 13)
    assert upload.sha256 == hashlib.sha256(b"@UTF8\n@Begin\n").hexdigest()
    assert upload.key == f"{child.id}/{upload.sha256}"
    assert repository.upload(upload.id) == upload
    assert repository.blobs.get(upload.key) == b"@UTF8\n@Begin\n"
    assert repository.upload_file(child.id, path, "film.mp4").kind == "media"
    with pytest.raises(NotFoundError):
        repository.upload_file("nobody", path)


def test_the_same_file_twice_is_one_blob_of_the_child_and_one_of_another(repository, tmp_path):
    mia, ben = repository.add_child("Mia"), repository.add_child("Ben")
    path = tmp_path / "visit.cha"
    path.write_bytes(b"@UTF8\n")
    first, second = repository.upload_file(mia.id, path), repository.upload_file(mia.id, path, "copy.cha")
    assert first.id != second.id
    assert first.key == second.key
    other = repository.upload_file(ben.id, path)
    assert sorted(repository.blobs.keys()) == sorted([first.key, other.key])


def test_an_upload_of_another_child_is_not_there(repository, tmp_path):
    mia, ben = repository.add_child("Mia"), repository.add_child("Ben")
    path = tmp_path / "visit.cha"
    path.write_bytes(b"@UTF8\n")
    upload = repository.upload_file(mia.id, path)
    assert repository.upload_of(mia.id, upload.id) == upload
    with pytest.raises(NotFoundError):
        repository.upload_of(ben.id, upload.id)


@pytest.mark.parametrize("name", ["x.exe", "cha", "x.cha.txt", ".cha", "x.svg"])
def test_other_kinds_are_refused(repository, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        repository.upload_file(repository.add_child("Mia").id, path)
    assert caught.value.code == "upload.kind"


def test_ids_depend_on_child_and_contents_not_on_order():
    assert content_id("s", "c1", ["a", "b"]) == content_id("s", "c1", ["b", "a"])
    assert (
        len({content_id(*x) for x in (("s", "c1", ["a"]), ("s", "c2", ["a"]), ("s", "c1", ["b"]), ("j", "c1", ["a"]))})
        == 4
    )


def test_a_store_of_a_later_version_is_left_alone(documents, blobs):
    Repository(documents, blobs)
    Repository(documents, blobs)
    documents.replace_one("meta", {"_id": "schema"}, {"_id": "schema", "version": SCHEMA_VERSION + 1})
    with pytest.raises(StoreError) as caught:
        Repository(documents, blobs)
    assert caught.value.code == "store.version"


def test_a_damaged_document_is_told(documents, repository):
    child = repository.add_child("Mia")
    repository.save_session(a_session(child.id))
    whose = {"_id": "s1", "child_id": child.id}
    documents.find_one_and_update("transcripts", whose, {"$set": {"utterances": "gone"}})
    with pytest.raises(StoreError) as caught:
        repository.session("s1")
    assert caught.value.code == "store.damaged"
