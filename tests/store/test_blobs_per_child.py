"""A store of version 1 gives its blobs to the children that use them."""

import hashlib
from pathlib import Path

import pytest

from sdc.store.blobs_per_child import give_blobs_to_children
from sdc.store.folder import FolderBlobs
from sdc.store.repository import Repository
from sdc.store.sqlite import SqliteDocuments

CONTENTS = {name: f"content of {name}".encode() for name in ("transcript", "recording", "tracks", "nobody's", "gone")}
SUMS = {name: hashlib.sha256(data).hexdigest() for name, data in CONTENTS.items()}


class Killed(BaseException):
    """The process ends here."""


class Mortal:
    """Passes calls on until it has written ``left`` times, then is killed."""

    def __init__(self, inner, left: list[int]) -> None:
        self._inner, self._left = inner, left

    def __getattr__(self, name):
        call = getattr(self._inner, name)
        if not name.startswith(("put", "delete", "replace", "insert", "find_one_and")):
            return call

        def counted(*args, **kwargs):
            if self._left[0] == 0:
                raise Killed
            self._left[0] -= 1
            return call(*args, **kwargs)

        return counted


def job(identity: str, child: str, *uploads: str) -> dict:
    order = {"child_id": child, "upload_ids": list(uploads), "given": {}}
    return {"_id": identity, "child_id": child, "state": "done", "created_ms": 1, "order": order}


def upload(identity: str, name: str) -> dict:
    return {
        "_id": identity,
        "filename": f"{name}.cha",
        "size": len(CONTENTS[name]),
        "sha256": SUMS[name],
        "kind": "transcript",
        "created_at": "2026-03-03T10:00:00.000Z",
    }


@pytest.fixture
def old(tmp_path: Path):
    """Two children with the same transcript; one has a recording; one upload that no job used."""
    folder = tmp_path / "blobs"
    for name, data in CONTENTS.items():
        if name != "gone":
            place = folder / SUMS[name][:2] / SUMS[name]
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    documents = SqliteDocuments(tmp_path / "sdc.sqlite3")
    documents.insert_one("meta", {"_id": "schema", "version": 1})
    for child in ("mia", "ben"):
        documents.insert_one("children", {"_id": child, "name": child, "name_key": child, "created_at": ""})
    for name, identity in (("transcript", "u1"), ("recording", "u2"), ("nobody's", "u3"), ("gone", "u4")):
        documents.insert_one("uploads", upload(identity, name))
    for entry in (job("j1", "mia", "u1", "u2"), job("j2", "ben", "u1"), job("j3", "ben", "u4")):
        documents.insert_one("jobs", entry)
    recording = {"sha256": SUMS["recording"], "filename": "visit.wav", "kind": "audio", "duration_s": 3.0}
    session = {"_id": "s1", "child_id": "mia", "source": "visit.cha", "origin": "chat", "added_at": "", "measures": {}}
    documents.insert_one("sessions", {**session, "recording": recording, "tracks": SUMS["tracks"]})
    documents.insert_one("sessions", {**session, "_id": "s2", "child_id": "ben", "recording": None, "tracks": None})
    yield documents, FolderBlobs(folder)
    documents.close()


def check(documents, blobs) -> None:
    keys = {"mia": ("transcript", "recording", "tracks"), "ben": ("transcript",)}
    assert {k: blobs.get(k) for k in blobs.keys()} == {  # noqa: SIM118
        f"{child}/{SUMS[name]}": CONTENTS[name] for child, names in keys.items() for name in names
    }
    repository = Repository(documents, blobs)
    for entry in documents.find("jobs", {}):
        for upload_id in entry["order"]["upload_ids"]:
            mine = repository.upload_of(entry["child_id"], upload_id)
            assert mine.key == f"{entry['child_id']}/{mine.sha256}"
    assert repository.recording("s1").key == f"mia/{SUMS['recording']}"
    assert repository.entry("s1").tracks == f"mia/{SUMS['tracks']}"
    assert repository.entry("s2").recording is None
    assert documents.find_one("uploads", {"_id": "u3"}) is None
    assert documents.count("uploads", {}) == 4


def test_each_child_gets_what_it_uses(old):
    documents, blobs = old
    give_blobs_to_children(documents, blobs)
    check(documents, blobs)


def test_the_repository_brings_an_old_store_forward(old):
    Repository(*old)
    check(*old)


@pytest.mark.parametrize("writes", range(15))
def test_a_kill_at_any_write_does_no_harm(old, writes):
    documents, blobs = old
    left = [writes]
    with pytest.raises(Killed):
        give_blobs_to_children(Mortal(documents, left), Mortal(blobs, left))
    give_blobs_to_children(documents, blobs)
    check(documents, blobs)
    give_blobs_to_children(documents, blobs)
    check(documents, blobs)
