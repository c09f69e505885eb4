"""The document store is gone for a while, the blob store answers 503: told, nothing lost, the work goes on."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from fakes.mongo_wire import FakeMongo, fake_mongo
from fakes.s3_faults import Fault, FaultyProxy
from fakes.s3_server import KEY_ID, REGION, SECRET, FakeS3
from sdc.app import App, build_app
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

TOKEN, BASE = "one-time-token", "http://127.0.0.1:8765"
QUESTION = {"question": "How long are Mia's utterances?"}
OUTAGE_S = float(os.environ.get("SDC_TEST_OUTAGE_S", "0.6"))
"""Ten seconds were tried, too; nobody wants to wait for them each time."""
TIMEOUT_S = 30


@contextmanager
def served(settings: Settings) -> Iterator[TestClient]:
    """A server that works on jobs, and a therapist who is signed in to it."""
    with (
        build_app(settings, transcriber=ScriptedTranscriber(())) as app,
        TestClient(create_server(app, TOKEN), base_url=BASE, headers={"X-SDC-Request": "1"}) as client,
    ):
        assert client.post("/api/login", json={"token": TOKEN}).status_code == 204
        yield client


def app_of(client: TestClient) -> App:
    return client.app.state.sdc


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < deadline, f"waited too long for {what}"
        time.sleep(0.02)


def new_child(client: TestClient, name: str = "Mia") -> str:
    return client.post("/api/children", json={"name": name}).json()["id"]


def put(client: TestClient, child: str, filename: str, data: bytes):
    return client.put("/api/uploads", params={"child_id": child, "filename": filename}, content=data)


def ordered(client: TestClient, child: str, *files: tuple[str, bytes]) -> str:
    uploads = [put(client, child, name, data).json()["id"] for name, data in files]
    answer = client.post(f"/api/children/{child}/sessions", json={"upload_ids": uploads})
    assert answer.status_code == 202, answer.text
    return answer.json()["id"]


def ended(client: TestClient, job: str) -> dict:
    until(lambda: not app_of(client).jobs.get(job).is_open, "the job")
    return client.get(f"/api/jobs/{job}").json()


def session_of(client: TestClient, child: str, *files: tuple[str, bytes]) -> str:
    job = ended(client, ordered(client, child, *files))
    assert job["state"] == "done", job
    return job["session_id"]


# The document store


@pytest.fixture
def mongo() -> Iterator[FakeMongo]:
    with fake_mongo() as server:
        yield server


@contextmanager
def gone(mongo: FakeMongo, seconds: float = OUTAGE_S) -> Iterator[None]:
    """Let the store be gone when the block begins, and come back by itself."""
    mongo.go_away()
    timer = threading.Timer(seconds, mongo.come_back)
    timer.start()
    try:
        yield
    finally:
        timer.join()


def on_the_wire(mongo: FakeMongo, home: Path, wait_s: float) -> Settings:
    return Settings(home=home, documents=f"{mongo.url}/clinic", store_wait_s=wait_s, job_lease_s=1.0)


def test_a_short_outage_is_not_noticed(mongo, tmp_path, cha):
    with served(on_the_wire(mongo, tmp_path / "home", 15)) as client:
        child = new_child(client)
        session = session_of(client, child, ("visit.cha", cha()))
        with gone(mongo):
            assert put(client, child, "next.cha", cha(word="cow")).status_code == 201
        with gone(mongo):
            answer = client.post(f"/api/children/{child}/ask", json=QUESTION)
            assert answer.status_code == 200, answer.text
        with gone(mongo):
            edited = client.put(f"/api/sessions/{session}/utterances/1", json={"version": 1, "text": "the cow ran ."})
            assert edited.json()["version"] == 2, edited.text


def test_a_job_outlives_an_outage(mongo, tmp_path, cha, wav):
    """The store goes while a session is measured, and comes back before the waiting ends."""
    with served(on_the_wire(mongo, tmp_path / "home", 15)) as client:
        child = new_child(client)
        job = ordered(client, child, ("visit.cha", cha()), ("visit.wav", wav))
        until(lambda: app_of(client).jobs.get(job).attempt == 1, "the worker")
        with gone(mongo):
            pass
        done = ended(client, job)
        assert done["state"] == "done", done
        assert [s["id"] for s in client.get(f"/api/children/{child}/sessions").json()] == [done["session_id"]]


def test_an_outage_that_lasts_is_told_and_everything_goes_on_afterwards(mongo, tmp_path, cha):
    with served(on_the_wire(mongo, tmp_path / "home", 0.6)) as client:
        child = new_child(client)
        session = session_of(client, child, ("visit.cha", cha()))
        data = cha(word="cow")
        body = {"child_id": child, "filename": "next.cha", "size": len(data)}
        upload = f"/api/uploads/{client.post('/api/uploads', json=body).json()['id']}"
        job = ordered(client, child, ("other.cha", cha(word="hen")))
        mongo.go_away()
        for ask in (
            lambda: client.patch(upload, params={"offset": 0}, content=data),
            lambda: client.post(f"/api/children/{child}/ask", json=QUESTION),
            lambda: client.put(f"/api/sessions/{session}/utterances/1", json={"version": 1, "text": "the cow ran ."}),
        ):
            problem = ask()
            assert (problem.status_code, problem.json()["code"]) == (503, "store.unreachable"), problem.text
            assert "tried again" in problem.json()["hint"]
        mongo.come_back()
        # The driver looks for a lost server twice a second at most.
        until(lambda: client.get(f"/api/children/{child}").status_code == 200, "the store")
        assert client.patch(upload, params={"offset": 0}, content=data).json()["upload"]["size"] == len(data)
        assert client.post(f"/api/children/{child}/ask", json=QUESTION).status_code == 200
        edited = client.put(f"/api/sessions/{session}/utterances/1", json={"version": 1, "text": "the cow ran ."})
        assert edited.json()["version"] == 2
        assert ended(client, job)["state"] == "done"
        assert len(client.get(f"/api/children/{child}/sessions").json()) == 2


# The blob store


@pytest.fixture
def proxy(s3: FakeS3) -> Iterator[FaultyProxy]:
    with FaultyProxy(s3.url).running() as proxy:
        yield proxy


@pytest.fixture
def in_s3(s3: FakeS3, proxy: FaultyProxy, tmp_path: Path) -> Settings:
    place = f"s3://{s3.new_bucket()}/clinic"
    keys = {"s3_endpoint": proxy.url, "s3_region": REGION, "s3_key_id": KEY_ID, "s3_secret": SECRET}
    return Settings(home=tmp_path / "home", blobs=place, store_wait_s=0.5, job_lease_s=1.0, **keys)


def test_a_busy_blob_store_is_asked_again(in_s3, proxy, cha, wav):
    with served(in_s3) as client:
        child = new_child(client)
        proxy.faults.extend([Fault("503", "PUT"), Fault("503", "GET")])
        session = session_of(client, child, ("visit.cha", cha()), ("visit.wav", wav))
        assert not proxy.faults
        assert client.get(f"/api/sessions/{session}/media").content == wav


def test_a_blob_store_that_stays_busy_keeps_an_upload_waiting(in_s3, proxy, wav):
    """What has come stays in the spool; it is handed on when the blob store is back."""
    with served(in_s3) as client:
        child = new_child(client)
        body = {"child_id": child, "filename": "visit.wav", "size": len(wav)}
        path = f"/api/uploads/{client.post('/api/uploads', json=body).json()['id']}"
        proxy.always = Fault("503")
        problem = client.patch(path, params={"offset": 0}, content=wav)
        assert (problem.status_code, problem.json()["code"]) == (503, "store.unreachable"), problem.text
        assert put(client, child, "other.wav", wav).status_code == 503
        assert client.get(path).json()["offset"] == len(wav)
        proxy.always = None
        done = client.patch(path, params={"offset": len(wav)}, content=b"").json()
        key = app_of(client).repository.upload(done["upload"]["id"]).key
        assert app_of(client).blobs.get(key) == wav


def test_a_job_is_tried_again_when_the_blob_store_is_back(in_s3, proxy, cha, wav):
    with served(in_s3) as client:
        child = new_child(client)
        uploads = [put(client, child, n, d).json()["id"] for n, d in (("visit.cha", cha()), ("visit.wav", wav))]
        proxy.always = Fault("503")
        answer = client.post(f"/api/children/{child}/sessions", json={"upload_ids": uploads})
        jobs = app_of(client).jobs
        until(lambda: jobs.get(answer.json()["id"]).error is not None, "the first attempt")
        waiting = jobs.get(answer.json()["id"])
        assert (waiting.state, waiting.error["code"]) == ("queued", "job.crashed")
        assert "answers with 503" in waiting.error["message"]
        proxy.always = None
        done = ended(client, answer.json()["id"])
        assert done["state"] == "done", done
        assert client.get(f"/api/sessions/{done['session_id']}/media").content == wav


def test_a_recording_that_cannot_be_fetched_now_is_told(in_s3, proxy, cha, wav):
    with served(in_s3) as client:
        session = session_of(client, new_child(client), ("visit.cha", cha()), ("visit.wav", wav))
        proxy.always = Fault("503")
        assert client.get(f"/api/sessions/{session}").status_code == 200  # the words need no blob
        problem = client.get(f"/api/sessions/{session}/media")
        assert (problem.status_code, problem.json()["code"]) == (503, "store.unreachable"), problem.text
        proxy.always = None
        assert client.get(f"/api/sessions/{session}/media").content == wav
