"""`sdc batch` on Ray: real nodes, of which one is lost; real processes, of which some crash."""

import csv
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from cluster.nodes import ADDRESS, wait_for
from fakes import poisoned_parts
from sdc.errors import EngineError, SettingsError
from sdc.scale.batch import Batch
from sdc.scale.corpus import Corpus
from sdc.scale.ray_cluster import connected
from sdc.scale.ray_worker import check_guarded
from sdc.store import jobs as job_table

TIMEOUT_S = 150


def start(folder, *options, **environment):
    command = [sys.executable, "-m", "sdc.cli", "batch", str(folder), *map(str, options)]
    return subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def jobs_of(app, child):
    found = app.repository.find_child(child)
    return app.jobs.of_child(found.id) if found else []


def n_done(app, child):
    return sum(job.state == "done" for job in jobs_of(app, child))


def check_all_right(app, child, count, out):
    """All sessions are there, each once, with the numbers that their words give."""
    entries = app.repository.session_entries(app.repository.find_child(child).id)
    assert sorted(entry.source for entry in entries) == sorted(f"visit{n}.cha" for n in range(count))
    assert Counter(job.state for job in jobs_of(app, child)) == {"done": count}
    with (out / "sessions.csv").open(newline="") as file:
        sources = {row["session_id"]: row["source"] for row in csv.DictReader(file)}
    with (out / "measures.csv").open(newline="") as file:
        found = [(sources[r["session_id"]], r["value"]) for r in csv.DictReader(file) if r["measure"] == "mlu_words"]
    assert sorted(found) == sorted((f"{child}/visit{n}.cha", f"{n % 5 + 1}.0") for n in range(count))


def listening():
    """Return the addresses on which anything in this network listens, as /proc writes them."""
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    return {line[1].partition(":")[0] for line in lines if line[3] == "0A"}


def test_the_cluster_is_on_loopback_and_asks_for_the_token(cluster, clinic, tmp_path, monkeypatch):
    assert listening() <= {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
    (tmp_path / "other").write_text("0" * 64)
    monkeypatch.setenv("RAY_AUTH_TOKEN_PATH", str(tmp_path / "other"))
    process = start(tmp_path, "--ray-address", ADDRESS)
    _, said = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 1
    assert f"The Ray cluster at {ADDRESS} cannot be reached" in said
    assert "Traceback" not in said


def test_ctrl_c_gives_jobs_back_and_the_same_command_goes_on(cluster, clinic, corpus, tmp_path):
    count = 30
    folder = corpus("Ann", count)
    process = start(folder, "--ray-address", ADDRESS)
    wait_for(lambda: n_done(clinic, "Ann") >= 3, lambda: process.communicate(timeout=5)[1])
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=TIMEOUT_S)
    assert (process.returncode, said.splitlines()[-1][:8]) == (130, "Stopped.")
    assert "Traceback" not in said
    states = Counter(job.state for job in jobs_of(clinic, "Ann"))
    assert states.keys() <= {"done", "queued"}
    again = start(folder, "--ray-address", ADDRESS, "-o", tmp_path / "out")
    told, said = again.communicate(timeout=TIMEOUT_S)
    assert again.returncode == 0, said
    assert told.startswith(f"{count} sessions of 1 child: ")
    check_all_right(clinic, "Ann", count, tmp_path / "out")


def test_nodes_with_another_store_are_refused(cluster, clinic, corpus, monkeypatch):
    process = start(corpus("Eva", 3), "--ray-address", ADDRESS, SDC_DOCUMENTS=f"{os.environ['SDC_DOCUMENTS']}-trial")
    _, said = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 2, said
    assert "would open another store" in said
    assert "Traceback" not in said
    assert clinic.repository.find_child("Eva") is None


