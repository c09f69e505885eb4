"""Worker processes are killed at random moments: no job is lost, no session doubled, none half there."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fakes.mongo_wire import fake_mongo
from sdc.app import App, build_app
from sdc.pipeline.intake import order_session
from sdc.pipeline.parts import Given, SessionOrder
from sdc.pipeline.worker import Workers
from sdc.settings import Settings

SCRIPT = Path(__file__).with_name("worker_process.py")
N_JOBS = 30
ROUNDS = 2
TIMEOUT_S = 60


@contextmanager
def nothing() -> Iterator[None]:
    yield None


@pytest.fixture(params=["sqlite", "wire"])
def settings(request, tmp_path) -> Iterator[Settings]:
    with fake_mongo() if request.param == "wire" else nothing() as server:
        # Where all stores of the tests are on the wire, the embedded one is too.
        url = f"{server.url}/clinic" if server else os.environ.get("SDC_DOCUMENTS", "")
        yield Settings(home=tmp_path / "home", documents=url, job_lease_s=0.5)


def order(app: App, child_id: str, path: Path) -> str:
    upload = app.repository.upload_file(child_id, path)
    return order_session(app.repository, app.jobs, SessionOrder(child_id, (upload.id,), Given())).id


def kill_two(settings: Settings, moments: random.Random) -> None:
    """Let two workers work at once until each is killed, between two writes or in one."""
    command = [sys.executable, str(SCRIPT), str(settings.home), settings.documents]
    dooms = [(str(moments.randint(2, 60)), str(moments.uniform(0, 0.01))) for _ in range(2)]
    workers = [subprocess.Popen([*command, *doom]) for doom in dooms]
    assert [worker.wait(TIMEOUT_S) for worker in workers] == [-signal.SIGKILL] * 2


def test_kills_lose_no_job_and_double_no_session(settings, tmp_path, cha):
    moments = random.Random(5)
    with build_app(settings) as app:
        child = app.repository.add_child("Mia")
        for number in range(N_JOBS):
            path = tmp_path / f"visit{number}.cha"
            path.write_bytes(cha(line=f"cat{'s' * number}"))
            order(app, child.id, path)
        left = [N_JOBS]
        for _ in range(ROUNDS):
            kill_two(settings, moments)
            left.append(app.jobs.n_open(child.id))
        assert left[0] > left[-1] > 0  # they did something, and were killed before the end
        finish(app, child.id)
        check(app, child.id)


def finish(app: App, child_id: str) -> None:
    """Let a worker that nobody kills do the rest; what killed three workers is tried again by hand."""
    deadline = time.monotonic() + TIMEOUT_S
    with Workers(app.jobs, app.process):
        while app.jobs.n_open(child_id):
            assert time.monotonic() < deadline, app.jobs.of_child(child_id)
            time.sleep(0.05)
            for job in app.jobs.all(state="failed"):
                assert job.error["code"] == "job.cut-off"
                app.jobs.retry(job.id)


def check(app: App, child_id: str) -> None:
    jobs = app.jobs.of_child(child_id)
    assert [job.state for job in jobs] == ["done"] * N_JOBS
    entries = app.repository.session_entries(child_id)
    assert sorted(entry.id for entry in entries) == sorted(job.session_id for job in jobs)
    assert sorted(entry.source for entry in entries) == sorted(f"visit{n}.cha" for n in range(N_JOBS))
    for entry in entries:
        assert len(app.repository.session(entry.id).session.utterances) == 3
