"""Windows and their vectors as documents: one for each session, sealed where the store is.

Every vector index can be made again from these, so they are what erasure, the archive and
encryption know of. Beside each lies a small mark that changes with every write: it tells other
processes that what they hold in memory is old, and costs no reading of the windows.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import fields

import numpy as np

from sdc.companion.retrieval.embedder import Vectors
from sdc.companion.retrieval.index import Entry
from sdc.companion.retrieval.windows import Window
from sdc.store.documents import Document, Documents

WINDOWS, MARKS = "windows", "window_marks"
LITTLE_ENDIAN = np.dtype("<f4")


class KeptWindows:
    """The collection of windows.

    Parameters
    ----------
    documents : Documents
    embedder_id : str
        Only vectors of this embedder are seen.
    """

    def __init__(self, documents: Documents, embedder_id: str) -> None:
        self._documents, self._embedder_id = documents, embedder_id

    def write(self, child_id: str, session_id: str, entries: Sequence[Entry], *, version: int | None = None) -> None:
        """Keep a session's windows in place of those that are kept; ``version`` is that of its transcript."""
        document = {
            "_id": session_id,
            "child_id": child_id,
            "embedder": self._embedder_id,
            "n": len(entries),
            "windows": [_window_document(entry.window) for entry in entries],
            "vectors": _packed(entries),
        }
        where = {"_id": session_id, "child_id": child_id}
        mark = {**where, "embedder": self._embedder_id, "n": len(entries), "version": version}
        mark["mark"] = secrets.token_hex(8)
        with self._documents.together():
            self._documents.replace_one(WINDOWS, where, document, upsert=True)
            # Last: whoever sees the new mark sees the new windows.
            self._documents.replace_one(MARKS, where, mark, upsert=True)

    def read(self, child_id: str) -> list[Entry]:
        """Return all entries of a child that this embedder made."""
        found = self._documents.find(WINDOWS, self._mine(child_id), sort=[("_id", 1)])
        return [entry for document in found for entry in _entries(document)]

    def read_session(self, child_id: str, session_id: str) -> list[Entry]:
        """Return a session's entries."""
        found = self._documents.find_one(WINDOWS, {"_id": session_id, **self._mine(child_id)})
        return [] if found is None else list(_entries(found))

    def n_sessions(self, child_id: str) -> int:
        """Return how many of the child's sessions are kept with this embedder's vectors."""
        return self._documents.count(MARKS, self._mine(child_id))

    def versions(self, child_id: str) -> dict[str, int | None]:
        """Return by session which version of the transcript the windows are of; None where that was not kept."""
        return {mark["_id"]: mark.get("version") for mark in self._documents.find(MARKS, self._mine(child_id))}

    def delete(self, child_id: str, session_id: str | None = None) -> int:
        """Delete a session's windows, or all of a child's, whatever embedder made them; return how many."""
        which = {"child_id": child_id} | ({} if session_id is None else {"_id": session_id})
        gone = 0
        for mark in self._documents.find(MARKS, which):
            here = {"_id": mark["_id"], "child_id": child_id}
            self._documents.delete_one(WINDOWS, here)
            self._documents.delete_one(MARKS, here)
            gone += mark["n"]
        return gone

    def stamp(self, child_id: str) -> tuple[tuple[str, str], ...]:
        """Return what differs after every change to a child's windows, by whichever process."""
        found = self._documents.find(MARKS, {"child_id": child_id}, sort=[("_id", 1)])
        return tuple((mark["_id"], mark["mark"]) for mark in found)

    def _mine(self, child_id: str) -> dict[str, str]:
        return {"child_id": child_id, "embedder": self._embedder_id}


_KEPT = tuple(field.name for field in fields(Window) if field.name not in ("child_id", "session_id"))


def _window_document(window: Window) -> Document:
    return {name: getattr(window, name) for name in _KEPT}  # asdict copies deeply: three seconds for 10,000 lines


def _packed(entries: Sequence[Entry]) -> str:
    if not entries:
        return ""
    return base64.b64encode(np.stack([e.vector for e in entries]).astype(LITTLE_ENDIAN).tobytes()).decode()


def _entries(document: Document) -> Iterator[Entry]:
    owner = {"child_id": document["child_id"], "session_id": document["_id"]}
    for kept, vector in zip(document["windows"], _unpacked(document), strict=True):
        yield Entry(Window(**kept, **owner), vector)


def _unpacked(document: Document) -> Vectors:
    flat = np.frombuffer(base64.b64decode(document["vectors"]), LITTLE_ENDIAN)
    return np.asarray(flat.reshape(document["n"], -1) if document["n"] else flat, np.float32)
