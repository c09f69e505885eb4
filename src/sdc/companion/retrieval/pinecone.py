"""A Pinecone index: one namespace for each child, named by its random id.

Only ids, days and vectors are sent. The index is made by whoever runs it, with the embedder's number
of dimensions and the metric cosine; SDC is told its address. Counts may lag behind for seconds, as
Pinecone's documentation says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx
import numpy as np
from pinecone import Index
from pinecone.errors import NotFoundError, PineconeError

from sdc.companion.retrieval.embedder import Vectors
from sdc.companion.retrieval.index import Entry, Hit, VectorIndexError, check_owner

if TYPE_CHECKING:
    from sdc.companion.retrieval.windows import Window

AT_ONCE = 100
"""Vectors in one request: 1,000 are allowed, 2 MB as well."""

MAX_K = 10_000
"""Pinecone's limit."""


class PineconeIndex:
    """The vectors at Pinecone.

    Parameters
    ----------
    url : str
        Address of the index, as Pinecone's console shows it.
    key : str
    wait_s : float
        So long an answer is waited for.
    """

    leaves_house = True

    def __init__(self, url: str, key: str, *, wait_s: float = 20.0) -> None:
        self._url, self._key, self._wait_s = url, key, wait_s

    def upsert(self, child_id: str, entries: Sequence[Entry]) -> None:
        """Keep entries; see ``VectorIndex``. A window without a single word has no direction and is left out."""
        check_owner(child_id, entries)
        vectors = [_vector(entry) for entry in entries if np.any(entry.vector)]
        with _told(self._url):
            for start in range(0, len(vectors), AT_ONCE):
                self._index.upsert(vectors=vectors[start : start + AT_ONCE], namespace=child_id, show_progress=False)

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
        if k <= 0 or (sessions is not None and not sessions) or not np.any(vector):
            return []
        with _told(self._url):
            found = self._index.query(
                vector=[float(x) for x in vector],
                top_k=min(k, MAX_K),
                namespace=child_id,
                filter=_filter(sessions, since, until),
                include_metadata=True,
            )
        return [Hit(m.id, str((m.metadata or {})["session"]), float(m.score)) for m in found.matches]

    def delete_session(self, child_id: str, session_id: str) -> int:
        """Delete a session's windows; returns 1 where the child had any, since Pinecone does not say how many."""
        had = self.count(child_id) > 0
        with _told(self._url), suppress(NotFoundError):
            self._index.delete(filter={"session": {"$eq": session_id}}, namespace=child_id)
        return int(had)

    def delete_child(self, child_id: str) -> int:
        """Delete a child's namespace; see ``VectorIndex``."""
        gone = self.count(child_id)
        with _told(self._url), suppress(NotFoundError):
            self._index.delete(delete_all=True, namespace=child_id)
        return gone

    def count(self, child_id: str) -> int:
        """Return how many windows of a child are kept, as far as Pinecone has counted."""
        with _told(self._url):
            found = self._index.describe_index_stats().namespaces.get(child_id)
        return int(found.vector_count) if found is not None else 0

    def close(self) -> None:
        """Let go of the connections."""
        if "_index" in self.__dict__:
            self._index.close()

    @cached_property
    def _index(self) -> Any:
        return Index(host=self._url, api_key=self._key, timeout=self._wait_s)


def _vector(entry: Entry) -> dict[str, Any]:
    window: Window = entry.window
    metadata: dict[str, Any] = {"session": window.session_id}
    if window.date is not None:
        metadata["day"] = date.fromisoformat(window.date).toordinal()
    return {"id": window.id, "values": [float(x) for x in entry.vector], "metadata": metadata}


def _filter(sessions: Collection[str] | None, since: date | None, until: date | None) -> dict[str, Any] | None:
    terms: list[dict[str, Any]] = []
    if sessions is not None:
        terms.append({"session": {"$in": sorted(sessions)}})
    if since is not None or until is not None:
        terms.append({"day": {"$gte": (since or date.min).toordinal()}})
        terms.append({"day": {"$lte": (until or date.max).toordinal()}})
    return {"$and": terms} if terms else None


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn the client's errors into one sentence."""
    try:
        yield
    except (PineconeError, httpx.HTTPError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise VectorIndexError(
            f"Pinecone at {url} did not do it: {reason[:200]}",
            hint="Check SDC_VECTORS_URL, SDC_VECTORS_KEY and the network; `sdc index rebuild` fills the index again.",
        ) from error
