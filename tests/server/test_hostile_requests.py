"""Requests that somebody made to break the server: each is told what is wrong with it, and nothing is kept of it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient

from sdc.app import App, build_app
from sdc.server.openapi import openapi_text
from sdc.server.run import bind
from sdc.server.server import create_server
from sdc.settings import Settings

JSON = {"Content-Type": "application/json"}
DEEP = 10_000
HALF = b'"\\ud800"'
"""Half a character: JSON can write it, no file and no database can."""

BODIES = {
    "lists in lists": b"[" * DEEP + b"]" * DEEP,
    "objects in objects": b'{"child_id":' * DEEP + b"1" + b"}" * DEEP,
    "a million open lists": b"[" * 10**6,
    "no UTF-8": b'{"child_id": "\xff\xfe", "name": "\xff"}',
    "not a number": b'{"child_id": NaN, "name": Infinity}',
    "a number of 5,000 digits": b'{"size": ' + b"9" * 5000 + b"}",
    "ten thousand keys": b"{" + b",".join(b'"k%d":1' % i for i in range(10_000)) + b"}",
    "a text of 1 MB": b'{"name": "' + b"a" * 1_000_000 + b'"}',
    "a hundred thousand keys": b"{" + b",".join(b'"k%d":1' % i for i in range(100_000)) + b"}",
    "nothing": b"",
    "NUL": b"\x00" * 100,
    "half a character": b"{"
    + b",".join(b'"%s": %s' % (name, HALF) for name in (b"child_id", b"name", b"question", b"token", b"secret", b"by"))
    + b"}",
    "half characters in a list": b'{"upload_ids": [%s], "child_ids": [%s], "name": "x@y", "role": "parent"}'
    % (HALF, HALF),
}


def json_routes() -> list[tuple[str, str]]:
    """Every route that takes a JSON body."""
    found = []
    for path, methods in json.loads(openapi_text())["paths"].items():
        for method, operation in methods.items():
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                found.append((method.upper(), path))
    return found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One store for all of them: what one leaves behind may not help the next."""
    settings = Settings(home=tmp_path_factory.mktemp("hostile") / "home", max_upload_bytes=1_000_000)
    with build_app(settings) as app:
        yield app


@pytest.fixture(scope="module")
def anonymous(app: App) -> TestClient:
    return TestClient(create_server(app, "token"), base_url="http://127.0.0.1:8765", headers={"X-SDC-Request": "1"})


@pytest.fixture(scope="module")
def client(anonymous: TestClient) -> TestClient:
    assert anonymous.post("/api/login", json={"token": "token"}).status_code == 204
    return anonymous


@pytest.fixture(scope="module")
def child(client: TestClient) -> str:
    return client.post("/api/children", json={"name": "Mia"}).json()["id"]


@pytest.mark.parametrize("what", BODIES)
def test_bodies_that_are_no_request(client, child, what):
    ids = {"child_id": child, "session_id": "s1", "account_id": "a1"}
    before = client.get("/api/children").json()
    routes = json_routes()
    assert len(routes) > 8
    for method, path in routes:
        address = path
        for name, value in ids.items():
            address = address.replace(f"{{{name}}}", value)
        answer = client.request(method, address, content=BODIES[what], headers=JSON)
        assert 400 <= answer.status_code < 500, (method, path, answer.text)
        assert answer.json()["message"]
    assert client.get("/api/children").json() == before


@pytest.mark.parametrize("order", [("own", "other"), ("other", "own")])
def test_a_key_given_twice_means_the_same_to_the_gate_and_to_the_route(client, app, order):
    """Else the gate would look at one child, and the route write to another."""
    named = {name: f"{name}, given {order.index(name)}" for name in order}
    ids = {name: client.post("/api/children", json={"name": named[name]}).json()["id"] for name in order}
    keys = ", ".join(f'"child_id": "{ids[name]}"' for name in order)
    body = f'{{{keys}, "filename": "a.cha", "size": 3}}'
    began = client.post("/api/uploads", content=body, headers=JSON).json()
    assert began["child_id"] == ids[order[1]]
    line = app.audit.lines()[-1]
    assert (line.action, line.child_id) == ("upload", ids[order[1]])


@pytest.mark.parametrize(
    "name",
    [
        "\x00",
        "a\x00b",
        "a\x1b[31mb",
        "a\u202eb",
        "Mi\u200ba",
        "\u200b",
        "\ufeffMia",
        "a\u2066b",
        "\ue000",
        "a\x85b\x07",
    ],
)
def test_characters_that_are_not_seen_are_in_no_name(client, name):
    answer = client.post("/api/children", json={"name": name})
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert "not seen" in answer.json()["message"]


