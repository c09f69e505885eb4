"""Retrieval at a million windows, and how often it finds what was asked for.

    OPENBLAS_NUM_THREADS=1 python benchmarks/retrieval.py [--children N] [--windows N] [--quality-only]

Latency: children × windows of made-up unit vectors (384 numbers), kept through SDC's own documents in
SQLite, searched with the child filter by NumPy and by FAISS; in the same run, raw FAISS over the same
vectors (one IndexFlatIP for each child, all of them in memory). What stands above raw FAISS is our
layer: the look whether another process wrote, the filters, the hits.

Quality: made-up passages and questions that share no content word, and others that do; hit rate at
1 and 5 of the embedder without a model against all-MiniLM-L6-v2.
"""

from __future__ import annotations

import argparse
import resource
import runpy
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from sdc.companion.retrieval import Embedder, Entry, Window, make_embedder
from sdc.companion.retrieval.exact import numpy_scorer
from sdc.companion.retrieval.faiss import faiss_scorer
from sdc.companion.retrieval.local import LocalIndex, Scorer
from sdc.store.folder import FolderBlobs
from sdc.store.schema import prepare
from sdc.store.sqlite import SqliteDocuments

DIMENSIONS = 384
SESSIONS = 20
"""For each child."""

K = 10
TURNS = 400
FIRST_DAY = date(2025, 1, 6)

PASSAGES = (
    "Child: the cow says moo.\nMother: and what does the pig say?\nChild: oink oink.",
    "Child: choo choo.\nMother: it stops at the station.\nChild: all aboard!",
    "Mother: put your shoes on.\nChild: no shoes.\nMother: it is cold outside.",
    "Child: I want juice.\nMother: first eat your soup.\nChild: yucky soup.",
    "Child: she is crying.\nMother: why is she sad?\nChild: her balloon popped.",
    "Mother: brush your teeth.\nChild: I am not sleepy.\nMother: it is dark already.",
    "Child: one two three five.\nMother: you forgot four.\nChild: four!",
    "Child: the slide is high.\nMother: hold on tight.\nChild: wee again!",
    "Child: red and blue.\nMother: mix them and you get purple.\nChild: purple paint!",
    "Child: he has a fever.\nMother: the doctor gives him medicine.\nChild: poor teddy.",
    "Child: build a tower.\nMother: careful with the blocks.\nChild: it fell down!",
    "Mother: grandma comes on Sunday.\nChild: and grandpa?\nMother: he comes too.",
    "Child: the fish swims.\nMother: in the deep sea.\nChild: a shark!",
    "Child: my birthday!\nMother: how many candles?\nChild: four candles and a cake.",
    "Child: vroom vroom.\nMother: the truck is stuck in the mud.\nChild: push it.",
    "Mother: look at the snow.\nChild: make a snowman.\nMother: he needs a carrot nose.",
)

QUESTIONS: dict[str, tuple[tuple[str, int], ...]] = {
    "the same words": (
        ("When did they talk about the pig?", 0),
        ("the station", 1),
        ("shoes", 2),
        ("did he eat soup", 3),
        ("the balloon", 4),
        ("brushing teeth", 5),
        ("the slide", 7),
        ("purple paint", 8),
        ("medicine from the doctor", 9),
        ("towers of blocks", 10),
        ("candles on the cake", 13),
        ("a snowman", 15),
    ),
    "other words": (
        ("farm animals and the sounds they make", 0),
        ("railways and locomotives", 1),
        ("getting dressed to leave the house", 2),
        ("food and drink at the table", 3),
        ("feelings of somebody who is unhappy", 4),
        ("going to bed", 5),
        ("counting numbers", 6),
        ("at the playground", 7),
        ("colours", 8),
        ("being ill", 9),
        ("toys for construction", 10),
        ("relatives visiting the family", 11),
        ("creatures of the ocean", 12),
        ("a party for getting older", 13),
        ("cars and other vehicles", 14),
        ("winter weather", 15),
    ),
}


class MadeUp:
    """Stands for an embedder: the vectors are drawn, not made of texts."""

    id = "made-up.v1"
    dimensions = DIMENSIONS
    floor = -1.0

    def embed(self, texts: Any) -> Any:
        """Never asked for."""
        raise NotImplementedError


