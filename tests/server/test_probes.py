"""Health, readiness and metrics: what machines ask."""

import threading
import time
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from sdc.errors import StoreError
from sdc.server.readiness import QUEUE, Readiness
from sdc.server.server import create_server
from sdc.store.jobs import Job, Queue

HERE = ("127.0.0.1", 50_000)
ELSEWHERE = ("192.0.2.7", 50_000)


@pytest.fixture
def local(app):
    """Somebody on the same machine, not signed in."""
    with TestClient(create_server(app, "token"), base_url="http://127.0.0.1:8765", client=HERE) as client:
        yield client


def value(text: str, series: str) -> float | None:
    found = [line for line in text.splitlines() if line.startswith(series + " ")]
    return float(found[0].rpartition(" ")[2]) if found else None


def test_nobody_needs_to_sign_in_or_to_know_the_name(local):
    assert (local.get("/healthz").status_code, local.get("/healthz").text) == (200, "ok\n")
    ready = local.get("/readyz", headers={"Host": "10.1.2.3:8765"})
    assert ready.status_code == 200
    assert ready.json() == {
        "status": "ready",
        "parts": {"documents": "ready", "blobs": "ready", "worker": "ready"},
    }
    assert local.get("/api/health", headers={"Host": "10.1.2.3:8765"}).status_code == 400


def test_no_worker_is_not_ready(app):
    server = create_server(app, "token")  # whose lifespan has not begun
    ready = TestClient(server, base_url="http://127.0.0.1:8765").get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["worker"]) == (503, "worker.none")


def test_a_store_that_fails_is_named_without_its_words(local, app, monkeypatch):
    def away(*_: object, **__: object):
        raise StoreError("mongodb://sdc:pa55@db does not answer", code="store.unreachable")

    monkeypatch.setattr(app.documents, "find_one", away)
    monkeypatch.setattr(app.blobs, "keys", lambda prefix: 1 / 0)
    ready = local.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (503, "not ready")
    assert ready.json()["parts"] == {"documents": "store.unreachable", "blobs": "ZeroDivisionError", "worker": "ready"}
    assert local.get("/healthz").status_code == 200


def test_a_part_that_hangs_is_asked_once_and_waited_for_briefly():
    go, n_asked = threading.Event(), []

    def hangs() -> None:
        n_asked.append(1)
        go.wait(30)

    readiness = Readiness({"documents": hangs, "blobs": lambda: None, QUEUE: hangs}, limit_s=0.05, keep_s=0)
    for _ in range(3):
        seen = readiness.look()
        assert seen.troubles == {"documents": "no answer within 0.05 s", "blobs": None}
        assert seen.queue is None
        time.sleep(0.001)
    assert len(n_asked) == 2
    go.set()
    deadline = time.monotonic() + 20
    while not (seen := readiness.look()).is_ready:
        assert time.monotonic() < deadline, seen


def test_an_answer_is_kept_for_a_moment():
    n_asked = []
    readiness = Readiness({"blobs": lambda: n_asked.append(1), QUEUE: lambda: Queue({}, 0.0)}, keep_s=60)
    assert readiness.look() is readiness.look()
    assert n_asked == [1]


def test_the_metrics_count_by_route_and_hold_no_id(desk, app, cha):
    child = desk.child("Zaphira")
    upload = desk.upload("zaphira-at-home.cha", cha(word="quokka"))
    session = desk.session(child, upload)
    desk.client.get(f"/api/sessions/{session['id']}", params={"q": "quokka"})
    desk.client.get("/api/zaphira")
    desk.client.request("ZAPHIRA", "/api/children")
    app.jobs.submit(Job("j1", child, "zaphira.cha", {}, not_before=2**50))  # which no worker takes
    with TestClient(desk.client.app, base_url="http://127.0.0.1:8765", client=HERE) as local:
        text = local.get("/metrics").text
    route = 'route="/api/sessions/{session_id}"'
    assert value(text, f'sdc_http_requests_total{{method="GET",{route},status="200"}}') == 2
    assert value(text, f'sdc_http_request_seconds_count{{method="GET",{route}}}') == 2
    assert value(text, "sdc_upload_bytes_total") == len(cha(word="quokka"))
    assert value(text, 'sdc_jobs{state="done"}') == 1
    assert value(text, 'sdc_jobs{state="queued"}') == 1
    assert value(text, "sdc_job_oldest_waiting_seconds") >= 0
    assert value(text, 'sdc_job_step_seconds_count{step="measuring"}') == 1
    assert value(text, 'sdc_job_runs_total{ended="done"}') == 1
    assert value(text, 'sdc_ready{part="documents"}') == 1
    assert value(text, "sdc_home_free_bytes") > 0
    assert value(text, 'sdc_http_requests_total{method="other",route="/api/children",status="405"}') == 1
    for word in ("zaphira", "quokka", child, upload, session["id"], "j1"):
        assert word not in text.lower()


def test_a_store_that_fails_leaves_its_numbers_out(local, app):
    app.documents.close()
    text = local.get("/metrics").text
    assert value(text, 'sdc_ready{part="documents"}') == 0
    assert "sdc_jobs{" not in text


def test_who_may_read_the_metrics(app):
    for settings, client, headers, status in (
        ({}, HERE, {}, 200),
        ({}, HERE, {"Host": "page.of.another.site"}, 403),
        ({}, ELSEWHERE, {}, 403),
        ({"behind_proxy": True}, HERE, {}, 403),
        ({"metrics_token": "t0ken"}, HERE, {}, 403),
        ({"metrics_token": "t0ken"}, HERE, {"Authorization": "Bearer t0kem"}, 403),
        ({"metrics_token": "t0ken"}, ELSEWHERE, {"Authorization": "Bearer t0ken", "Host": "app:8765"}, 200),
    ):
        server = create_server(replace(app, settings=replace(app.settings, **settings)), "token")
        answer = TestClient(server, base_url="http://127.0.0.1:8765", client=client).get("/metrics", headers=headers)
        assert answer.status_code == status, (settings, client, headers)
        assert ("sdc_info" in answer.text) == (status == 200)
