"""A corpus through real processes: some crash, hang or are killed, and the rest is done."""

import threading

import pytest

from fakes import poisoned_worker
from sdc.app import build_app
from sdc.errors import EngineError
from sdc.scale.batch import Batch
from sdc.scale.corpus import Corpus
from sdc.scale.pool import Plan
from sdc.store import jobs as job_table


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(job_table, "BACK_OFF_MS", 10)


@pytest.fixture
def batch(tmp_path, app, settings):
    def make(work, count=2, limit_s=120.0, stop=None):
        corpus = Corpus((tmp_path / "corpus",))
        return Batch(corpus, app.jobs, Plan(settings, build_app, work, count, limit_s), stop or threading.Event())

    return make


@pytest.fixture
def poison(cha, tone):
    """Put a transcript with a poisoned recording into the corpus."""

    def put(name: str, poison: bytes) -> None:
        path = cha(f"ann/{name}.cha", line=f"a {name}", media=name)
        path.with_suffix(".wav").write_bytes(tone + b"\0" + poison)

    return put


def taken(settings):
    return (settings.home / "taken").read_bytes().split(b"\n")[:-1]


def told(done):
    return {failure["source"]: failure["code"] for failure in done.failures}


def test_a_crash_is_isolated_tried_again_and_given_up(batch, poison, cha, app, settings):
    poison("bad", poisoned_worker.CRASH)
    poison("unlucky", poisoned_worker.CRASH_ONCE)
    for number in range(4):
        cha(f"bob/visit{number}.cha", line=f"a cat{'s' * number}")
    records = []
    done = batch(poisoned_worker.work).run(records.append)
    assert (done.n_made, done.n_known, done.n_failed, done.is_whole) == (5, 0, 1, True)
    assert told(done) == {"ann/bad.cha": "batch.worker-died"}
    assert "SIGSEGV" in done.failures[0]["message"]
    assert len(records) == 6
    times = taken(settings)
    assert [times.count(word) for word in (b"crash", b"crash once")] == [3, 2]
    jobs = {job.source: (job.state, job.attempt) for job in app.jobs.all()}
    assert jobs["bad.cha + bad.wav"] == ("failed", 3)
    assert jobs["unlucky.cha + unlucky.wav"] == ("done", 2)
    assert app.jobs.n_open() == 0
    again = batch(poisoned_worker.work).run(lambda record: None)
    assert (again.n_made, again.n_known, again.n_failed) == (0, 5, 1)
    assert taken(settings) == times


def test_what_does_not_end_is_ended(batch, poison, cha, settings, monkeypatch):
    monkeypatch.setattr(job_table, "MAX_ATTEMPTS", 2)
    poison("bad", poisoned_worker.ENDLESS)
    done = batch(poisoned_worker.work, count=1, limit_s=4.0).run(lambda record: None)
    assert told(done) == {"ann/bad.cha": "batch.too-long"}
    assert "4 s" in done.failures[0]["message"]
    assert taken(settings) == [b"endless"] * 2


def test_a_worker_that_dies_before_there_is_a_job(batch, cha, app):
    cha("ann/visit.cha")
    done = batch(poisoned_worker.die_when_admitting, count=1).run(lambda record: None)
    assert told(done) == {"ann/visit.cha": "batch.worker-died"}
    assert "SIGKILL" in done.failures[0]["message"]
    assert "fewer --workers" in done.failures[0]["hint"]
    assert app.jobs.all() == []


def test_workers_that_cannot_begin_end_the_run(batch, cha):
    cha("ann/visit.cha")
    with pytest.raises(EngineError, match="before they have begun"):
        batch(poisoned_worker.die_at_once, count=1).run(lambda record: None)


def test_a_stop_ends_what_hangs_and_gives_its_job_back(batch, poison, app, settings, monkeypatch):
    monkeypatch.setattr("sdc.scale.batch.GRACE_S", 0.5)
    poison("bad", poisoned_worker.ENDLESS)
    stop = threading.Event()

    def watch() -> None:
        while not (settings.home / "taken").exists():
            stop.wait(0.05)
        stop.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    done = batch(poisoned_worker.work, count=1, stop=stop).run(lambda record: None)
    watcher.join()
    assert (done.is_whole, done.n_failed) == (False, 0)
    assert [(job.state, job.attempt) for job in app.jobs.all()] == [("queued", 0)]
