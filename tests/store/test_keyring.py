"""The master key, the children's keys, and their rotation with kills in between."""

import base64

import pytest

from sdc.errors import NotFoundError, SettingsError, StoreError
from sdc.store import keyring as module
from sdc.store.keyring import KEYS, Keyring, count_by_master, rotate, unwrap, wrap
from sdc.store.master_key import key_id, new_master_key, parse_master_key, read_master_key
from sdc.store.sqlite import SqliteDocuments

OLD, NEW, OTHER = bytes(range(32)), bytes(range(1, 33)), bytes(32)


@pytest.fixture
def raw(tmp_path):
    store = SqliteDocuments(tmp_path / "raw.sqlite3")
    yield store
    store.close()


def works(keys, other):
    """Whether two sets of derived keys are the same: one opens what the other sealed."""
    return other.fields.decrypt(bytes(12), keys.fields.encrypt(bytes(12), b"x", b""), b"") == b"x"


@pytest.mark.parametrize("text", [base64.b64encode(OLD).decode(), OLD.hex(), OLD.hex().upper(), f" {OLD.hex()}\n"])
def test_a_key_is_read_from_base64_and_hex(text):
    assert parse_master_key(text, source="here") == OLD


@pytest.mark.parametrize("text", ["secret-word", "", base64.b64encode(OLD[:31]).decode(), OLD.hex()[:-2], "ä" * 44])
def test_what_is_no_key_is_refused_without_being_shown(text):
    with pytest.raises(SettingsError) as caught:
        parse_master_key(text, source="SDC_MASTER_KEY")
    assert caught.value.code == "settings.master-key"
    assert not text or text not in str(caught.value)


def test_a_new_key_is_a_key_and_never_the_same():
    first, second = (parse_master_key(new_master_key(), source="") for _ in range(2))
    assert len(first) == 32
    assert first != second


def test_the_key_comes_from_one_place(tmp_path):
    file = tmp_path / "key"
    file.write_text(OLD.hex() + "\n")
    assert read_master_key("", "") is None
    assert read_master_key(NEW.hex(), "") == NEW
    assert read_master_key("", str(file)) == OLD
    with pytest.raises(SettingsError, match="both"):
        read_master_key(NEW.hex(), str(file))
    with pytest.raises(SettingsError) as caught:
        read_master_key("", str(tmp_path / "none"))
    assert "none" in str(caught.value)


def test_a_wrapped_key_is_bound_to_its_owner_and_master():
    wrapped = wrap(OLD, "c1", NEW)
    assert unwrap(OLD, "c1", wrapped) == NEW
    flipped = wrapped[:-6] + ("A" if wrapped[-6] != "A" else "B") + wrapped[-5:]
    for master, owner, text in [(OLD, "c2", wrapped), (NEW, "c1", wrapped), (OLD, "c1", flipped), (OLD, "c1", "?")]:
        with pytest.raises(StoreError) as caught:
            unwrap(master, owner, text)
        assert caught.value.code == "store.damaged"


def test_keys_last_and_differ_between_children(raw):
    keyring = Keyring.create(raw, OLD)
    assert keyring.make("c1")
    assert not keyring.make("c1")
    assert keyring.make("c2")
    again = Keyring(raw, OLD)
    assert works(keyring.keys_of("c1"), again.keys_of("c1"))
    assert keyring.keys_of("c1").address != keyring.keys_of("c2").address
    assert keyring.blind("name_key", "ann") == again.blind("name_key", "ann") != keyring.blind("name_key", "bob")
    assert keyring.secret("audit") == again.secret("audit") != keyring.secret("other")


def test_nothing_of_a_key_is_in_the_store_or_in_a_repr(raw, tmp_path):
    keyring = Keyring.create(raw, OLD)
    keyring.make("c1")
    address = keyring.keys_of("c1").address
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (OLD, OLD.hex().encode(), base64.b64encode(OLD), address):
        assert secret not in files
    assert repr(address) not in repr(keyring.keys_of("c1"))


def test_a_wrong_key_and_a_plain_store_are_refused(raw):
    with pytest.raises(StoreError) as caught:
        Keyring(raw, OLD)
    assert caught.value.code == "keys.none"
    Keyring.create(raw, OLD)
    for make in (Keyring, Keyring.create):
        with pytest.raises(StoreError) as caught:
            make(raw, OTHER)
        assert caught.value.code == "keys.wrong"