def test_twins_of_a_name_are_the_same_name(client):
    assert client.post("/api/children", json={"name": "Mía"}).status_code == 201
    for twin in ("Mi\u0301a", "MÍA", " Mía ", "Ｍía", "M\u00eda\u00a0"):
        answer = client.post("/api/children", json={"name": twin})
        assert (answer.status_code, answer.json()["code"]) == (409, "child.exists"), twin


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/%00"),
        ("GET", "/" + "a" * 5000),
        ("GET", "/assets/" + "a" * 300),
        ("GET", "/assets/../../../../etc/passwd"),
        ("GET", "/assets/..%2f..%2f..%2f..%2fetc/passwd"),
        ("GET", "/..\\..\\etc/passwd"),
        ("GET", "//etc/passwd"),
        ("GET", "/%ed%a0%80"),
        ("GET", "/?token=%ff%00"),
        ("GET", "/api/children/%00"),
        ("GET", "/api/children/%ff%fe"),
        ("GET", "/api/sessions/..%2f..%2fx"),
        ("GET", "/api/uploads/..%2f..%2fsdc.sqlite3"),
        ("GET", "/api/uploads/" + "a" * 300),
        ("DELETE", "/api/uploads/%2e%2e"),
        ("PATCH", "/api/uploads/" + "a" * 300 + "?offset=0"),
        ("GET", "/api/uploads/%D9%A1"),
    ],
)
def test_addresses_lead_to_no_file(client, method, address):
    answer = client.request(method, address)
    assert answer.status_code < 500
    assert b"root:" not in answer.content
    if address.startswith("/api/"):
        assert answer.status_code in (404, 405)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://[::1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "[::1"}, 400),
        ({"Host": "a" * 60_000}, 400),
        ({"Host": "127.0.0.1:abc"}, 422),
        ({"Authorization": b"Bearer \xff\xfe\x00"}, 401),
        ({"Cookie": b"sdc_session_8765=\xff\xfe"}, 401),
        ({"Content-Type": "application/json; charset=\x00"}, 422),
        ({"Content-Type": "multipart/form-data"}, 422),
        ({"X-SDC-Request": "a" * 60_000}, 422),
    ],
)
def test_absurd_headers(client, headers, status):
    answer = client.post("/api/children", content=b"{}", headers={**JSON, **headers})
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("length", ["9" * 5000, "-5", "0x10", "1e3"])
def test_a_length_that_is_none_promises_nothing(client, child, length):
    params = {"child_id": child, "filename": "a.cha"}
    answer = client.put("/api/uploads", params=params, content=b"abc", headers={"Content-Length": length})
    assert (answer.status_code, answer.json()["size"]) == (201, 3)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.cha", "passwd.cha"),
        ("C:\\Users\\x\\visit.cha", "visit.cha"),
        ("/etc/cron.d/a.cha", "a.cha"),
        ("a\x00b\x1b[2J.cha", "ab[2J.cha"),
        ("\u202eahc.exe.cha", "ahc.exe.cha"),
        ("..cha", "..cha"),
        ("<svg onload=alert(1)>.cha", "<svg onload=alert(1)>.cha"),
        ("a" * 251 + ".cha", "a" * 251 + ".cha"),
    ],
)
def test_names_of_files_are_shown_and_never_opened(client, child, app, given, kept):
    params = {"child_id": child, "filename": given}
    upload = client.put("/api/uploads", params=params, content=b"@UTF8\n").json()
    assert upload["filename"] == kept
    below = {path.name for path in app.settings.home.rglob("*")}
    assert not below & {kept, given, "passwd.cha", "visit.cha"}


@pytest.fixture
def listening(app) -> Iterator[tuple[str, int]]:
    """A real server on a socket."""
    with bind("127.0.0.1", 0) as listener:
        server = uvicorn.Server(
            uvicorn.Config(create_server(app, "token"), log_config=None, timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield listener.getsockname()
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


SLOW = {
    "half a line": b"GET /api/hea",
    "headers without end": b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-a: b\r\n",
    "a body that does not come": b"POST /api/login HTTP/1.1\r\nHost: 127.0.0.1\r\nX-SDC-Request: 1\r\n"
    b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
}


@pytest.mark.parametrize("what", SLOW)
def test_slow_clients_keep_nobody_waiting(listening, what):
    with ExitStack() as open_ones:
        for _ in range(150):
            one = open_ones.enter_context(closing(socket.create_connection(listening)))
            one.sendall(SLOW[what])
        for _ in range(20):
            answer = httpx.get(f"http://{listening[0]}:{listening[1]}/api/health", timeout=5)
            assert answer.status_code == 200


def test_headers_without_end_are_cut_off(listening):
    with closing(socket.create_connection(listening, timeout=10)) as one:
        one.sendall(b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        answer = b""
        try:
            for _ in range(200):
                one.sendall(b"X-a: " + b"b" * 10_000 + b"\r\n")
            answer = one.recv(1000)
        except (BrokenPipeError, ConnectionResetError):
            return
        assert answer.startswith(b"HTTP/1.1 4")
