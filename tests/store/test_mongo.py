"""What only MongoDB's driver meets: outages, cut answers, slowness, addresses. The server is a fake."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes import mongo_wire
from fakes.mongo_wire import FakeMongo, fake_mongo
from sdc.errors import ExtraMissingError, SettingsError, StoreError
from sdc.pipeline.doctor import Check, examine
from sdc.pipeline.parts import Outcome
from sdc.pipeline.worker import Workers
from sdc.settings import Settings
from sdc.store.jobs import Job, Jobs
from sdc.store.mongo import Deployment, MongoDocuments

GONE_S = 0.4


@pytest.fixture
def server() -> Iterator[FakeMongo]:
    with fake_mongo() as server:
        yield server


@pytest.fixture
def store(server: FakeMongo) -> Iterator[MongoDocuments]:
    store = MongoDocuments(f"{server.url}/clinic", wait_s=10)
    store.insert_one("things", {"_id": "a", "n": 0})
    yield store
    store.close()


def gone_for_a_moment(server: FakeMongo) -> None:
    server.go_away()
    threading.Timer(GONE_S, server.come_back).start()


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("insert", lambda store: store.insert_one("things", {"_id": "b"})),
        ("update", lambda store: store.find_one_and_update("things", {"_id": "a"}, {"$inc": {"n": 1}})),
        ("find", lambda store: store.find("things", {})),
        ("count", lambda store: store.count("things", {})),
        ("index", lambda store: store.create_index("things", ["n"])),
    ],
)
def test_a_short_outage_is_waited_for(server, store, name, call):
    gone_for_a_moment(server)
    call(store)
    assert not server.away
    assert store.find_one("things", {"_id": "a"})["n"] == (1 if name == "update" else 0)


def test_a_long_outage_is_told(server):
    store = MongoDocuments(f"{server.url}/clinic", wait_s=0.3)
    store.insert_one("things", {"_id": "a"})
    server.go_away()
    began = time.monotonic()
    for call in (lambda: store.find("things", {}), lambda: store.insert_one("things", {"_id": "b"})):
        with pytest.raises(StoreError) as caught:
            call()
        assert caught.value.code == "store.unreachable"
        assert "SDC_DOCUMENTS" in caught.value.hint
    assert time.monotonic() - began < 30  # it ends at all; the limit is a few tenths
    server.come_back()
    store.close()


def test_nobody_there_is_told():
    store = MongoDocuments("mongodb://127.0.0.1:9/clinic", wait_s=0.2)
    with pytest.raises(StoreError) as caught:
        store.find("things", {})
    assert caught.value.code == "store.unreachable"
    store.close()


def test_a_slow_server_is_waited_for_no_longer_than_stated(server):
    store = MongoDocuments(f"{server.url}/clinic", wait_s=0.3)
    store.count("things", {})
    server.delay_s = 0.9
    with pytest.raises(StoreError) as caught:
        store.count("things", {})
    assert caught.value.code == "store.unreachable"
    store.close()


def test_a_write_whose_answer_is_cut_is_done_once(server, store):
    server.drop_reply_to("findAndModify")
    assert store.find_one_and_update("things", {"_id": "a"}, {"$inc": {"n": 1}}) == {"_id": "a", "n": 1}
    server.drop_reply_to("insert")
    store.insert_one("things", {"_id": "b"})
    assert server.drops == []
    assert server.asked.count("findAndModify") == 2  # it came twice, and was done once
    assert store.find("things", {}) == [{"_id": "a", "n": 1}, {"_id": "b"}]


def test_a_reading_that_is_cut_in_its_middle_begins_again(server, store):
    for n in range(mongo_wire.FIRST_BATCH + 20):
        store.insert_one("many", {"_id": f"{n:03}"})
    server.drop_reply_to("getMore")
    assert len(store.find("many", {})) == mongo_wire.FIRST_BATCH + 20
    assert server.drops == []


def test_workers_go_on_after_an_outage(server, store):
    jobs = Jobs(store, lease_s=5)

    def process(job: Job, report) -> Outcome:
        gone_for_a_moment(server)
        report("measuring", 0.5)
        return Outcome(f"s-{job.id}")

    jobs.submit(Job("j1", "c1", "visit.cha", {}))
    with Workers(jobs, process):
        deadline = time.monotonic() + 20
        while jobs.get("j1").state != "done":
            assert time.monotonic() < deadline, jobs.get("j1")
            time.sleep(0.05)
    assert (jobs.get("j1").session_id, jobs.get("j1").attempt) == ("s-j1", 1)


def test_writes_wait_for_the_journals_of_a_majority(server, store):
    store.find_one_and_update("things", {"_id": "a"}, {"$inc": {"n": 1}})
    store.insert_one("things", {"_id": "b"})
    for name in ("insert", "findAndModify"):
        assert server.latest[name]["writeConcern"] == {"w": "majority", "j": True}
        assert "txnNumber" in server.latest[name]


def test_what_answers_is_told(server, store):
    assert store.deployment() == Deployment("fake", 21)
    assert store.deployment().complaint is None
    assert "5.0" in Deployment("rs0", 9).complaint
    assert "no replica set" in Deployment(None, 21).complaint


def test_the_doctor_asks_it(server, tmp_path):
    def documents(url: str) -> Check:
        found = examine(Settings(home=tmp_path, documents=url, store_wait_s=0.3))
        return next(check for check in found if check.name == "documents")

    assert documents(f"{server.url}/clinic") == Check("documents", True, "MongoDB, replica set fake", needed=True)
    assert not documents("mongodb://127.0.0.1:9/clinic").ok
    assert not documents("mongodb://127.0.0.1:9").ok


def test_whole_numbers_are_plain(store):
    store.insert_one("things", {"_id": "b", "n": 2**62, "in": [{"n": 2**40}]})
    found = store.find_one("things", {"_id": "b"})
    assert (type(found["n"]), type(found["in"][0]["n"])) == (int, int)
    store.replace_one("things", {"_id": "b"}, found)


def test_a_document_that_is_too_large_is_told(store):
    with pytest.raises(StoreError) as caught:
        store.insert_one("things", {"_id": "b", "text": "x" * (17 * 1024 * 1024)})
    assert caught.value.code == "store.too-large"


@pytest.mark.parametrize(
    "url",
    ["mongodb://user:pa55@host", "mongodb://user:pa55@host/", "mongodb://user:pa55@host/a/b", "mongodb://:pa55@/x"],
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(url):
    with pytest.raises(SettingsError) as caught:
        MongoDocuments(url)
    assert caught.value.code == "settings.documents"
    assert "pa55" not in str(caught.value)


def test_a_closed_store_says_so(server):
    store = MongoDocuments(f"{server.url}/clinic")
    store.close()
    with pytest.raises(StoreError) as caught:
        store.find("things", {})
    assert caught.value.code == "store.closed"


def test_a_missing_driver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymongo", None)
    with pytest.raises(ExtraMissingError) as caught:
        MongoDocuments("mongodb://host/clinic")
    assert "[mongo]" in caught.value.hint


def test_the_fake_refuses_what_it_does_not_evaluate(server, store):
    store.insert_one("things", {"_id": "list", "tags": ["a"]})
    with pytest.raises(StoreError) as caught:
        store.find("things", {"tags": "a"})
    assert caught.value.code == "store.mongo"


def test_the_fake_runs_by_itself():
    script = Path(mongo_wire.__file__)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip()
        store = MongoDocuments(f"{url}/clinic", wait_s=10)
        store.insert_one("things", {"_id": "a"})
        assert store.count("things", {}) == 1
        store.close()
        process.terminate()