def test_a_poisoned_file_is_given_up_and_the_rest_done(cluster, clinic, corpus, tone, tmp_path, monkeypatch):
    monkeypatch.setattr(job_table, "BACK_OFF_MS", 10)
    folder = corpus("Bob", 4)
    (folder / "Bob/bad.wav").write_bytes(tone + b"\0" + poisoned_parts.CRASH)
    (folder / "Bob/heard.wav").write_bytes(tone + b"\0" + poisoned_parts.CRASH_HEARING)
    with connected(ADDRESS):
        from sdc.scale.ray_pool import RayPlan

        plan = RayPlan(clinic, poisoned_parts.open_parts, most=2, limit_s=120.0, n_ears=1)
        done = Batch(Corpus((folder,)), clinic.jobs, plan, threading.Event()).run(lambda record: None)
    assert (done.n_made, done.n_failed, done.is_whole) == (5, 1, True), done.failures
    assert [(f["source"], f["code"]) for f in done.failures] == [("Bob/bad.wav", "batch.worker-died")]
    times = Counter(poisoned_parts.taken())
    assert times == {poisoned_parts.CRASH: 3, poisoned_parts.CRASH_HEARING: 1}
    jobs = {job.source: (job.state, job.attempt) for job in jobs_of(clinic, "Bob")}
    assert (jobs["bad.wav"], jobs["heard.wav"]) == (("failed", 3), ("done", 2))
    heard = next(e for e in clinic.repository.session_entries(clinic.repository.find_child("Bob").id) if not e.date)
    assert heard.duration_s == pytest.approx(1.0, abs=0.01)


def test_a_lost_node_costs_a_rerun(cluster, clinic, corpus, tmp_path):
    count = 40
    process = start(corpus("Cem", count), "--ray-address", ADDRESS, "-o", tmp_path / "out")
    wait_for(lambda: n_done(clinic, "Cem") >= 5 and cluster.second.workers(), lambda: process.communicate(timeout=5)[1])
    workers = cluster.second.workers()
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)  # so that it surely has a session in hand when it is lost
    wait_for(lambda: n_done(clinic, "Cem") == count - 1)
    assert process.poll() is None
    in_hand = next(job for job in jobs_of(clinic, "Cem") if job.is_open)
    cluster.second.lose()
    told, said = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 0, said
    assert told.startswith(f"{count} sessions of 1 child: {count} new, 0 here already; 0 failed")
    check_all_right(clinic, "Cem", count, tmp_path / "out")
    added = Counter(line.object_id for line in clinic.audit.lines() if line.action == "session.add")
    assert in_hand.id in {job.id for job in jobs_of(clinic, "Cem") if job.state == "done"}
    ids = {job.session_id for job in jobs_of(clinic, "Cem")}
    assert [added[session_id] for session_id in ids] == [1] * count


def test_on_one_machine_ray_is_started_and_ended_with_the_command(corpus, tmp_path, monkeypatch):
    monkeypatch.setenv("SDC_HOME", str(tmp_path / "home"))
    before = listening()
    process = start(corpus("Dan", 6), "--ray", "--workers", 2, "-o", tmp_path / "out")
    seen = set()
    while process.poll() is None:
        seen |= listening()
        threading.Event().wait(0.2)
    told, said = process.communicate()
    assert process.returncode == 0, said
    assert told.startswith("6 sessions of 1 child: 6 new, 0 here already; 0 failed")
    assert seen - before <= {"0100007F", "0000000000000000FFFF00000100007F"}
    assert seen
    assert not re.findall(r"Traceback|WARNING", said)


def test_without_a_token_nothing_is_connected(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("RAY_AUTH_TOKEN_PATH", raising=False)
    monkeypatch.delenv("RAY_AUTH_TOKEN", raising=False)
    with pytest.raises(SettingsError, match="no token"), connected("127.0.0.1:1"):
        pass


def test_an_open_cluster_is_refused(monkeypatch):
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    with pytest.raises(SettingsError, match="asks nobody for a token"):
        check_guarded()


def test_the_launcher_starts_nothing_in_the_open():
    launcher = Path(__file__).parents[2] / "recipes/ray-node.sh"
    run = subprocess.run([launcher, "head", "8.8.8.8"], capture_output=True, text=True, check=False)
    assert (run.returncode, "no address of a private network" in run.stderr) == (2, True)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere"])
def test_a_cluster_that_is_not_there_is_told(address, monkeypatch):
    monkeypatch.setenv("RAY_AUTH_TOKEN", "0" * 64)
    with pytest.raises(EngineError, match=f"{address} cannot be reached"), connected(address):
        pass
