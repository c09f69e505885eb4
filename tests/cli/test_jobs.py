"""`sdc jobs` and `sdc jobs retry`."""

import json

import pytest

from sdc.app import build_app
from sdc.errors import SDCError
from sdc.pipeline.intake import order_session
from sdc.pipeline.parts import Given, SessionOrder
from sdc.settings import read_settings


def listed(sdc, *arguments):
    return json.loads(sdc("jobs", *arguments, "--format", "json").stdout)["jobs"]


@pytest.fixture
def cut_off(sdc, cha):
    """The id of a job of Mia's that killed three workers."""
    with build_app(read_settings()) as app:
        child = app.repository.add_child("Mia")
        upload = app.repository.upload_file(child.id, cha())
        job = order_session(app.repository, app.jobs, SessionOrder(child.id, (upload.id,), Given()), owner="me")
        app.jobs.fail(job, SDCError("The work was cut off 3 times.", code="job.cut-off"))
    return job.id


def test_no_job(sdc):
    assert sdc("jobs").stdout == "No job.\n"
    assert sdc("jobs", "--failed").stdout == "No failed job.\n"


def test_jobs_are_listed_with_their_reason(sdc, cha, tmp_path):
    bad = tmp_path / "bad.cha"
    bad.write_text("no transcript")
    sdc("add", cha(), bad, "--child", "Mia")
    sdc("add", cha("ben.cha"), "--child", "Ben")
    assert [(j["source"], j["state"]) for j in listed(sdc)] == [
        ("ben.cha", "done"),
        ("bad.cha", "failed"),
        ("visit.cha", "done"),
    ]
    (failed,) = listed(sdc, "Mia", "--failed")
    assert (failed["source"], failed["error"]["code"]) == ("bad.cha", "chat.no-begin")
    assert listed(sdc, "Ben", "--failed") == []
    assert listed(sdc, "--failed") == [failed]
    table = sdc("jobs", "mia").stdout
    assert failed["error"]["message"].split(".")[0][:20] in table
    assert table.splitlines()[0].split()[:3] == ["job", "child", "source"]


def test_a_failed_job_is_tried_again(sdc, cut_off):
    result = sdc("jobs", "retry", cut_off)
    assert (result.exit_code, result.stdout) == (0, "visit.cha: done\n")
    assert listed(sdc, "--failed") == []
    assert len(json.loads(sdc("sessions", "Mia", "--format", "json").stdout)["sessions"]) == 1


def test_what_cannot_be_tried_again_is_told_and_the_rest_is_done(sdc, cut_off, tmp_path):
    bad = tmp_path / "bad.cha"
    bad.write_text("no transcript")
    sdc("add", bad, "--child", "Mia")
    broken = next(job["id"] for job in listed(sdc, "--failed") if job["source"] == "bad.cha")
    result = sdc("jobs", "retry", "j-none", broken, cut_off)
    assert result.exit_code == 1
    assert result.stdout == "visit.cha: done\n"
    assert "j-none: There is no such job." in result.stderr
    assert "bad.cha" in result.stderr
    assert sdc("jobs", "retry", cut_off).exit_code == 1  # it is done now
