"""The log names nobody: every route is asked about a marked child, and no line holds a mark."""

import io
import json
import logging
import re

import pytest
from fastapi.testclient import TestClient

from clinic import BASE, Clinic
from sdc.access import Role
from sdc.app import build_app
from sdc.errors import InputError
from sdc.pipeline.log_lines import OURS, set_up_logging
from sdc.server.permission import permission_of
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

MARK = "Zaphira"
WORD = "quokka"
ASKING = (Role.ADMIN, Role.THERAPIST)
FORGET = "DELETE /api/children/{child_id}"


@pytest.fixture
def stream():
    """What is logged while the test lasts, as JSON lines from debug on."""
    root, ours = logging.getLogger(), [logging.getLogger(name) for name in OURS]
    before = [(logger, logger.level) for logger in (root, *ours)]
    stream = io.StringIO()
    handler = set_up_logging("json", "debug", stream)
    yield stream
    root.removeHandler(handler)
    for logger, level in before:
        logger.setLevel(level)


@pytest.fixture
def lines(stream):
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.fixture
def marked(tmp_path, cha, wav, stream, monkeypatch):
    """A clinic whose children, accounts, words and files carry marks."""
    settings = Settings(home=tmp_path / MARK, accounts=True)
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        add = app.repository.add_child
        monkeypatch.setattr(app.repository, "add_child", lambda name: add(f"{MARK} {name}"))
        client = TestClient(create_server(app, "unused"), base_url=BASE, raise_server_exceptions=False)
        yield Clinic(client, lambda word: cha(word=WORD + word), wav)


def routes_of(server) -> list[str]:
    from fastapi.routing import iter_route_contexts

    found = [(m, c.path, c.endpoint) for c in iter_route_contexts(server.router.routes) for m in c.methods or ()]
    kept = [f"{m} {path}" for m, path, e in found if path.startswith("/api") and permission_of(e) and m != "HEAD"]
    return sorted(kept, key=lambda route: (route.startswith("DELETE"), route == FORGET))


def ask_everything(clinic: Clinic) -> list[str]:
    """Ask every route as two roles and as nobody, about both children, with a mark wherever one fits."""
    routes = routes_of(clinic.client.app)
    for route in routes:
        for role in (*ASKING, None):
            clinic.ask(route, role, "own")
        clinic.ask(route, Role.THERAPIST, "other")
    secret = clinic.app.accounts.logins.begin(clinic.accounts[Role.THERAPIST])
    headers = {"X-SDC-Request": "1", "Authorization": f"Bearer {secret}"}
    own = clinic.children["own"]["child_id"]
    put = clinic.client.put
    put("/api/uploads", params={"child_id": own, "filename": f"{MARK}.exe"}, content=b"x", headers=headers)
    put("/api/uploads", params={"child_id": own, "filename": f"{MARK}.cha"}, content=f"*CHI: {WORD}", headers=headers)
    post = clinic.client.post
    post("/api/sign-in", json={"name": MARK, "password": WORD}, headers=headers)
    post(f"/api/children/{own}/ask", json={"question": f"Does {MARK} say {WORD}?"}, headers=headers)
    post(f"/api/children/{MARK}/sessions?{WORD}={MARK}", json={MARK: WORD}, headers=headers)
    clinic.client.get(f"/api/children/{own}/search", params={"q": WORD}, headers=headers)
    clinic.client.get(f"/{MARK}/{WORD}?token={MARK}")
    clinic.client.get("/healthz")
    return routes


def test_no_line_holds_a_mark(marked, stream, lines):
    routes = ask_everything(marked)
    found = lines()
    assert len(routes) > 60
    told = {f"{line['method']} {line['route']}" for line in found if line["event"] == "request"}
    assert told >= set(routes)
    text = stream.getvalue().lower()
    assert MARK.lower() not in text
    assert WORD not in text
    assert "clinic.example" not in text, "the name of an account"
    users = {line["user"] for line in found if "user" in line}
    assert users == {marked.accounts[role] for role in ASKING}
    assert all(re.fullmatch(r"[0-9a-f]{16}", line["request"]) for line in found if line["event"] == "request")
    assert {line["level"] for line in found if line.get("route") == "/healthz"} == {"debug"}


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (ZeroDivisionError(f"{MARK} says {WORD}"), 500, "ZeroDivisionError"),
        (InputError("It is broken.", source=f"{MARK}.cha", code="media.broken"), 422, None),
    ],
)
def test_an_error_is_found_by_the_id_that_people_see(marked, stream, lines, monkeypatch, error, status, says):
    def breaks(*_: object, **__: object):
        raise error

    monkeypatch.setattr(marked.app.accounts, "all", breaks)
    answer = marked.ask("GET /api/accounts", Role.ADMIN, "own")
    assert answer.status_code == status
    line = lines()[-1]
    assert (line["event"], line["status"], line["route"]) == ("request", status, "/api/accounts")
    assert line["code"] == answer.json()["code"]
    assert answer.json()["error_id"] == (line["request"] if says else None)
    assert line["level"] == ("error" if says else "info")
    assert MARK not in stream.getvalue()
    assert WORD not in stream.getvalue()


def test_exceptions_are_told_by_class_code_and_place(stream, lines):
    log = logging.getLogger("sdc.somewhere")
    try:
        try:
            raise KeyError(WORD)
        except KeyError as error:
            raise InputError(f"{MARK} broke.", source=f"{MARK}.cha", code="media.broken") from error
    except InputError as error:
        log.exception("session %s is late: %s", "s1", error)
    (line,) = lines()
    assert line["event"] == "session s1 is late: InputError [media.broken]"
    assert line["error"] == ["InputError [media.broken]", "KeyError"]
    assert line["at"][-1].endswith("test_exceptions_are_told_by_class_code_and_place")
    assert MARK not in stream.getvalue()


def test_the_words_of_libraries_are_left_out(stream, lines):
    logging.getLogger("somebody.else").warning("cannot store {'name': '%s'}", MARK)
    logging.getLogger("somebody.else").info("quiet")
    logging.getLogger("sdcx").error(MARK)
    first, second = lines()
    assert (first["logger"], first["level"], second["logger"]) == ("somebody.else", "warning", "sdcx")
    assert "test_request_log" in first["event"]
    assert MARK not in stream.getvalue()


def test_text_for_people():
    stream = io.StringIO()
    handler = set_up_logging("text", "warning", stream)
    try:
        logging.getLogger("sdc.x").warning("the %s is late", "worker", extra={"sdc": {"job": "j1"}})
        logging.getLogger("sdc.x").info("unheard")
    finally:
        logging.getLogger().removeHandler(handler)
    assert re.fullmatch(r"\S+ WARNING the worker is late job=j1\n", stream.getvalue())
