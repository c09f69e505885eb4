"""A disk that is full: told clearly, nothing is lost, and the work goes on when there is room."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import sdc.app
from sdc.app import App, build_app
from sdc.errors import InputError, StoreError
from sdc.pipeline.archive.exporting import export_archive
from sdc.pipeline.intake import add_paths, order_session
from sdc.pipeline.parts import Given, SessionOrder
from sdc.pipeline.worker import Workers
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

TOKEN, BASE = "one-time-token", "http://127.0.0.1:8765"
DISK_BYTES = 16_000_000
TIMEOUT_S = 30

pytestmark = pytest.mark.embedded  # its file lies on the disk that is full


class SmallDisk:
    """A disk of a few megabytes in memory.

    Attributes
    ----------
    path : Path
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self, *, leave: int = 0) -> None:
        """Fill it up but for so many bytes."""
        self._ballast.touch()
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                file.truncate(self._ballast.stat().st_size - leave)

    def free(self) -> None:
        self._ballast.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A small disk; where this user may not mount one, the test says so."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=700", "tmpfs", str(path)]
    if not hasattr(os, "geteuid") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only a user who may mount a tmpfs can try a full disk")
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


@pytest.fixture
def app(disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    # In the folder that is full, also where other tests' blobs are in S3.
    monkeypatch.setitem(sdc.app.BLOBS, "", sdc.app._in_folder)
    settings = Settings(home=disk.path / "home", job_lease_s=0.5)
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        yield app


@contextmanager
def served(app: App) -> Iterator[TestClient]:
    with TestClient(create_server(app, TOKEN), base_url=BASE, headers={"X-SDC-Request": "1"}) as client:
        assert client.post("/api/login", json={"token": TOKEN}).status_code == 204
        yield client


def is_full(answer) -> bool:
    problem = answer.json()
    assert "Free some space" in problem["hint"]
    return (answer.status_code, problem["code"]) == (507, "store.full")


@pytest.mark.parametrize("room_for_the_spool", [False, True])
def test_an_upload_goes_on_when_there_is_room(app, disk, wav, room_for_the_spool):
    """The spool is full in the middle of a piece; or the whole file has come, and its copy does not fit."""
    data = wav * 20
    with served(app) as client:
        child = client.post("/api/children", json={"name": "Mia"}).json()["id"]
        body = {"child_id": child, "filename": "visit.wav", "size": len(data)}
        path = f"/api/uploads/{client.post('/api/uploads', json=body).json()['id']}"
        disk.fill(leave=len(data) + 500_000 if room_for_the_spool else len(data) // 2)
        assert is_full(client.patch(path, params={"offset": 0}, content=data))
        disk.free()
        offset = client.get(path).json()["offset"]
        assert (offset == len(data)) if room_for_the_spool else (0 < offset < len(data))
        done = client.patch(path, params={"offset": offset}, content=data[offset:]).json()
        upload = app.repository.upload(done["upload"]["id"])
        assert app.blobs.get(upload.key) == data


def test_a_file_in_one_go_is_refused_and_leaves_nothing(app, disk, wav):
    params, data = {"filename": "visit.wav"}, wav * 20
    with served(app) as client:
        params["child_id"] = client.post("/api/children", json={"name": "Mia"}).json()["id"]
        for leave in (0, len(data) // 2, len(data) + 500_000):
            disk.fill(leave=leave)
            assert is_full(client.put("/api/uploads", params=params, content=data))
            disk.free()
            assert not list((disk.path / "home" / "spool").iterdir())
            assert not list(app.blobs.keys())
        assert client.put("/api/uploads", params=params, content=data).status_code == 201


def test_a_job_goes_on_when_there_is_room(app, disk, cha, tmp_path):
    path = tmp_path / "visit.cha"
    path.write_bytes(cha())
    child = app.repository.add_child("Mia")
    upload = app.repository.upload_file(child.id, path)
    job = order_session(app.repository, app.jobs, SessionOrder(child.id, (upload.id,)))
    broke = threading.Event()

    def process(job, report):
        def filling(step: str, fraction: float) -> None:
            if step == "saving" and not broke.is_set():
                disk.fill()
            report(step, fraction)

        try:
            return app.process(job, filling)
        except StoreError as error:
            assert error.code == "store.full"
            broke.set()
            raise

    with Workers(app.jobs, process):
        assert broke.wait(TIMEOUT_S)
        assert app.jobs.get(job.id).is_open
        disk.free()
        deadline = time.monotonic() + TIMEOUT_S
        while app.jobs.get(job.id).is_open:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    done = app.jobs.get(job.id)
    assert (done.state, done.attempt) == ("done", 2), done.error
    assert [e.id for e in app.repository.session_entries(child.id)] == [done.session_id]
    assert len(app.repository.session(done.session_id).session.utterances) == 3


def test_an_edit_is_refused_and_made_when_there_is_room(app, disk, cha, tmp_path):
    path = tmp_path / "visit.cha"
    path.write_bytes(cha())
    (added,) = add_paths(app, [path], "Mia", Given())
    before = app.repository.session(added.entry.id)
    address = f"/api/sessions/{before.entry.id}/utterances/1"
    with served(app) as client:
        disk.fill()
        assert is_full(client.put(address, json={"version": 1, "text": "the cow ran ."}))
        assert app.repository.session(before.entry.id) == before
        disk.free()
        assert client.put(address, json={"version": 1, "text": "the cow ran ."}).json()["version"] == 2


def test_an_archive_is_whole_or_not_there(app, disk, cha, wav, tmp_path):
    for name, data in (("visit.cha", cha()), ("visit.wav", wav * 5)):
        (tmp_path / name).write_bytes(data)
    (added,) = add_paths(app, [tmp_path / "visit.cha"], "Mia", Given())
    assert added.entry.recording is not None
    place = disk.path / "backup"
    place.mkdir()
    children = app.repository.children()
    disk.fill(leave=100_000)
    with pytest.raises(InputError, match="No space left") as caught:
        export_archive(app.documents, app.blobs, place / "all.sdc", children, whole=True)
    assert (caught.value.code, list(place.iterdir())) == ("archive.unwritable", [])
    disk.free()
    done = export_archive(app.documents, app.blobs, place / "all.sdc", children, whole=True)
    assert (done.n_children, done.n_blobs) == (1, 3)
