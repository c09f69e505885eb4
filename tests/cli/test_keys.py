"""`sdc keys`: made, sealed with, changed, and told about; a key is never shown."""

import pytest

from sdc.store.master_key import key_id, parse_master_key

pytestmark = pytest.mark.plain


@pytest.fixture
def key(sdc, tmp_path):
    """Make a key file by the command that people use."""

    def make(name="key"):
        made = sdc("keys", "new")
        path = tmp_path / name
        path.write_text(made.stdout)
        return path

    return make


def value(path):
    return parse_master_key(path.read_text(), source="")


def test_a_new_key_comes_alone_on_stdout_with_instructions_beside_it(sdc, key):
    assert len(value(key())) == 32
    made = sdc("keys", "new")
    assert len(made.stdout.strip().splitlines()) == 1
    assert "SDC_MASTER_KEY_FILE" in made.stderr
    assert made.stdout.strip() not in made.stderr


def test_a_plain_store_is_sealed_then_rotated(sdc, cha, key, monkeypatch):
    assert sdc("add", cha(), "--child", "Mia").exit_code == 0
    assert "store: plain" in sdc("keys", "status").stdout
    old, new = key("old"), key("new")
    monkeypatch.setenv("SDC_MASTER_KEY_FILE", str(old))
    refused = sdc("children")
    assert (refused.exit_code, "keys.plain" in refused.stderr) == (1, True)
    sealed = sdc("keys", "seal")
    assert sealed.exit_code == 0
    assert "sealed 1 of sessions" in sealed.stdout
    assert f"sealed by {key_id(value(old))}" in sdc("keys", "status").stdout
    assert "Mia" in sdc("children").stdout

    rotated = sdc("keys", "rotate", "--new-key-file", new)
    assert rotated.exit_code == 0
    assert "2 keys wrapped" in rotated.stdout
    refused = sdc("children")
    assert (refused.exit_code, "keys.wrong" in refused.stderr) == (1, True)
    monkeypatch.setenv("SDC_MASTER_KEY_FILE", str(new))
    assert "Mia" in sdc("children").stdout
    status = sdc("keys", "status").stdout
    assert f"1 key of children wrapped by {key_id(value(new))}" in status
    for path in (old, new):
        assert path.read_text().strip() not in status + rotated.stdout + rotated.stderr


def test_a_sealed_store_needs_its_key(sdc, cha, key, monkeypatch):
    monkeypatch.setenv("SDC_MASTER_KEY", key().read_text().strip())
    assert sdc("add", cha(), "--child", "Mia").exit_code == 0
    monkeypatch.delenv("SDC_MASTER_KEY")
    refused = sdc("sessions", "Mia")
    assert (refused.exit_code, "keys.needed" in refused.stderr) == (1, True)
    assert "SDC_MASTER_KEY_FILE" in refused.stderr


def test_what_cannot_be_done_without_a_key_is_refused(sdc, key, monkeypatch):
    for command in (("keys", "seal"), ("keys", "rotate", "--new-key-file", key("new"))):
        refused = sdc(*command)
        assert (refused.exit_code, "settings.master-key" in refused.stderr) == (2, True)
    path = key("same")
    monkeypatch.setenv("SDC_MASTER_KEY_FILE", str(path))
    same = sdc("keys", "rotate", "--new-key-file", path)
    assert (same.exit_code, "is the one that is set" in same.stderr) == (2, True)


def test_a_key_that_is_none_is_refused_and_not_repeated(sdc, monkeypatch):
    monkeypatch.setenv("SDC_MASTER_KEY", "my-secret-word")
    refused = sdc("children")
    assert refused.exit_code == 2
    assert "SDC_MASTER_KEY" in refused.stderr
    assert "my-secret-word" not in refused.stderr + refused.stdout


def test_doctor_tells_of_a_key_and_does_not_show_it(sdc, key, monkeypatch):
    path = key()
    assert "off: the store is not sealed" in sdc("doctor").stdout
    monkeypatch.setenv("SDC_MASTER_KEY", path.read_text().strip())
    told = sdc("doctor", "--format", "json").stdout
    assert f"on, by the master key {key_id(value(path))}" in told
    assert path.read_text().strip()[:20] not in told
    monkeypatch.setenv("SDC_MASTER_KEY", "wrong")
    assert sdc("doctor").exit_code == 1
