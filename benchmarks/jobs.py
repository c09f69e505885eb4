"""How fast jobs are claimed, and that none is claimed twice: several processes, one queue.

::

    python benchmarks/jobs.py                                  # 10,000 jobs, 4 processes, both back ends
    python benchmarks/jobs.py --jobs 1000 --only sqlite
    python benchmarks/jobs.py --mongodb mongodb://localhost/sdc_benchmark   # a real MongoDB

Each process claims a job, writes down that it did (a document whose id is the job: a second one
would be refused), and finishes it. "wire" is the real driver talking to the fake server of the
tests, which keeps everything in memory and is written in Python: its figure says what driver and
port cost, not what a MongoDB does.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from serving import wire

from sdc.errors import ConflictError
from sdc.settings import Settings
from sdc.store.documents import Documents
from sdc.store.jobs import Job, Jobs


def open_store(home: str, documents: str) -> Documents:
    """Open the store as the application does."""
    from sdc.app import open_documents

    return open_documents(Settings(home=Path(home), documents=documents))


def work(home: str, documents: str, number: int, told: multiprocessing.SimpleQueue[tuple[int, int]]) -> None:
    """Claim, note and finish jobs until there is none."""
    store = open_store(home, documents)
    jobs = Jobs(store, lease_s=60)
    claimed = twice = 0
    while (job := jobs.claim(f"process-{number}")) is not None:
        claimed += 1
        try:
            store.insert_one("claims", {"_id": job.id, "by": number})
        except ConflictError:
            twice += 1
        jobs.finish(job, session_id=f"s-{job.id}")
    store.close()
    told.put((claimed, twice))


def measure(home: str, documents: str, n_jobs: int, n_processes: int) -> str:
    """Return one line of the table."""
    from sdc.store.collections import COLLECTIONS

    store = open_store(home, documents)
    for row in COLLECTIONS:
        if row.name == "jobs":
            for index in row.indexes:
                store.create_index(row.name, index.fields, unique=index.unique)
    jobs = Jobs(store)
    began = time.perf_counter()
    for n in range(n_jobs):
        jobs.submit(Job(f"j{n:06}", f"c{n % 50}", "visit.cha", {"upload_ids": [f"u{n}"]}))
    submitted_s = time.perf_counter() - began
    context = multiprocessing.get_context("spawn")
    told = context.SimpleQueue()
    processes = [context.Process(target=work, args=(home, documents, n, told)) for n in range(n_processes)]
    began = time.perf_counter()
    for process in processes:
        process.start()
    shares = [told.get() for _ in processes]
    for process in processes:
        process.join()
    worked_s = time.perf_counter() - began
    done = len(jobs.all(state="done"))
    store.close()
    claimed, twice = sum(c for c, _ in shares), sum(t for _, t in shares)
    return (
        f"{n_jobs:6} jobs, submitted in {submitted_s:5.1f} s; {n_processes} processes: {claimed} claims "
        f"({', '.join(str(c) for c, _ in shares)}), {twice} twice, {done} done in {worked_s:5.1f} s "
        f"({n_jobs / worked_s:.0f} a second)"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--only", choices=["sqlite", "wire", "mongodb"])
    parser.add_argument("--mongodb", metavar="URL", help="an empty database of a real MongoDB")
    options = parser.parse_args()
    with TemporaryDirectory() as home:
        if options.only in (None, "sqlite"):
            print("sqlite ", measure(home, "", options.jobs, options.processes), flush=True)
        if options.only in (None, "wire"):
            with wire() as url:
                print("wire   ", measure(home, url, options.jobs, options.processes), flush=True)
        if options.mongodb:
            print("mongodb", measure(home, options.mongodb, options.jobs, options.processes), flush=True)


if __name__ == "__main__":
    main()
