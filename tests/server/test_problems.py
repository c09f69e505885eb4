"""Every error becomes a problem with a fitting status."""

import inspect

import pytest
from fastapi.testclient import TestClient

import sdc.errors
from sdc.errors import (
    AccessError,
    ChatError,
    ConflictError,
    EngineError,
    ExtraMissingError,
    InputError,
    MissingInputError,
    NotFoundError,
    QuestionError,
    SDCError,
    StoreError,
)
from sdc.server.problems import status_of
from sdc.server.server import create_server


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (AccessError("x"), 401),
        (AccessError("x", code="access.origin"), 403),
        (AccessError("x", code="access.host"), 400),
        (NotFoundError("x"), 404),
        (MissingInputError("x"), 404),
        (ConflictError("x"), 409),
        (InputError("x", code="upload.too-large"), 413),
        (ChatError("x"), 422),
        (QuestionError("x"), 422),
        (StoreError("x"), 500),
        (EngineError("x"), 500),
        (SDCError("x"), 500),
    ],
)
def test_statuses(error, status):
    assert status_of(error) == status


OF_THE_SERVER = {"SDCError", "EngineError", "StoreError", "SettingsError"}
"""Whoever asks cannot help these: 500, with an entry in the log."""
NOT_SET_UP = {"ExtraMissingError", "ModelMissingError"}
CLASSES = {n: c for n, c in inspect.getmembers(sdc.errors, inspect.isclass) if issubclass(c, SDCError)}


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_only_a_fault_of_the_server_is_told_as_one(name):
    status = status_of(CLASSES[name]("x"))
    if name in OF_THE_SERVER:
        assert status == 500
    elif name in NOT_SET_UP:
        assert status == 501
    else:
        assert 400 <= status < 500


def test_a_missing_extra_is_told_with_how_to_install_it(client, app, monkeypatch):
    def lacking(_):
        raise ExtraMissingError("This needs more.", hint="Run `pip install more`.")

    monkeypatch.setattr(app.repository, "children", lacking)
    answer = client.get("/api/children")
    assert (answer.status_code, answer.json()["code"]) == (501, "engine.extra-missing")
    assert "pip install more" in answer.json()["hint"]


def test_what_nobody_expected_is_told_without_its_content(client, app, monkeypatch):
    def broken():
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(app.repository, "children", broken)
    quiet = TestClient(client.app, base_url=str(client.base_url), cookies=client.cookies, raise_server_exceptions=False)
    answer = quiet.get("/api/children")
    assert (answer.status_code, answer.json()["code"]) == (500, "server.broken")
    assert "secret" not in answer.text
    assert quiet.get("/api/health").status_code == 200


def test_a_store_that_cannot_be_used_is_told(client, app):
    app.documents.close()
    answer = client.get("/api/children")
    assert (answer.status_code, answer.json()["code"]) == (500, "store.closed")


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/api/children"), ("PATCH", "/api/sessions/x")])
def test_other_methods_are_refused(client, method, path):
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (405, "http.405")


def test_a_body_without_end_is_refused_before_anybody_signs_in(anonymous):
    def endless():
        for _ in range(9):
            yield b" " * 2**20

    answer = anonymous.post("/api/login", content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "http.413")
    told = anonymous.post("/api/login", content=b"{}", headers={"Content-Length": str(2**40)})
    assert (told.status_code, told.json()["code"]) == (413, "request.too-large")
    assert answer.json()["hint"]


def test_that_limit_does_not_hold_for_files(app, cha, monkeypatch):
    monkeypatch.setattr("sdc.server.server.MAX_BODY_BYTES", 200)
    client = TestClient(create_server(app, "token"), base_url="http://127.0.0.1:8765", headers={"X-SDC-Request": "1"})
    client.post("/api/login", json={"token": "token"})
    child = client.post("/api/children", json={"name": "Mia"}).json()["id"]
    assert client.post("/api/children", json={"name": "M" * 500}).status_code == 413
    where = {"child_id": child, "filename": "visit.cha"}
    assert len(cha()) > 200
    assert client.put("/api/uploads", params=where, content=cha()).status_code == 201
    begun = client.post("/api/uploads", json={"child_id": child, "filename": "v.cha", "size": len(cha())}).json()
    assert client.patch(f"/api/uploads/{begun['id']}", params={"offset": 0}, content=cha()).status_code == 200
