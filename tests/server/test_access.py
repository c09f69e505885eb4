"""The gate: a token that is spent by its first use, then a cookie; nothing without it."""

import pytest

from sdc.errors import AccessError
from sdc.server.access import Access, new_token

TOKEN = "one-time-token"


def test_the_token_is_spent_once():
    access = Access(TOKEN)
    assert not access.allows(TOKEN)
    with pytest.raises(AccessError):
        access.exchange("wrong")
    secret = access.exchange(TOKEN)
    assert access.allows(secret)
    with pytest.raises(AccessError):
        access.exchange(TOKEN)
    assert not access.allows(secret + "x")
    assert not access.allows("")
    assert not access.allows(None)


def test_tokens_differ():
    assert new_token() != new_token()
    assert len(new_token()) >= 32


def test_health_is_open(anonymous):
    answer = anonymous.get("/api/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_login(anonymous):
    refused = anonymous.post("/api/login", json={"token": "wrong"})
    assert (refused.status_code, refused.json()["code"]) == (401, "access.token")
    answer = anonymous.post("/api/login", json={"token": TOKEN})
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("sdc_session_8765=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert anonymous.get("/api/children").status_code == 200
    assert anonymous.post("/api/login", json={"token": TOKEN}).status_code == 401


def test_a_script_may_send_its_session_as_bearer(anonymous):
    cookie = anonymous.post("/api/login", json={"token": TOKEN}).cookies["sdc_session_8765"]
    anonymous.cookies.clear()
    assert anonymous.get("/api/children").status_code == 401
    assert anonymous.get("/api/children", headers={"Authorization": f"Bearer {cookie}"}).status_code == 200


def test_the_printed_link(anonymous):
    answer = anonymous.get("/", params={"token": TOKEN}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert anonymous.get("/api/children").status_code == 200
    again = anonymous.get("/", params={"token": TOKEN}, follow_redirects=False)
    assert again.status_code == 303  # the same browser: already signed in
    anonymous.cookies.clear()
    stranger = anonymous.get("/", params={"token": TOKEN}, follow_redirects=False)
    assert stranger.status_code == 401
    assert "sdc serve" in stranger.text
