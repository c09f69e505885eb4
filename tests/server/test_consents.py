"""Consents over the wire: everything is shown, a withdrawal works at once."""

import pytest

from sdc.store.consents import Purpose


def of(answer, purpose: str) -> dict:
    assert answer.status_code == 200, answer.text
    return next(p for p in answer.json() if p["purpose"] == purpose)


def test_all_purposes_are_shown_and_none_is_granted(client, desk):
    child = desk.child()
    shown = client.get(f"/api/children/{child}/consents").json()
    assert [p["purpose"] for p in shown] == [purpose.value for purpose in Purpose]
    assert not any(p["is_granted"] or p["history"] for p in shown)
    assert all(p["title"] and p["text"].endswith(".") for p in shown)


def test_grant_withdraw_and_history(client, desk, app):
    child = desk.child()
    address = f"/api/children/{child}/consents"
    body = {"purpose": "store_recording", "by": "mother, on paper"}
    granted = of(client.put(address, json={**body, "state": "granted", "retention_days": 90}), "store_recording")
    assert (granted["is_granted"], granted["retention_days"]) == (True, 90)
    withdrawn = of(client.put(address, json={**body, "state": "withdrawn"}), "store_recording")
    assert not withdrawn["is_granted"]
    assert [(v["state"], v["was_asked"]) for v in withdrawn["history"]] == [("withdrawn", True), ("granted", True)]
    assert of(client.get(address), "store_recording") == withdrawn
    lines = app.audit.lines(child_id=child)
    assert ("laptop", "consent.withdraw") in [(line.actor, line.action) for line in lines]


def test_a_recording_added_before_anybody_was_asked_says_so(client, desk, wav):
    child = desk.child()
    desk.ended(desk.order(child, desk.upload("visit.wav", wav, child)))
    (first,) = of(client.get(f"/api/children/{child}/consents"), "store_recording")["history"]
    assert (first["state"], first["was_asked"]) == ("granted", False)


def test_withdrawing_takes_the_recording_away(client, desk, wav):
    child = desk.child()
    job = desk.ended(desk.order(child, desk.upload("visit.wav", wav, child)))
    media = f"/api/sessions/{job['session_id']}/media"
    assert client.get(media).status_code == 200
    body = {"purpose": "store_recording", "state": "withdrawn", "by": "mother"}
    assert client.put(f"/api/children/{child}/consents", json=body).status_code == 200
    assert client.get(media).status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"purpose": "everything"}, {"state": "maybe"}, {"by": ""}, {"by": "   "}, {"retention_days": 5}, {"more": 1}],
)
def test_what_cannot_be_used(client, desk, change):
    body = {"purpose": "training", "state": "granted", "by": "mother"} | change
    assert client.put(f"/api/children/{desk.child()}/consents", json=body).status_code == 422


def test_no_such_child(client):
    assert client.get("/api/children/none/consents").status_code == 404
