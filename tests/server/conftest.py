"""A server over a store of its own, and somebody who is signed in to it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sdc.app import App, build_app
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber
from wav import tone

TOKEN = "one-time-token"
BASE = "http://127.0.0.1:8765"
WRITES = {"X-SDC-Request": "1"}
"""What the dashboard sends with every request that changes something."""

LINES = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI Mia Target_Child, MOT Mother",
    "@ID:\teng|sdc|CHI|2;06.00|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
    "@Media:\t{media}, audio",
    "@Date:\t{date}",
    "*MOT:\twhat is that ? \x150_700\x15",
    "*CHI:\t<the do> [//] the dog runned [: ran] . \x15900_2000\x15",
    "*CHI:\t&-um {word} . \x152100_2600\x15",
    "%com:\tsmiles",
    "@End",
)


@pytest.fixture(scope="session")
def cha() -> Callable[..., bytes]:
    """Return a maker of transcripts."""

    def make(date: str = "02-MAR-2026", word: str = "dog", media: str = "visit") -> bytes:
        return ("\n".join(LINES).format(date=date, word=word, media=media) + "\n").encode()

    return make


@pytest.fixture(scope="session")
def wav() -> bytes:
    """Three seconds of a tone at 300 Hz, as a wav file."""
    return tone(3.0)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    words = (RecognisedWord("hello", 0.2, 0.6, 0.9, None), RecognisedWord("dog.", 0.7, 1.2, 0.8, None))
    segments = (RecognisedSegment("hello dog.", 0.2, 1.2, words, None, -0.2, 0.01, 1.1),)
    settings = Settings(home=tmp_path / "home", max_upload_bytes=1_000_000)
    with build_app(settings, transcriber=ScriptedTranscriber(segments)) as app:
        yield app


@pytest.fixture
def anonymous(app: App) -> Iterator[TestClient]:
    """Somebody who is not signed in."""
    with TestClient(create_server(app, TOKEN), base_url=BASE, headers=WRITES) as client:
        yield client


@pytest.fixture
def client(anonymous: TestClient) -> TestClient:
    """Somebody who is signed in."""
    assert anonymous.post("/api/login", json={"token": TOKEN}).status_code == 204
    return anonymous


class Desk:
    """What a therapist does, in short words."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.last_child = ""

    def child(self, name: str = "Mia") -> str:
        self.last_child = self.client.post("/api/children", json={"name": name}).json()["id"]
        return self.last_child

    def upload(self, filename: str, data: bytes, child: str | None = None) -> str:
        """Hand a file in, for the child that was added last if nothing else is said."""
        child = child or self.last_child
        answer = self.client.put("/api/uploads", params={"child_id": child, "filename": filename}, content=data)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def order(self, child: str, *uploads: str, **more: object) -> dict:
        answer = self.client.post(f"/api/children/{child}/sessions", json={"upload_ids": uploads, **more})
        assert answer.status_code == 202, answer.text
        return answer.json()

    def ended(self, job: dict) -> dict:
        deadline = time.monotonic() + 30
        while job["state"] in ("queued", "running"):
            assert time.monotonic() < deadline, job
            time.sleep(0.02)
            job = self.client.get(f"/api/jobs/{job['id']}").json()
        return job

    def session(self, child: str, *uploads: str, **more: object) -> dict:
        job = self.ended(self.order(child, *uploads, **more))
        assert job["state"] == "done", job
        return self.client.get(f"/api/sessions/{job['session_id']}").json()


@pytest.fixture
def desk(client: TestClient) -> Desk:
    return Desk(client)
