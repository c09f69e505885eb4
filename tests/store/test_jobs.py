"""Jobs: claimed once, taken over after silence, finished only by their owner."""

import threading

import pytest

from document_stores import ATOMIC
from sdc.errors import ConflictError, InputError, NotFoundError, SDCError
from sdc.store import jobs as jobs_module
from sdc.store.jobs import Job, Jobs, LeaseLostError


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""
    now = [1_000_000]
    monkeypatch.setattr(jobs_module, "now_ms", lambda: now[0])

    def forward(seconds):
        now[0] += round(seconds * 1000)

    return forward


@pytest.fixture
def jobs(documents):
    return Jobs(documents, lease_s=10)


def make(identity="j1", child="c1"):
    return Job(identity, child, f"{identity}.cha", {"child_id": child, "upload_ids": ["u1"]})


def test_a_job_goes_its_way(jobs, clock):
    queued = jobs.submit(make())
    assert (queued.state, queued.attempt, queued.progress) == ("queued", 0, 0.0)
    claimed = jobs.claim("w1")
    assert (claimed.id, claimed.state, claimed.attempt, claimed.owner) == ("j1", "running", 1, "w1")
    assert jobs.claim("w2") is None
    jobs.beat(claimed, step="measuring", progress=0.5)
    assert (jobs.get("j1").step, jobs.get("j1").progress) == ("measuring", 0.5)
    done = jobs.finish(claimed, session_id="s1", notes=["a note"], failures=[InputError("bad", source="x.mp3")])
    assert (done.state, done.progress, done.session_id, done.notes) == ("done", 1.0, "s1", ("a note",))
    assert done.failures[0]["source"] == "x.mp3"
    assert jobs.claim("w2") is None


def test_oldest_first(jobs, clock):
    for name in ("j3", "j1", "j2"):
        jobs.submit(make(name))
        clock(1)
    assert [jobs.claim("w").id for _ in range(3)] == ["j3", "j1", "j2"]


def test_a_silent_worker_loses_its_job(jobs, clock):
    jobs.submit(make())
    first = jobs.claim("w1")
    clock(9)
    assert jobs.claim("w2") is None
    clock(2)
    second = jobs.claim("w2")
    assert (second.owner, second.attempt) == ("w2", 2)
    for late in (
        lambda: jobs.beat(first),
        lambda: jobs.finish(first, session_id="s"),
        lambda: jobs.fail(first, InputError("x")),
        lambda: jobs.put_back(first),
    ):
        with pytest.raises(LeaseLostError):
            late()
    assert jobs.finish(second, session_id="s").state == "done"


def test_a_worker_that_lost_its_job_and_got_it_again_is_another_attempt(jobs, clock):
    jobs.submit(make())
    first = jobs.claim("w1")
    clock(11)
    assert jobs.claim("w1").attempt == 2
    with pytest.raises(LeaseLostError):
        jobs.finish(first, session_id="s")


def test_a_beating_worker_keeps_its_job(jobs, clock):
    jobs.submit(make())
    job = jobs.claim("w1")
    for _ in range(5):
        clock(9)
        jobs.beat(job)
        assert jobs.claim("w2") is None


def test_a_crash_is_tried_again_with_pauses_then_fails(jobs, clock):
    jobs.submit(make())
    crash = SDCError("broke", code="job.crashed")
    for pause in (2, 4):
        assert jobs.put_back(jobs.claim("w"), crashed=crash).state == "queued"
        clock(pause - 1)
        assert jobs.claim("w") is None
        clock(1)
    last = jobs.put_back(jobs.claim("w"), crashed=crash)
    assert (last.state, last.error["code"], last.attempt) == ("failed", "job.crashed", 3)


def test_a_job_that_kills_its_workers_is_given_up(jobs, clock):
    jobs.submit(make())
    for attempt in (1, 2, 3):
        assert jobs.claim("w").attempt == attempt
        clock(11)
    assert jobs.claim("w") is None
    assert (jobs.get("j1").state, jobs.get("j1").error["code"]) == ("failed", "job.cut-off")


def test_a_stopped_worker_gives_its_job_back_uncounted(jobs, clock):
    jobs.submit(make())
    for _ in range(5):
        job = jobs.claim("w")
        assert job.attempt == 1
        jobs.put_back(job)


def test_the_same_order_twice_is_one_job(jobs, clock):
    jobs.submit(make())
    claimed = jobs.claim("w1")
    assert jobs.submit(make()).owner == "w1"
    jobs.finish(claimed, session_id="s1")
    again = jobs.submit(make())
    assert (again.state, again.attempt, again.session_id) == ("queued", 0, None)
    assert len(jobs.of_child("c1")) == 1


def test_a_job_can_be_claimed_as_it_is_ordered(jobs, clock):
    job = jobs.submit(make(), owner="me")
    assert (job.state, job.owner, job.attempt) == ("running", "me", 1)
    assert jobs.claim("other") is None
    clock(11)
    assert jobs.claim_this("j1", "other").attempt == 2


def test_only_a_failed_job_is_tried_again(jobs, clock):
    jobs.submit(make())
    with pytest.raises(ConflictError):
        jobs.retry("j1")
    jobs.fail(jobs.claim("w"), InputError("bad", code="chat.unreadable", line=3))
    assert jobs.get("j1").error == {
        "source": None,
        "line": 3,
        "code": "chat.unreadable",
        "message": "bad",
        "hint": None,
    }
    assert jobs.retry("j1").state == "queued"
    assert jobs.claim("w").attempt == 1
    with pytest.raises(NotFoundError):
        jobs.retry("none")


def test_lists_of_a_child(jobs, clock):
    for name, child in (("j1", "c1"), ("j2", "c2"), ("j3", "c1")):
        jobs.submit(make(name, child))
        clock(1)
    assert [job.id for job in jobs.of_child("c1")] == ["j3", "j1"]
    assert jobs.n_open("c1") == 2
    assert jobs.n_open_of(["c1", "c3"]) == {"c1": 2}
    jobs.finish(jobs.claim("w"), session_id="s")
    assert jobs.n_open("c1") == 1
    assert jobs.n_open_of(["c1", "c2"]) == {"c1": 1, "c2": 1}


@pytest.mark.parametrize("documents", ATOMIC, indirect=True)
def test_many_workers_claim_each_job_once(jobs):
    names = [f"j{n}" for n in range(60)]
    for name in names:
        jobs.submit(make(name))
    claimed: list[str] = []

    def work(owner):
        while (job := jobs.claim(owner)) is not None:
            claimed.append(job.id)
            jobs.finish(job, session_id="s")

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(names)
