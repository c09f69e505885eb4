"""From the upload of a recording and its transcript to the insights on the page, through the real server.

No recogniser: the transcript is handed in. Each run is another child's, with other noise. Where the time goes is
the job's steps, as somebody sees them who asks for the job all the time.
"""

from __future__ import annotations

import runpy
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rows import Row, process_cpu_whole_s, share
from serving import Server, serving

SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))
RATE_HZ = SUITE["RATE_HZ"]
SECONDS = {"quick": 60, "full": 300}
RUNS = {"quick": 3, "full": 9}
GOAL_S = 5.0
HEAD = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Child Target_Child, MOT Mother
@ID:\teng|made|CHI|3;02.00|||||Target_Child|||
@ID:\teng|made|MOT|||||Mother|||
@Media:\tvisit, audio
@Date:\t02-MAR-2026
"""


def run(size: str) -> Iterator[Row]:
    """Yield the clock, the processor, and the steps."""
    seconds = SECONDS[size]
    clock: list[float] = []
    processor: list[float] = []
    steps: Counter[str] = Counter()
    with TemporaryDirectory() as folder, serving(Path(folder) / "home") as server:
        for number in range(RUNS[size] + 1):
            files = visit(seconds, number)
            began, used = time.perf_counter(), process_cpu_whole_s(server.pid)
            seen = from_upload(server, f"Child {number}", files)
            if number:  # the first loads the models
                clock.append(time.perf_counter() - began)
                processor.append(process_cpu_whole_s(server.pid) - used)
                steps.update(seen)
        peak_mb = server.peak_mb
    more = {f"{step.replace(' ', '_')}_s": total / RUNS[size] for step, total in steps.items() if total > 0.005}
    more = {"p50_s": share(clock, 0.5), "p95_s": share(clock, 0.95), **more}
    took = share(processor, 0.5)
    # By the clock, since the goal is that of two cores, and pitch and speech are listened to side by side.
    goal, met = (f"p50 < {GOAL_S:g} s", share(clock, 0.5) < GOAL_S) if size == "full" else ("", None)
    what = f"upload → insights, {seconds} s of sound with its transcript"
    yield Row("insights.whole", what, took, "s CPU", goal=goal, met=met, more=more)
    yield Row("insights.memory", "most memory of the server", peak_mb, "MB")


def visit(seconds: int, seed: int) -> dict[str, bytes]:
    """Return a recording, and its transcript with a line every two seconds."""
    samples = np.resize(SUITE["dialogue_truth"]().heard(snr_db=20), seconds * RATE_HZ)
    samples = samples + np.random.default_rng(seed).normal(0, 1e-3, samples.size)
    words = "what is that ?", "a big dog .", "the dog goes there .", "I want it ."
    lines = (
        f"*{'CHI' if k % 2 else 'MOT'}:\t{words[k % 4]} \x15{2000 * k}_{2000 * k + 1500}\x15"
        for k in range(seconds // 2)
    )
    transcript = HEAD + "\n".join(lines) + f"\n%com:\tvisit {seed}\n@End\n"
    return {"visit.wav": SUITE["sound_file"](samples), "visit.cha": transcript.encode()}


def from_upload(server: Server, name: str, files: dict[str, bytes]) -> Counter[str]:
    """Upload, wait, look at the session; return the seconds of each step."""
    seen: Counter[str] = Counter()
    began = time.perf_counter()
    child = server.client.post("/api/children", json={"name": name}).raise_for_status().json()["id"]
    ids = []
    for filename, data in files.items():
        params = {"child_id": child, "filename": filename}
        ids.append(server.client.put("/api/uploads", params=params, content=data).raise_for_status().json()["id"])
    job = server.client.post(f"/api/children/{child}/sessions", json={"upload_ids": ids}).raise_for_status().json()
    at = time.perf_counter()
    seen["uploading"] = at - began
    while job["state"] in ("queued", "running"):
        time.sleep(0.02)
        job = server.client.get(f"/api/jobs/{job['id']}").json()
        now = time.perf_counter()
        seen[job["step"]] += now - at
        at = now
    assert job["state"] == "done", job
    session = server.client.get(f"/api/sessions/{job['session_id']}").raise_for_status().json()
    assert session["insights"], "the session has no insight"
    seen["showing"] = time.perf_counter() - at
    return seen