def drawn(n: int, seed: int) -> np.ndarray:
    """Return n unit vectors."""
    vectors = np.random.default_rng(seed).standard_normal((n, DIMENSIONS), np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def fill(index: LocalIndex, children: int, windows: int) -> None:
    """Keep made-up windows of all children, session by session."""
    each = windows // SESSIONS
    for number in range(children):
        child, vectors = f"c{number}", drawn(windows, number)
        for session in range(SESSIONS):
            name, day = f"s{number}.{session}", (FIRST_DAY + timedelta(weeks=session)).isoformat()
            rows = range(session * each, (session + 1) * each)
            entries = [
                Entry(Window(f"{name}.{row}", child, name, day, "said", row, row + 3, "Child: a."), vectors[row])
                for row in rows
            ]
            index.replace_session(child, name, entries)


def median_ms(ask: Callable[[str, np.ndarray], Any], children: int) -> tuple[float, float]:
    """Return median and 95th percentile of one search, over questions to children in turn."""
    questions = drawn(TURNS, 10_000_000)
    times = []
    for turn, question in enumerate(questions):
        child = f"c{turn * 7 % children}"
        start = time.perf_counter()
        ask(child, question)
        times.append((time.perf_counter() - start) * 1000)
    return float(np.median(times)), float(np.percentile(times, 95))


def memory_gb() -> float:
    """Return the most memory that this process had (Linux tells it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def latency(children: int, windows: int, home: Path) -> Iterator[tuple[str, float, float]]:
    """Yield name, median and 95th percentile (ms) of each way to search."""
    documents = SqliteDocuments(home / "sdc.sqlite3")
    prepare(documents, FolderBlobs(home / "blobs"))
    total = children * windows

    def index(scorer: Scorer) -> LocalIndex:
        return LocalIndex(documents, MadeUp(), scorer, max_held=total + 1)

    start = time.perf_counter()
    fill(index(numpy_scorer), children, windows)
    print(f"kept {total:,} windows of {children} children in {time.perf_counter() - start:.0f} s")
    last = (FIRST_DAY + timedelta(weeks=SESSIONS // 2)) if SESSIONS > 1 else FIRST_DAY
    for name, scorer in (("NumPy", numpy_scorer), ("FAISS", faiss_scorer)):
        ours = index(scorer)
        start = time.perf_counter()
        for number in range(children):
            ours.count(f"c{number}")
        print(f"{name}: into memory in {time.perf_counter() - start:.0f} s, {memory_gb():.1f} GB at most so far")
        yield f"{name}, the child", *median_ms(lambda c, q, o=ours: o.search(c, q, K), children)
        yield f"{name}, the child since a day", *median_ms(lambda c, q, o=ours: o.search(c, q, K, since=last), children)
        if scorer is numpy_scorer:
            del ours
            continue
        raw = {f"c{n}": _raw(drawn(windows, n)) for n in range(children)}
        yield "raw FAISS, the child's own index", *median_ms(lambda c, q, r=raw: r[c].search(q[None], K), children)
        for child in ("c0", f"c{children - 1}"):  # the same is found
            question = drawn(1, 5)[0]
            rows = {
                f"s{child[1:]}.{r // (windows // SESSIONS)}.{r}" for r in raw[child].search(question[None], K)[1][0]
            }
            assert {hit.window_id for hit in ours.search(child, question, K)} == rows
    documents.close()


def _raw(vectors: np.ndarray) -> faiss.IndexFlatIP:
    index = faiss.IndexFlatIP(DIMENSIONS)
    index.add(vectors)
    return index


def hit_rates(embedder: Embedder, questions: tuple[tuple[str, int], ...]) -> tuple[float, float]:
    """Return how often the right passage comes first, and among the first five."""
    scores = embedder.embed([text for text, _ in questions]) @ embedder.embed(list(PASSAGES)).T
    ranks = [
        int(np.sum(row > row[right])) if row[right] >= embedder.floor else len(PASSAGES)
        for row, (_, right) in zip(scores, questions, strict=True)
    ]
    return float(np.mean([rank < 1 for rank in ranks])), float(np.mean([rank < 5 for rank in ranks]))


def quality() -> None:
    """Print the table of hit rates."""
    fetch = runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "fetch_minilm.py"))["fetch_minilm"]
    embedders = {
        "lexical": make_embedder("lexical", "", Path()),
        "all-MiniLM-L6-v2": make_embedder("onnx", str(fetch()), Path()),
    }
    print("\n| questions | embedder | right passage first | among the first five |\n|---|---|---|---|")
    for kind, questions in QUESTIONS.items():
        for name, embedder in embedders.items():
            first, five = hit_rates(embedder, questions)
            print(f"| {kind} ({len(questions)}) | {name} | {first:.0%} | {five:.0%} |")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=200)
    parser.add_argument("--windows", type=int, default=5000, help="of each child")
    parser.add_argument("--quality-only", action="store_true")
    given = parser.parse_args()
    if not given.quality_only:
        faiss.omp_set_num_threads(1)  # one search is too small to be shared out, for us and for raw FAISS
        with tempfile.TemporaryDirectory() as home:
            rows = list(latency(given.children, given.windows, Path(home)))
        print(f"memory at most {memory_gb():.1f} GB\n\n| search | median ms | 95 % ms |\n|---|---|---|")
        for name, median, most in rows:
            print(f"| {name} | {median:.2f} | {most:.2f} |")
        times = {name: median for name, median, _ in rows}
        added = times["FAISS, the child"] - times["raw FAISS, the child's own index"]
        print(f"\nour layer adds {added:.2f} ms to raw FAISS")
    quality()


if __name__ == "__main__":
    main()
