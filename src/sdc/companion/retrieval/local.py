"""The index on this machine: documents are the truth, a child's vectors are held in memory while it is asked about."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sdc.companion.retrieval.embedder import Embedder, Vectors
from sdc.companion.retrieval.index import Entry, Hit, check_owner
from sdc.companion.retrieval.kept import KeptWindows
from sdc.companion.retrieval.windows import Window
from sdc.store.documents import Documents

MAX_HELD = 400_000
"""So many vectors are held in memory at most (of 384 numbers: 0.6 GB); children not asked about longest go first."""

Rows = NDArray[np.intp]
Nearest = Callable[[Vectors, int, Rows | None], tuple[Rows, Vectors]]
"""Vector, k, rows that may be found (None: all) → rows and scores, best first."""

Scorer = Callable[[Vectors], Nearest]
"""All vectors of one child, shape (n, dimensions) → what finds the nearest of them."""


@dataclass(frozen=True, eq=False)
class Shelf:
    """A child's windows in memory; row by row the same in all fields."""

    stamp: object
    windows: tuple[Window, ...]
    sessions: NDArray[Any]
    days: NDArray[np.int32]
    rows: dict[str, int]
    nearest: Nearest

    def allowed(self, sessions: Collection[str] | None, since: date | None, until: date | None) -> Rows | None:
        """Return the rows that may be found; None for all of them."""
        if sessions is None and since is None and until is None:
            return None
        may = np.ones(len(self.windows), bool)
        if sessions is not None:
            may &= np.isin(self.sessions, list(sessions))
        if since is not None or until is not None:
            first, last = (since or date.min).toordinal(), (until or date.max).toordinal()
            may &= (self.days >= first) & (self.days <= last)
        return np.flatnonzero(may)


class LocalIndex:
    """Compares every vector of the child; exact.

    Parameters
    ----------
    documents : Documents
    embedder : Embedder
        Whose vectors these are.
    scorer : callable
        NumPy's or FAISS's.
    max_held : int
        Vectors in memory.
    """

    def __init__(self, documents: Documents, embedder: Embedder, scorer: Scorer, *, max_held: int = MAX_HELD) -> None:
        self.kept = KeptWindows(documents, embedder.id)
        self._embedder, self._scorer, self._max_held = embedder, scorer, max_held
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()
        self._lock = threading.Lock()

    def upsert(self, child_id: str, entries: Sequence[Entry]) -> None:
        """Keep entries; see ``VectorIndex``."""
        check_owner(child_id, entries)
        by_session = sorted(entries, key=lambda e: e.window.session_id)
        for session_id, group in groupby(by_session, key=lambda e: e.window.session_id):
            merged = {e.window.id: e for e in [*self.kept.read_session(child_id, session_id), *group]}
            self.kept.write(child_id, session_id, list(merged.values()))

    def replace_session(
        self, child_id: str, session_id: str, entries: Sequence[Entry], *, version: int | None = None
    ) -> None:
        """Keep a session's entries in one step, and no earlier ones of it; ``version`` of its transcript."""
        check_owner(child_id, entries)
        self.kept.write(child_id, session_id, entries, version=version)

    def search(
        self,
        child_id: str,
        vector: Vectors,
        k: int,
        *,
        sessions: Collection[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Hit]:
        """Return the nearest windows; see ``VectorIndex``."""
        shelf = self._shelf(child_id)
        allowed = shelf.allowed(sessions, since, until)
        k = min(k, len(shelf.windows) if allowed is None else len(allowed))
        if k <= 0:
            return []
        rows, scores = shelf.nearest(np.asarray(vector, np.float32), k, allowed)
        found = ((shelf.windows[row], float(score)) for row, score in zip(rows, scores, strict=True))
        return [Hit(window.id, window.session_id, score) for window, score in found]

    def windows(self, child_id: str, ids: Iterable[str]) -> dict[str, Window]:
        """Return windows of a child by id, of those that are there."""
        shelf = self._shelf(child_id)
        return {i: shelf.windows[shelf.rows[i]] for i in ids if i in shelf.rows}

    def delete_session(self, child_id: str, session_id: str) -> int:
        """Delete a session's windows; see ``VectorIndex``."""
        return self.kept.delete(child_id, session_id)

    def delete_child(self, child_id: str) -> int:
        """Delete all of a child's, in memory too; see ``VectorIndex``."""
        gone = self.kept.delete(child_id)
        self.forget(child_id)
        return gone

    def forget(self, child_id: str) -> None:
        """Let go of what is held in memory of a child."""
        with self._lock:
            self._shelves.pop(child_id, None)

    def count(self, child_id: str) -> int:
        """Return how many windows of a child are kept; see ``VectorIndex``."""
        return len(self._shelf(child_id).windows)

    def _shelf(self, child_id: str) -> Shelf:
        stamp = self.kept.stamp(child_id)  # before reading: what comes in between makes it old, never too new
        with self._lock:
            shelf = self._shelves.get(child_id)
            if shelf is not None and shelf.stamp == stamp:
                self._shelves.move_to_end(child_id)
                return shelf
        shelf = self._load(child_id, stamp)
        with self._lock:
            self._shelves[child_id] = shelf
            self._shelves.move_to_end(child_id)
            while len(self._shelves) > 1 and sum(len(s.windows) for s in self._shelves.values()) > self._max_held:
                self._shelves.popitem(last=False)
        return shelf

    def _load(self, child_id: str, stamp: object) -> Shelf:
        entries = self.kept.read(child_id)
        windows = tuple(entry.window for entry in entries)
        vectors = np.stack([e.vector for e in entries]) if entries else np.zeros((0, 1), np.float32)
        days = [date.fromisoformat(w.date).toordinal() if w.date else 0 for w in windows]
        return Shelf(
            stamp,
            windows,
            np.array([w.session_id for w in windows], dtype=np.str_),
            np.array(days, np.int32),
            {window.id: row for row, window in enumerate(windows)},
            self._scorer(np.ascontiguousarray(vectors)),
        )
