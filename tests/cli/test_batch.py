"""`sdc batch`."""

import csv
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pyarrow.parquet as pq
import pytest

from sdc.app import build_app
from sdc.settings import read_settings

N_MANY = 30
TIMEOUT_S = 120


@pytest.fixture
def corpus(tmp_path, cha):
    """Two children's transcripts, and a file that is none."""
    for name in ("ann/a.cha", "ann/b.cha", "bob/a.cha"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        cha(name, line=name[0])
    cha("ann/b.cha", date="09-MAR-2026", line="a dog")
    (tmp_path / "in/bob/broken.cha").write_text("no transcript")
    return tmp_path / "in"


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_corpus_is_kept_and_written_as_tables(sdc, corpus, tmp_path):
    first = sdc("batch", corpus, "--workers", "2", "-o", tmp_path / "out")
    assert first.exit_code == 1
    assert first.stdout.startswith("3 sessions of 2 children: 3 new, 0 here already; 1 failed; ")
    assert "error: bob/broken.cha:1: The file has no @Begin line" in first.stderr
    sessions = rows(tmp_path / "out/sessions.csv")
    assert [(row["child"], row["source"], row["date"]) for row in sessions] == [
        ("ann", "ann/a.cha", "2026-03-02"),
        ("ann", "ann/b.cha", "2026-03-09"),
        ("bob", "bob/a.cha", "2026-03-02"),
    ]
    measures = {(row["session_id"], row["measure"]): row for row in rows(tmp_path / "out/measures.csv")}
    mlu = measures[sessions[1]["session_id"], "mlu_words"]
    assert (mlu["value"], mlu["n"], mlu["rule"], mlu["reason"]) == ("2.0", "2", "mlu_words.v1", "")
    latency = measures[sessions[1]["session_id"], "response_latency_median"]
    assert (latency["value"], bool(latency["reason"])) == ("", True)
    assert [(row["source"], row["code"]) for row in rows(tmp_path / "out/failures.csv")] == [
        ("bob/broken.cha", "chat.no-begin")
    ]
    audited = sdc("audit", "list").stdout
    assert audited.count("tables.write") == 2  # the tables name two children

    again = sdc("batch", corpus, "--workers", "1", "-o", tmp_path / "again", "--format", "parquet")
    assert again.stdout.startswith("3 sessions of 2 children: 0 new, 3 here already; 1 failed")
    table = pq.read_table(tmp_path / "again/measures.parquet").to_pylist()
    assert [row["value"] for row in table] == [float(m["value"]) if m["value"] else None for m in measures.values()]
    assert sorted(path.name for path in (tmp_path / "again").iterdir()) == [
        "failures.parquet",
        "measures.parquet",
        "sessions.parquet",
    ]


def test_tables_that_cannot_be_written_are_told_before_any_work(sdc, corpus, tmp_path):
    (tmp_path / "taken").write_text("a file")
    result = sdc("batch", corpus, "-o", tmp_path / "taken")
    assert (result.exit_code, "output.unwritable" in result.stderr) == (1, True)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("ends", ["Ctrl-C", "kill"])
def test_it_is_stopped_and_goes_on(sdc, cha, tmp_path, monkeypatch, ends):
    monkeypatch.setenv("SDC_JOB_LEASE_S", "1")
    (tmp_path / "in/mia").mkdir(parents=True)
    for number in range(N_MANY):
        cha(f"mia/visit{number}.cha", line=f"cat{'s' * number}")
    command = [sys.executable, "-m", "sdc.cli", "batch", str(tmp_path / "in"), "--workers", "2"]
    with subprocess.Popen(
        command, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        with build_app(read_settings()) as app:
            deadline = time.monotonic() + TIMEOUT_S
            while not app.jobs.all(state="done"):
                assert time.monotonic() < deadline
                time.sleep(0.02)
        if ends == "kill":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers, too
        _, said = process.communicate(timeout=TIMEOUT_S)
    if ends == "Ctrl-C":
        assert process.returncode == 130
        assert said.decode().splitlines()[-1] == "Stopped. Nothing is lost: the same command again goes on."
        assert b"Traceback" not in said, said.decode()
    result = sdc("batch", tmp_path / "in", "--workers", "2")
    assert result.exit_code == 0, result.stderr
    with build_app(read_settings()) as app:
        jobs = app.jobs.all()
        entries = app.repository.session_entries(app.repository.find_child("mia").id)
        added = Counter(line.object_id for line in app.audit.lines() if line.action == "session.add")
    assert Counter(job.state for job in jobs) == {"done": N_MANY}
    assert sorted(entry.source for entry in entries) == sorted(f"visit{n}.cha" for n in range(N_MANY))
    assert set(added) == {entry.id for entry in entries}
