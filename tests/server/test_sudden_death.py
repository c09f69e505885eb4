"""Kill -9 at any moment: what was acknowledged is there, the job finishes, no session twice."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

SERVER = Path(__file__).with_name("slow_server.py")
TIMEOUT_S = 60


def wait_for(condition, what: str) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < deadline, f"waited too long for {what}"
        time.sleep(0.05)


class Machine:
    """A store's folder and the server process over it, which dies and starts again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._starts = 0
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def running(self, stop_at: str = "-") -> Iterator[httpx.Client]:
        self._starts += 1
        address, self._stopped = (self._folder / f"{name}-{self._starts}" for name in ("address", "stopped"))
        arguments = [str(self._folder / "home"), str(address), stop_at, str(self._stopped)]
        log = (self._folder / f"log-{self._starts}").open("wb")
        with log:
            self._process = subprocess.Popen([sys.executable, str(SERVER), *arguments], stdout=log, stderr=log)
        wait_for(lambda: address.exists() or self._process.poll() is not None, "the server")
        assert self._process.poll() is None, (self._folder / f"log-{self._starts}").read_text()
        url = urlsplit(address.read_text())
        writes = {"X-SDC-Request": "1"}
        with httpx.Client(base_url=f"http://{url.netloc}", headers=writes, timeout=20) as client:
            token = parse_qs(url.query)["token"][0]
            assert client.post("/api/login", json={"token": token}).status_code == 204
            yield client

    def wait_until_stopped(self) -> None:
        wait_for(self._stopped.exists, "the step")

    def kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def interrupt(self) -> int:
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(TIMEOUT_S)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.kill()


def order(client: httpx.Client, child: str, uploads: list[str]) -> str:
    answer = client.post(f"/api/children/{child}/sessions", json={"upload_ids": uploads})
    assert answer.status_code == 202, answer.text
    return answer.json()["id"]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("deaths", [("reading", "saving"), ("measuring", "after-saving")])
def test_a_job_survives(machine: Machine, cha, wav, deaths):
    with machine.running(stop_at=deaths[0]) as client:
        child = client.post("/api/children", json={"name": "Mia"}).json()["id"]
        uploads = [
            client.put("/api/uploads", params={"child_id": child, "filename": name}, content=data).json()["id"]
            for name, data in (("visit.cha", cha()), ("visit.wav", wav))
        ]
        job = order(client, child, uploads)
        machine.wait_until_stopped()
        machine.kill()
    with machine.running(stop_at=deaths[1]) as client:
        machine.wait_until_stopped()
        assert client.get(f"/api/jobs/{job}").json()["attempt"] == 2
        machine.kill()
    with machine.running() as client:
        wait_for(lambda: client.get(f"/api/jobs/{job}").json()["state"] in ("done", "failed"), "the job")
        done = client.get(f"/api/jobs/{job}").json()
        assert (done["state"], done["attempt"]) == ("done", 3), done
        sessions = client.get(f"/api/children/{child}/sessions").json()
        assert [s["id"] for s in sessions] == [done["session_id"]]
        whole = client.get(f"/api/sessions/{done['session_id']}").json()
        assert whole["n_utterances"] == len(whole["utterances"]) == 3
        assert client.get(whole["media_url"]).content == wav
        assert client.get(f"/api/sessions/{done['session_id']}/tracks").status_code == 200
        assert client.get(f"/api/children/{child}").json()["n_jobs_open"] == 0


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_upload_goes_on_where_the_death_of_the_server_cut_it_off(machine: Machine, wav):
    data = wav * 40
    with machine.running() as client:
        child = client.post("/api/children", json={"name": "Mia"}).json()["id"]
        body = {"child_id": child, "filename": "visit.wav", "size": len(data)}
        path = f"/api/uploads/{client.post('/api/uploads', json=body).json()['id']}"
        acknowledged = client.patch(path, params={"offset": 0}, content=data[:50_000]).json()["offset"]

        def killed_on_the_way() -> Iterator[bytes]:
            yield data[50_000:2_500_000]
            wait_for(lambda: client.get(path).json()["offset"] > 1_000_000, "the first bytes of the piece")
            machine.kill()
            yield data[2_500_000:]

        with pytest.raises(httpx.TransportError):
            client.patch(path, params={"offset": acknowledged}, content=killed_on_the_way())
    with machine.running() as client:
        offset = client.get(path).json()["offset"]
        assert acknowledged < 1_000_000 < offset < len(data)
        wanted = hashlib.sha256(data).hexdigest()
        done = client.patch(path, params={"offset": offset, "sha256": wanted}, content=data[offset:]).json()
        assert done["upload"]["sha256"] == wanted
        assert machine.interrupt() == 0


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_acknowledged_upload_survives(machine: Machine, cha):
    with machine.running() as client:
        child = client.post("/api/children", json={"name": "Mia"}).json()["id"]
        upload = client.put("/api/uploads", params={"child_id": child, "filename": "visit.cha"}, content=cha()).json()[
            "id"
        ]
        machine.kill()
    with machine.running() as client:
        job = order(client, child, [upload])
        wait_for(lambda: client.get(f"/api/jobs/{job}").json()["state"] == "done", "the job")
        assert machine.interrupt() == 0
