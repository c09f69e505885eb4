"""Cost against size: a child's page in stores of more and more children, and ``sdc batch`` over more and more files.

The page is the timeline of a child with ten sessions: its processor time must not follow the store's size. The
batch's processor time is the command's with its workers: it must follow the number of files.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from batch import make_corpus
from batch import run as run_batch
from made_store import make_store
from rows import Row
from serving import ask, serving

SIZES = {"quick": (10, 100), "full": (10, 100, 1_000, 10_000)}
BATCHES = {"quick": (1, 10, 40), "full": (1, 10, 100, 1_000, 10_000)}
SESSIONS_OF_CHILD, EXCHANGES = 10, 5


def run(size: str) -> Iterator[Row]:
    """Yield a point of the plot a row."""
    for n in SIZES[size]:
        with TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            children = make_store(home, n, per_child=SESSIONS_OF_CHILD)
            with serving(home) as server:
                found = ask(server, [f"/api/children/{child}/sessions" for child in children], 100, 0.2)
        yield Row(f"size.page.{n}", f"a child's timeline, {n:,} sessions stored", found.cpu_ms, "ms CPU")
    for n in BATCHES[size]:
        with TemporaryDirectory() as folder:
            corpus, home = Path(folder) / "corpus", Path(folder) / "home"
            make_corpus(corpus, n, EXCHANGES)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            batch = run_batch(corpus, home, 2)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        more = {"took_s": batch.took_s, "command_MB": batch.command_mb, "worker_MB": batch.worker_mb}
        yield Row(f"size.batch.{n}", f"sdc batch, {n:,} transcripts", used, "s CPU", more=more, note=batch.told)
