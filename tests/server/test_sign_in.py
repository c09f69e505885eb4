"""A clinic's server: name and password, cookies, invitations, signing out; and what the audit keeps of it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from pwdlib.hashers.argon2 import Argon2Hasher

from sdc.access import Role
from sdc.app import build_app
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.store.passwords import Passwords
from sdc.transcribe import ScriptedTranscriber

BASE = "http://127.0.0.1:8765"
PUBLIC = "https://sdc.clinic.example"
COOKIE = "sdc_session_8765"
GOOD = "otter plum bicycle"
WRITES = {"X-SDC-Request": "1"}


@pytest.fixture
def clinic(tmp_path, monkeypatch) -> Iterator:
    """A server with accounts whose passwords are hashed lightly, so that the tests are quick."""
    light = Passwords(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr("sdc.store.accounts.Passwords", lambda: light)
    with build_app(Settings(home=tmp_path / "home", accounts=True), transcriber=ScriptedTranscriber(())) as app:
        ann = app.accounts.add("ann@clinic.example", Role.ADMIN)
        app.accounts.set_password(ann.id, GOOD)
        yield app


def browser(app, base: str = BASE) -> TestClient:
    return TestClient(create_server(app, "unused"), base_url=base, headers=WRITES)


@pytest.fixture
def client(clinic) -> TestClient:
    return browser(clinic)


def sign_in(client: TestClient, name: str = "ann@clinic.example", password: str = GOOD):
    return client.post("/api/sign-in", json={"name": name, "password": password})


def actions(app) -> list[str]:
    return [f"{line.actor} {line.action}" for line in app.audit.lines()]


def test_signing_in_and_out(client):
    assert client.get("/api/access").json() == {"accounts": True, "actor": None}
    signed_out = client.get("/api/children")
    assert (signed_out.status_code, signed_out.json()["hint"]) == (401, "Sign in with your name and password.")
    answer = sign_in(client)
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    who = client.get("/api/access").json()["actor"]
    assert (who["name"], who["role"]) == ("ann@clinic.example", "admin")
    assert "manage_accounts" in who["actions"]
    assert "export_research" not in who["actions"]
    secret = client.cookies[COOKIE]
    assert client.post("/api/sign-out").status_code == 204
    assert COOKIE not in client.cookies
    assert client.get("/api/children", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_wrong_and_then_too_early(client):
    for _ in range(5):
        answer = sign_in(client, password="wrong")
        assert (answer.status_code, answer.json()["code"]) == (401, "access.password")
    answer = sign_in(client)
    assert (answer.status_code, answer.json()["code"]) == (429, "access.wait")
    assert "set-cookie" not in answer.headers


def test_signing_in_again_ends_the_session_before(client, clinic):
    sign_in(client)
    before = client.cookies[COOKIE]
    sign_in(client)
    assert client.cookies[COOKIE] != before
    assert clinic.accounts.actor_of(before) is None


def test_signing_out_everywhere(client, clinic):
    other = browser(clinic)
    sign_in(client)
    sign_in(other)
    assert client.post("/api/sign-out-everywhere").status_code == 204
    assert (client.get("/api/children").status_code, other.get("/api/children").status_code) == (401, 401)


def test_changing_ones_password(client, clinic):
    other = browser(clinic)
    sign_in(client)
    sign_in(other)
    refused = client.post("/api/password", json={"old": GOOD, "new": "short"})
    assert (refused.status_code, refused.json()["code"]) == (422, "password.short")
    assert client.post("/api/password", json={"old": GOOD, "new": "kite lemon anvil"}).status_code == 204
    assert (client.get("/api/children").status_code, other.get("/api/children").status_code) == (200, 401)


def test_the_way_of_an_invitation(client, clinic):
    sign_in(client)
    child = client.post("/api/children", json={"name": "Mia"}).json()["id"]
    made = client.post("/api/accounts", json={"name": "bea", "role": "parent", "child_ids": [child]})
    assert made.status_code == 201
    secret, account = made.json()["secret"], made.json()["account"]
    assert account["is_invited"]
    assert account["invitation_ends_at"].endswith("Z")
    assert secret not in client.get("/api/accounts").text
    bea = browser(clinic)
    shown = bea.post("/api/invitations/open", json={"secret": secret})
    assert shown.json() == {"name": "bea", "role": "parent"}
    assert bea.post("/api/invitations/accept", json={"secret": secret, "password": "short"}).status_code == 422
    assert bea.post("/api/invitations/accept", json={"secret": secret, "password": GOOD}).status_code == 204
    assert [c["name"] for c in bea.get("/api/children").json()["items"]] == ["Mia"]
    again = bea.post("/api/invitations/open", json={"secret": secret})
    assert (again.status_code, again.json()["code"]) == (401, "access.invitation")


def test_an_invitation_for_a_child_that_is_not_there_makes_no_account(client, clinic):
    sign_in(client)
    answer = client.post("/api/accounts", json={"name": "bea", "role": "parent", "child_ids": ["c0"]})
    assert answer.status_code == 404
    assert clinic.accounts.id_of("bea") is None


def test_nobody_shuts_themselves_out(client, clinic):
    sign_in(client)
    own = client.get("/api/access").json()["actor"]["id"]
    for change in ({"is_disabled": True}, {"role": "parent"}):
        answer = client.patch(f"/api/accounts/{own}", json=change)
        assert (answer.status_code, answer.json()["code"]) == (409, "account.own")
    bea = clinic.accounts.add("bea", Role.PARENT)
    assert client.patch(f"/api/accounts/{bea.id}", json={"is_disabled": True, "role": "therapist"}).json() == {
        "id": bea.id,
        "name": "bea",
        "role": "therapist",
        "is_disabled": True,
        "is_invited": True,
        "invitation_ends_at": None,
    }


def test_whoever_adds_a_child_is_on_its_team_and_teams_are_listed(client, clinic):
    sign_in(client)
    child = client.post("/api/children", json={"name": "Mia"}).json()["id"]
    ann = clinic.accounts.id_of("ann@clinic.example")
    assert client.get("/api/teams").json() == [{"child_id": child, "child_name": "Mia", "account_ids": [ann]}]
    assert client.delete(f"/api/children/{child}/team/{ann}").status_code == 204
    assert client.get(f"/api/children/{child}").status_code == 404
    assert client.put(f"/api/children/{child}/team/nobody").status_code == 404


def test_the_audit_tells_who_did_what(client, clinic):
    sign_in(client, password="wrong")
    sign_in(client, name="nobody")
    sign_in(client)
    ann = clinic.accounts.id_of("ann@clinic.example")
    child = client.post("/api/children", json={"name": "Mia"}).json()["id"]
    client.get(f"/api/children/{child}")
    client.get("/api/sessions/s0")
    other = clinic.repository.add_child("Ben")
    client.get(f"/api/children/{other.id}")
    client.post(f"/api/children/{other.id}/ask", json={"question": "How long?"})
    bea = clinic.accounts.add("bea", Role.PARENT)
    secret = clinic.accounts.logins.begin(bea.id)
    browser(clinic).post("/api/children", json={"name": "Eve"}, headers={"Authorization": f"Bearer {secret}"})
    assert actions(clinic) == [
        "anonymous sign_in.failed",
        "anonymous sign_in.failed",
        f"{ann} sign_in",
        f"{ann} add_child",
        f"{ann} see_child.refused",
        f"{ann} ask.refused",
        f"{bea.id} add_child.refused",
    ]
    lines = list(clinic.audit.lines())
    assert [line.object_id for line in lines[:2]] == [ann, None]
    assert lines[4].child_id == other.id
    assert clinic.audit.verify().is_whole
    assert not {"Mia", "Ben", "Eve", "nobody"} & set(str(lines).replace("'", " ").split())


def test_a_laptops_server_has_no_accounts(tmp_path):
    with build_app(Settings(home=tmp_path / "home"), transcriber=ScriptedTranscriber(())) as app:
        client = TestClient(create_server(app, "token"), base_url=BASE, headers=WRITES)
        assert sign_in(client).json()["code"] == "access.no-accounts"
        assert client.post("/api/login", json={"token": "token"}).status_code == 204
        who = client.get("/api/access").json()
        assert (who["accounts"], who["actor"]["role"]) == (False, "owner")
        assert client.post("/api/password", json={"old": "x", "new": "y"}).json()["code"] == "access.no-accounts"
        assert client.post("/api/sign-out").status_code == 204
        assert client.get("/api/children").status_code == 401


def test_a_clinics_server_takes_no_token(client):
    assert client.post("/api/login", json={"token": "unused"}).json()["code"] == "access.token"
    assert client.get("/", params={"token": "unused"}).status_code == 401


# Behind a proxy with HTTPS


@pytest.fixture
def proxied(clinic) -> TestClient:
    from dataclasses import replace

    settings = replace(clinic.settings, behind_proxy=True, public_url=PUBLIC)
    return browser(replace(clinic, settings=settings), PUBLIC)


def test_a_secure_cookie_under_https(proxied):
    cookie = sign_in(proxied).headers["set-cookie"]
    assert cookie.startswith("__Host-sdc_session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert proxied.get("/api/children").status_code == 200


def test_only_the_public_name_is_answered(proxied):
    assert proxied.get("/api/health", headers={"Host": "evil.example"}).status_code == 400
    foreign = proxied.post("/api/sign-out", headers={"Origin": "https://evil.example"})
    assert (foreign.status_code, foreign.json()["code"]) == (403, "access.origin")


def test_failures_are_counted_by_the_address_that_the_proxy_saw(proxied):
    for n in range(21):
        # The left part is what the caller wrote; the proxy adds the last.
        headers = {"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.9"}
        proxied.post("/api/sign-in", json={"name": f"name{n}", "password": "x"}, headers=headers)
    waiting = proxied.post("/api/sign-in", json={"name": "n", "password": "x"}, headers=headers)
    assert waiting.json()["code"] == "access.wait"
    elsewhere = {"X-Forwarded-For": "203.0.113.9, 203.0.113.10"}
    assert proxied.post("/api/sign-in", json={"name": "n", "password": "x"}, headers=elsewhere).status_code == 401


def test_without_a_proxy_nobody_says_where_they_come_from(client):
    for n in range(21):
        headers = {"X-Forwarded-For": f"198.51.100.{n}"}
        client.post("/api/sign-in", json={"name": f"name{n}", "password": "x"}, headers=headers)
    assert sign_in(client).json()["code"] == "access.wait"


# Cross-site requests


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_write_with_the_cookie_needs_the_header(clinic, method):
    plain = TestClient(create_server(clinic, "unused"), base_url=BASE)
    assert sign_in(plain).json()["code"] == "access.csrf"
    body = {"name": "ann@clinic.example", "password": GOOD}
    assert plain.post("/api/sign-in", json=body, headers=WRITES).status_code == 204
    assert plain.get("/api/children").status_code == 200
    refused = plain.request(method, "/api/children/c0/team/a0")
    assert (refused.status_code, refused.json()["code"]) == (403, "access.csrf")
    assert plain.request(method, "/api/children/c0/team/a0", headers=WRITES).json()["code"] != "access.csrf"


def test_a_bearer_needs_none(clinic):
    secret = clinic.accounts.logins.begin(clinic.accounts.id_of("ann@clinic.example"))
    plain = TestClient(create_server(clinic, "unused"), base_url=BASE)
    headers = {"Authorization": f"Bearer {secret}"}
    assert plain.post("/api/children", json={"name": "Mia"}, headers=headers).status_code == 201
