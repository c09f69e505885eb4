"""Opening a store with and without its key, and sealing a plain one with kills in between."""

import hashlib

import pytest

from sdc.app import build_app, open_back_ends
from sdc.errors import StoreError
from sdc.session import Analysis, Session
from sdc.settings import Settings
from sdc.store.keyring import rotate
from sdc.store.records import SessionEntry, StoredSession
from sdc.store.sealing import seal_store

pytestmark = pytest.mark.plain

KEY, OTHER = bytes(range(32)), bytes(32)
WORDS = "zebrafinch"
DATA = WORDS.encode() * 9000
SUM = hashlib.sha256(DATA).hexdigest()


def settings(tmp_path, key=None):
    return Settings(home=tmp_path / "home", master_key=key.hex() if key else "")


def fill(app):
    """Two children with a session each, a recording and a text that only looks sealed."""
    for name in ("Mathilda", "Bo"):
        child = app.repository.add_child(name)
        app.blobs.put_bytes(f"{child.id}/{SUM}", DATA)
        app.blobs.put_bytes(f"{child.id}/{hashlib.sha256(b'').hexdigest()}", b"")
        entry = SessionEntry(f"s{len(name)}", child.id, f"{WORDS}.cha", "chat", "2026-03-02", context="sdc1:AAAA")
        app.repository.save_session(StoredSession(entry, Session(f"{WORDS}.cha"), Analysis("x.cha")))


def contents(app):
    """All that people see of the store."""
    children = app.repository.children()
    sessions = [app.repository.session(e.id) for c in children for e in app.repository.session_entries(c.id)]
    blobs = {key: app.blobs.get(key) for key in app.blobs.keys("")}
    return children, sessions, blobs


def every_byte(tmp_path):
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    return b"".join(str(path).encode() + path.read_bytes() for path in files)


@pytest.fixture
def plain(tmp_path):
    """What a plain store holds."""
    with build_app(settings(tmp_path)) as app:
        fill(app)
        return contents(app)


def code_of(tmp_path, key):
    with pytest.raises(StoreError) as caught:
        build_app(settings(tmp_path, key))
    return caught.value.code


def seal(tmp_path, key=KEY, on_step=None):
    ends = open_back_ends(settings(tmp_path))
    try:
        return seal_store(ends.documents, ends.blobs, key, ends.work, on_step)
    finally:
        ends.close()


@pytest.mark.embedded  # looks for words in its file
def test_a_new_store_with_a_key_is_sealed_and_opens_with_it_only(tmp_path):
    with build_app(settings(tmp_path, KEY)) as app:
        fill(app)
        before = contents(app)
    everything = every_byte(tmp_path)
    for word in (WORDS, "Mathilda", "mathilda", "2026-03-02", SUM):
        assert word.encode() not in everything
    assert code_of(tmp_path, None) == "keys.needed"
    assert code_of(tmp_path, OTHER) == "keys.wrong"
    with build_app(settings(tmp_path, KEY)) as app:
        assert contents(app) == before
        assert app.repository.find_child(" MATHILDA ") is not None


def test_a_plain_store_is_not_mixed(tmp_path, plain):
    assert code_of(tmp_path, KEY) == "keys.plain"
    with build_app(settings(tmp_path)) as app:
        assert contents(app) == plain


def test_an_empty_plain_store_becomes_sealed_at_once(tmp_path):
    build_app(settings(tmp_path)).close()
    build_app(settings(tmp_path, KEY)).close()
    assert code_of(tmp_path, None) == "keys.needed"