def test_a_destroyed_key_is_gone_at_once_and_for_others_soon(raw, monkeypatch):
    here, there = Keyring.create(raw, OLD), Keyring(raw, OLD)
    here.make("c1")
    there.keys_of("c1")
    assert here.destroy("c1")
    assert not here.destroy("c1")
    with pytest.raises(NotFoundError) as caught:
        here.keys_of("c1")
    assert caught.value.code == "keys.destroyed"
    monkeypatch.setattr(module, "REMEMBERED_S", 0.0)
    with pytest.raises(NotFoundError):
        there.keys_of("c1")


def test_two_children_cannot_exchange_keys(raw):
    keyring = Keyring.create(raw, OLD)
    for child in ("c1", "c2"):
        keyring.make(child)
    stolen = raw.find_one(KEYS, {"_id": "c1"})["wrapped"]
    raw.find_one_and_update(KEYS, {"_id": "c2"}, {"$set": {"wrapped": stolen}})
    with pytest.raises(StoreError) as caught:
        keyring.keys_of("c2")
    assert caught.value.code == "store.damaged"


def test_rotation_keeps_the_children_keys(raw):
    before = Keyring.create(raw, OLD)
    for number in range(150):
        before.make(f"c{number}")
    keys, steps = before.keys_of("c7"), []
    assert rotate(raw, OLD, NEW, lambda done, total: steps.append((done, total))) == 151
    assert steps[-1] == (150, 150)
    assert rotate(raw, OLD, NEW) == 0
    assert count_by_master(raw) == {key_id(NEW): 150}
    after = Keyring(raw, NEW)
    assert works(keys, after.keys_of("c7"))
    assert after.secret("audit") == before.secret("audit")
    with pytest.raises(StoreError) as caught:
        Keyring(raw, OLD)
    assert caught.value.code == "keys.wrong"


class Killed(Exception):
    pass


@pytest.mark.parametrize("writes", range(7))
def test_a_rotation_that_was_killed_is_finished_by_the_same_call(raw, monkeypatch, writes):
    before = Keyring.create(raw, OLD)
    for number in range(4):
        before.make(f"c{number}")
    keys = [before.keys_of(f"c{number}") for number in range(4)]
    update, done = raw.find_one_and_update, []

    def dying(*arguments, **options):
        if len(done) == writes:
            raise Killed
        done.append(1)
        return update(*arguments, **options)

    monkeypatch.setattr(raw, "find_one_and_update", dying)
    try:
        rotate(raw, OLD, NEW)
    except Killed:
        assert writes < 6  # the mark, four children, the store's own
    monkeypatch.undo()
    if 0 < writes < 6:
        for master in (OLD, NEW):
            with pytest.raises(StoreError) as caught:
                Keyring(raw, master)
            assert caught.value.code == "keys.half-rotated"
        with pytest.raises(StoreError):
            rotate(raw, OLD, OTHER)
    rotate(raw, OLD, NEW)
    after = Keyring(raw, NEW)
    assert all(works(keys[number], after.keys_of(f"c{number}")) for number in range(4))


def test_no_child_is_left_behind_by_a_rotation_beside_it(raw):
    """A process that still has the old key cannot add a child once a rotation has begun."""
    running = Keyring.create(raw, OLD)
    raw.find_one_and_update(KEYS, {"_id": "store"}, {"$set": {"next": key_id(NEW)}})
    with pytest.raises(StoreError) as caught:
        running.make("late")
    assert caught.value.code == "keys.half-rotated"
    rotate(raw, OLD, NEW)
    with pytest.raises(StoreError):
        running.make("later")
    assert raw.find(KEYS, {"_id": {"$ne": "store"}}) == []


def test_rotating_with_a_wrong_old_key_changes_nothing(raw):
    Keyring.create(raw, OLD).make("c1")
    before = raw.find(KEYS, {})
    with pytest.raises(StoreError) as caught:
        rotate(raw, OTHER, NEW)
    assert caught.value.code == "keys.wrong"
    assert raw.find(KEYS, {}) == before
