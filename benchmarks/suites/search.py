"""Search in a child's windows beside raw FAISS over the same vectors.

The vectors are drawn (benchmarks/retrieval.py, which also asks whether the right passages are found). Raw FAISS
returns row numbers; ours the windows with their sessions and days, of this child alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
from retrieval import K, MadeUp, _raw, drawn, fill
from rows import Row, own_peak_mb, side_by_side

from sdc.companion.retrieval.exact import numpy_scorer
from sdc.companion.retrieval.faiss import faiss_scorer
from sdc.companion.retrieval.local import LocalIndex
from sdc.store.folder import FolderBlobs
from sdc.store.schema import prepare
from sdc.store.sqlite import SqliteDocuments

WINDOWS = {"quick": 5_000, "full": 5_000}
QUESTIONS = {"quick": 300, "full": 1_000}


def run(size: str) -> Iterator[Row]:
    """Yield a row for each scorer."""
    faiss.omp_set_num_threads(1)
    n, questions = WINDOWS[size], drawn(QUESTIONS[size], 1)
    raw = _raw(drawn(n, 0))
    with TemporaryDirectory() as folder:
        documents = SqliteDocuments(Path(folder) / "sdc.sqlite3")
        prepare(documents, FolderBlobs(Path(folder) / "blobs"))
        fill(LocalIndex(documents, MadeUp(), numpy_scorer, max_held=n + 1), 1, n)
        for name, scorer in (("numpy", numpy_scorer), ("faiss", faiss_scorer)):
            index = LocalIndex(documents, MadeUp(), scorer, max_held=n + 1)
            index.search("c0", questions[0], K)  # into memory
            mine, other = side_by_side(
                lambda i=index: [i.search("c0", q, K) for q in questions],
                lambda: [raw.search(q[None], K) for q in questions],
                5,
            )
            scale = 1000 / len(questions)
            what = f"{K} nearest of {n:,} windows, {name}"
            yield Row(f"search.{name}", what, scale * mine, "ms CPU", "raw FAISS", scale * other, is_checked=True)
        documents.close()
    yield Row("search.memory", "most memory", own_peak_mb(), "MB")