@pytest.mark.embedded
def test_sealing_keeps_everything_and_leaves_nothing_plain(tmp_path, plain):
    assert WORDS.encode() in every_byte(tmp_path)  # what is looked for is found while it is there
    steps = []
    counts = seal(tmp_path, on_step=lambda what, number: steps.append((what, number)))
    assert {k: n for k, n in counts.items() if n} == {
        "children": 2,
        "sessions": 2,
        "transcripts": 2,
        "analyses": 2,
        "insights": 2,
        "windows": 2,
        "blobs": 4,
    }
    assert ("blobs", 4) in steps
    everything = every_byte(tmp_path)
    for word in (WORDS, "Mathilda", "mathilda", SUM):
        assert word.encode() not in everything
    assert list((tmp_path / "home" / "tmp").iterdir()) == []
    with build_app(settings(tmp_path, KEY)) as app:
        assert contents(app) == plain
    assert not any(seal(tmp_path).values())  # nothing is sealed twice
    with build_app(settings(tmp_path, KEY)) as app:
        assert contents(app) == plain


class Killed(BaseException):
    pass


@pytest.mark.parametrize("steps", [1, 3, 6, 10, 12, 13])
def test_a_sealing_that_was_killed_goes_on(tmp_path, plain, steps):
    def die(what, number):
        nonlocal steps
        steps -= 1
        if steps == 0:
            raise Killed

    with pytest.raises(Killed):
        seal(tmp_path, on_step=die)
    assert code_of(tmp_path, KEY) == "keys.half-sealed"
    assert code_of(tmp_path, None) == "keys.needed"
    seal(tmp_path)
    with build_app(settings(tmp_path, KEY)) as app:
        assert contents(app) == plain
    assert WORDS.encode() not in every_byte(tmp_path)


def test_a_blob_that_was_sealed_but_not_deleted_before_a_kill(tmp_path, plain, monkeypatch):
    ends = open_back_ends(settings(tmp_path))

    def die(key):
        raise Killed

    monkeypatch.setattr(ends.blobs, "delete", die)
    with pytest.raises(Killed):
        seal_store(ends.documents, ends.blobs, KEY, ends.work)
    ends.close()
    seal(tmp_path)
    assert WORDS.encode() not in every_byte(tmp_path)
    with build_app(settings(tmp_path, KEY)) as app:
        assert contents(app) == plain


def test_sealing_goes_on_with_the_same_key_only(tmp_path, plain):
    seal(tmp_path)
    with pytest.raises(StoreError) as caught:
        seal(tmp_path, OTHER)
    assert caught.value.code == "keys.wrong"


def test_what_a_plain_process_wrote_meanwhile_is_sealed_by_a_second_call(tmp_path, plain):
    seal(tmp_path)
    ends = open_back_ends(settings(tmp_path))
    ends.documents.find_one_and_update("sessions", {"_id": "s2"}, {"$set": {"context": WORDS}})
    ends.close()
    with build_app(settings(tmp_path, KEY)) as app, pytest.raises(StoreError) as caught:
        app.repository.entry("s2")
    assert caught.value.code == "store.not-sealed"
    assert seal(tmp_path)["sessions"] == 1
    with build_app(settings(tmp_path, KEY)) as app:
        assert app.repository.entry("s2").context == WORDS
        assert app.repository.find_child("Bo") is not None


def test_after_a_rotation_the_new_key_opens_all(tmp_path):
    with build_app(settings(tmp_path, KEY)) as app:
        fill(app)
        app.audit.record(actor="cli", action="child.add")
        before = contents(app)
    ends = open_back_ends(settings(tmp_path))
    rotate(ends.documents, KEY, OTHER)
    ends.close()
    assert code_of(tmp_path, KEY) == "keys.wrong"
    with build_app(settings(tmp_path, OTHER)) as app:
        assert contents(app) == before
        assert app.repository.find_child("Bo") is not None
        report = app.audit.verify()
        assert (report.is_whole, report.n_keyed) == (True, 1)


def test_files_are_the_owners_alone(tmp_path):
    with build_app(settings(tmp_path, KEY)) as app:
        fill(app)
        home = tmp_path / "home"
        assert [path for path in home.rglob("*") if path.is_file() and path.stat().st_mode & 0o077] == []
        folders = [home, *(path for path in home.iterdir() if path.is_dir())]
        assert {"tmp", "spool"} < {path.name for path in folders}
        assert [path for path in folders if path.stat().st_mode & 0o077] == []
