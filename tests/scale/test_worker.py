"""A worker process: what it writes to the log of a session that broke off."""

import io
import logging
import threading
from multiprocessing import Pipe

import pytest

from sdc.pipeline.log_lines import set_up_logging
from sdc.pipeline.pairs import Pair
from sdc.scale import worker
from sdc.scale.task import Task


@pytest.fixture
def written():
    """The log of a worker, as `work` sets it up."""
    stream = io.StringIO()
    handler = set_up_logging("text", "warning", stream)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("step", ["admit", "carry_out"])
def test_a_session_that_broke_is_told_by_its_job_not_by_its_name(app, cha, monkeypatch, written, step):
    def broken(*_):
        raise ValueError("Sarah said ball")

    monkeypatch.setattr(worker, step, broken)
    ours, theirs = Pipe()
    task = Task(Pair(cha("Sarah/visit.cha"), None, "Sarah/visit.cha"), "Sarah")
    record = worker._done(theirs, app, task, "me", threading.Event())
    assert (record.state, record.failures[0]["source"]) == ("failed", "Sarah/visit.cha")  # to whoever asked
    job = "(not made yet)" if step == "admit" else ours.recv().job_id
    (line,) = written.getvalue().splitlines()
    assert f"job {job} broke [batch.crashed] error=ValueError at=sdc/scale/worker.py:" in line
    assert not {"Sarah", "visit", "ball"} & set(line.replace("/", " ").replace(".", " ").split())
