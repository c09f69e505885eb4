"""The outer gate: foreign names, foreign sites, what a page may do."""

import pytest

from sdc.server.guard import allowed_hosts

TOKEN = "one-time-token"


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765", "127.0.0.1"])
def test_loopback_names_are_answered(anonymous, host):
    assert anonymous.get("/api/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8765", "", "[::1", "localhost@evil"]
)
def test_foreign_names_are_refused(anonymous, host):
    answer = anonymous.get("/api/health", headers={"Host": host})
    assert answer.status_code in (400, 403)
    assert answer.json()["code"] == "access.host"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_other_sites_change_nothing(client, headers):
    answer = client.post("/api/children", json={"name": "Mia"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "access.origin")
    assert client.get("/api/children").json()["items"] == []


def test_the_dashboard_itself_may(client):
    headers = {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/children", json={"name": "Mia"}, headers=headers).status_code == 201


def test_other_sites_cannot_sign_in(anonymous):
    answer = anonymous.post("/api/login", json={"token": TOKEN}, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert anonymous.post("/api/login", json={"token": TOKEN}).status_code == 204


@pytest.mark.parametrize("path", ["/", "/api/health", "/api/children", "/api/none", "/child/x"])
def test_every_answer_carries_the_security_headers(anonymous, path):
    headers = anonymous.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "media-src 'self' blob:" in policy
    assert "img-src 'self' data:" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    if path.startswith("/api/"):
        assert headers["cache-control"] == "no-store"


def test_a_server_on_another_address_answers_to_it():
    assert "192.168.1.5" in allowed_hosts("192.168.1.5")
    assert "192.168.1.5" not in allowed_hosts("127.0.0.1")
