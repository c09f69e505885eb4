"""`sdc accounts` and `sdc team`."""

import json

import pytest

from sdc.access import Role
from sdc.app import build_app
from sdc.settings import read_settings

GOOD = "otter plum bicycle"


@pytest.fixture
def password_file(tmp_path):
    path = tmp_path / "password.txt"
    path.write_text(GOOD + "\nnot this line\n")
    return path


def opened():
    return build_app(read_settings())


def listed(sdc) -> dict[str, dict]:
    return {a["name"]: a for a in json.loads(sdc("accounts", "list", "--format", "json").stdout)["accounts"]}


def test_an_account_is_added_and_may_sign_in(sdc, password_file):
    assert "No account yet" in sdc("accounts", "list").stdout
    result = sdc("accounts", "add", "ann@clinic.example", "--role", "admin", "--password-file", password_file)
    assert (result.exit_code, result.stdout) == (0, "ann@clinic.example may sign in as admin.\n")
    assert listed(sdc) == {
        "ann@clinic.example": {"name": "ann@clinic.example", "role": "admin", "state": "active", "n_children": 0}
    }
    with opened() as app:
        assert app.accounts.sign_in("ann@clinic.example", GOOD, "here")[0].role is Role.ADMIN
        assert [(line.actor, line.action) for line in app.audit.lines()] == [("cli", "manage_accounts")]
    assert "ann@clinic.example" in sdc("accounts", "list").stdout


def test_the_password_is_asked_for_and_not_shown(sdc, monkeypatch):
    from typer.testing import CliRunner

    from sdc.cli.main import app

    typed = f"{GOOD}\n{GOOD}\n"
    result = CliRunner().invoke(app, ["accounts", "add", "ann", "--role", "therapist"], input=typed)
    assert result.exit_code == 0, result.output
    assert GOOD not in result.output
    with opened() as store:
        assert store.accounts.sign_in("ann", GOOD, "here")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ann",), "needs a role"),
        (("ann", "--role", "owner"), "owner is no role"),
        (("ann", "--role", "parent", "--child", "Nobody"), "no child named Nobody"),
        (("a b", "--role", "parent"), "without spaces"),
    ],
)
def test_what_cannot_be_added_is_told_and_not_added(sdc, password_file, arguments, says):
    result = sdc("accounts", "add", *arguments, "--password-file", password_file)
    assert result.exit_code == 1
    assert says in result.stderr
    assert listed(sdc) == {}


def test_a_weak_password_makes_no_account(sdc, tmp_path):
    (tmp_path / "weak").write_text("password1234")
    result = sdc("accounts", "add", "ann", "--role", "parent", "--password-file", tmp_path / "weak")
    assert "password.common" in result.stderr
    assert sdc("accounts", "add", "ann", "--role", "parent", "--password-file", tmp_path / "gone").exit_code == 1
    assert listed(sdc) == {}


def test_an_invitation_is_a_link(sdc, cha, monkeypatch):
    sdc("add", cha(), "--child", "Mia")
    monkeypatch.setenv("SDC_PUBLIC_URL", "https://sdc.clinic.example/")
    result = sdc("accounts", "invite", "bea", "--role", "parent", "--child", "mia")
    base, _, secret = result.stdout.strip().partition("#")
    assert base == "https://sdc.clinic.example/invitation"
    assert "7 days" in result.stderr
    assert listed(sdc)["bea"] == {"name": "bea", "role": "parent", "state": "invited", "n_children": 1}
    with opened() as app:
        app.accounts.accept(secret, GOOD)
    again = sdc("accounts", "invite", "BEA").stdout.partition("#")[2].strip()
    with opened() as app:
        assert app.accounts.invited(again).name == "bea"
    monkeypatch.delenv("SDC_PUBLIC_URL")
    assert sdc("accounts", "invite", "bea").stdout.startswith("http://127.0.0.1:8765/invitation#")


def test_shutting_out_and_letting_in(sdc, password_file):
    sdc("accounts", "add", "ann", "--role", "parent", "--password-file", password_file)
    with opened() as app:
        _, secret = app.accounts.sign_in("ann", GOOD, "here")
    assert sdc("accounts", "disable", "ann").stdout == "ann is disabled.\n"
    with opened() as app:
        assert app.accounts.actor_of(secret) is None
    assert listed(sdc)["ann"]["state"] == "disabled"
    assert sdc("accounts", "enable", "ann").stdout == "ann is active.\n"
    assert sdc("accounts", "disable", "nobody").exit_code == 1


def test_a_new_password(sdc, password_file, tmp_path):
    sdc("accounts", "add", "ann", "--role", "parent", "--password-file", password_file)
    (tmp_path / "new").write_text("kite lemon anvil")
    assert sdc("accounts", "password", "ann", "--password-file", tmp_path / "new").exit_code == 0
    with opened() as app:
        assert app.accounts.sign_in("ann", "kite lemon anvil", "here")


def test_care_teams(sdc, cha, password_file):
    sdc("add", cha(), "--child", "Mia")
    sdc("accounts", "add", "ann", "--role", "therapist", "--password-file", password_file)
    assert "Nobody is on Mia's care team" in sdc("team", "list", "Mia").stdout
    assert sdc("team", "add", "mia", "ANN").stdout == "ann (therapist) is on Mia's care team.\n"
    assert "ann" in sdc("team", "list", "Mia").stdout
    assert "no longer" in sdc("team", "remove", "Mia", "ann").stdout
    assert "is not on" in sdc("team", "remove", "Mia", "ann").stdout
    for arguments in (("Eve", "ann"), ("Mia", "nobody")):
        assert sdc("team", "add", *arguments).exit_code == 1
    with opened() as app:
        assert [line.action for line in app.audit.lines()].count("manage_team") == 3


def test_serving_with_accounts_tells_when_nobody_can_sign_in(sdc, monkeypatch):
    monkeypatch.setenv("SDC_ACCOUNTS", "yes")
    result = sdc("serve", "--host", "192.0.2.1")
    assert result.exit_code == 2
    assert "SDC_TLS_CERT" in result.stderr
    assert "sdc accounts add NAME --role admin" in result.stderr


def test_serving_others_without_accounts_is_refused(sdc):
    result = sdc("serve", "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert "SDC_ACCOUNTS=yes" in result.stderr
