"""Erasing a child through the API."""

import time

import pytest


def add(client, cha, wav):
    child = client.post("/api/children", json={"name": "Mia"}).json()
    ids = [
        client.put("/api/uploads", params={"child_id": child["id"], "filename": name}, content=data).json()["id"]
        for name, data in (("visit.cha", cha()), ("visit.wav", wav))
    ]
    job = client.post(f"/api/children/{child['id']}/sessions", json={"upload_ids": ids}).json()
    while job["state"] in ("queued", "running"):
        time.sleep(0.05)
        job = client.get(f"/api/jobs/{job['id']}").json()
    assert job["state"] == "done"
    return child, job


@pytest.mark.embedded  # only it overwrites what it deletes
def test_a_child_is_erased_by_its_name(client, app, cha, wav):
    child, job = add(client, cha, wav)
    address = f"/api/children/{child['id']}"
    assert client.delete(address).status_code == 422
    refused = client.delete(address, params={"name": "mia"})
    assert (refused.status_code, refused.json()["code"]) == (409, "erase.name")
    assert client.get(address).status_code == 200
    answer = client.delete(address, params={"name": "Mia"})
    assert answer.status_code == 200
    assert (answer.json()["n_left"], answer.json()["is_overwritten"]) == (0, True)
    assert answer.json()["removed"]["sessions"] == 1
    for gone in (address, f"/api/sessions/{job['session_id']}", f"/api/sessions/{job['session_id']}/media"):
        assert client.get(gone).status_code == 404
    assert client.delete(address, params={"name": "Mia"}).status_code == 404
    assert client.get("/api/children").json()["items"] == []
    assert list(app.blobs.keys()) == []
    assert [line.actor for line in app.audit.lines(child_id=child["id"]) if line.action.startswith("child.")] == [
        "laptop",
        "laptop",
    ]
