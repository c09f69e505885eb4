"""`sdc work`."""

import os
import signal
import subprocess
import sys

import pytest

from sdc.app import build_app
from sdc.pipeline.intake import order_session
from sdc.pipeline.parts import Given, SessionOrder
from sdc.settings import read_settings


@pytest.fixture
def queued(sdc, cha):
    """Two jobs of Mia's that wait."""
    with build_app(read_settings()) as app:
        child = app.repository.add_child("Mia")
        for name in ("a.cha", "b.cha"):
            upload = app.repository.upload_file(child.id, cha(name, line=name[0]))
            order_session(app.repository, app.jobs, SessionOrder(child.id, (upload.id,), Given()))
    return child


def states(child):
    with build_app(read_settings()) as app:
        return sorted((job.source, job.state) for job in app.jobs.of_child(child.id))


def test_what_is_queued_is_done(sdc, queued):
    result = sdc("work", "--until-done", "--workers", "2")
    assert (result.exit_code, result.stdout) == (0, "Working on what is queued.\n")
    assert states(queued) == [("a.cha", "done"), ("b.cha", "done")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_works_until_it_is_told_to_stop(sdc, number):
    command = [sys.executable, "-m", "sdc.cli", "work"]
    with subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"Working on what is queued. Stop with Ctrl-C.\n"
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, b"")
