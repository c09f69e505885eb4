"""Vectors of a child: what an index must do, and the back ends by name.

There is no search without a child: isolation is the index's own (a document filter, a FAISS index of
one's own, a tenant, a namespace), not a condition that a caller may forget.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from sdc.errors import ExtraMissingError, SettingsError, StoreError

if TYPE_CHECKING:
    from sdc.companion.retrieval.embedder import Embedder, Vectors
    from sdc.companion.retrieval.local import LocalIndex
    from sdc.companion.retrieval.windows import Window
    from sdc.store.documents import Documents


class VectorIndexError(StoreError):
    """A vector index that lies elsewhere does not answer, or refuses; the store itself is whole."""

    default_code = "vectors.unreachable"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A window and its vector (float32, shape (dimensions,), unit length)."""

    window: Window
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Hit:
    """A window that was found.

    Attributes
    ----------
    window_id, session_id : str
    score : float
        Cosine between it and what was looked for, -1 to 1.
    """

    window_id: str
    session_id: str
    score: float


class VectorIndex(Protocol):
    """The vectors of many children, each apart from the others."""

    def upsert(self, child_id: str, entries: Sequence[Entry]) -> None:
        """Keep entries of a child; one of the same window id is replaced.

        Raises
        ------
        StoreError
            ``vectors.other-child``: an entry is another child's. Nothing is kept.
        VectorIndexError
            The index does not answer.
        """

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
        """Return the ``k`` nearest windows of a child, nearest first.

        Parameters
        ----------
        child_id : str
        vector : ndarray of float32, shape (dimensions,)
        k : int
        sessions : Collection[str], optional
            Only in these sessions.
        since, until : date, optional
            Only in sessions of these days, both included; a session without a date is left out then.
        """

    def delete_session(self, child_id: str, session_id: str) -> int:
        """Delete a session's windows; return how many there were."""

    def delete_child(self, child_id: str) -> int:
        """Delete all of a child's; return how many there were."""

    def count(self, child_id: str) -> int:
        """Return how many windows of a child are kept."""


class RemoteIndex(VectorIndex, Protocol):
    """An index that lies elsewhere; it is sent ids, days and vectors, never a text."""

    leaves_house: bool
    """Whether it is a service of others, which a family must have agreed to."""

    def close(self) -> None:
        """Let go of connections."""


@dataclass(frozen=True)
class IndexOptions:
    """What a back end may be told; each takes what concerns it."""

    documents: Documents
    embedder: Embedder
    url: str = ""
    key: str = field(default="", repr=False)
    wait_s: float = 20.0


@dataclass(frozen=True, slots=True)
class Indexes:
    """The local index, which is the truth, and one elsewhere that mirrors it and is searched instead."""

    local: LocalIndex
    remote: RemoteIndex | None = None


def _numpy(options: IndexOptions) -> Indexes:
    from sdc.companion.retrieval.exact import numpy_scorer
    from sdc.companion.retrieval.local import LocalIndex

    return Indexes(LocalIndex(options.documents, options.embedder, numpy_scorer))


def _faiss(options: IndexOptions) -> Indexes:
    from sdc.companion.retrieval.faiss import faiss_scorer
    from sdc.companion.retrieval.local import LocalIndex

    return Indexes(LocalIndex(options.documents, options.embedder, faiss_scorer))


def _weaviate(options: IndexOptions) -> Indexes:
    from sdc.companion.retrieval.weaviate import WeaviateIndex

    remote = WeaviateIndex(options.url, options.key, options.embedder, wait_s=options.wait_s)
    return Indexes(_numpy(options).local, remote)


def _pinecone(options: IndexOptions) -> Indexes:
    from sdc.companion.retrieval.pinecone import PineconeIndex

    remote = PineconeIndex(options.url, options.key, wait_s=options.wait_s)
    return Indexes(_numpy(options).local, remote)


@dataclass(frozen=True, slots=True)
class IndexKind:
    """One row: how a back end is made, the module and extra that it needs, the settings it cannot do without."""

    make: Callable[[IndexOptions], Indexes]
    module: str
    extra: str | None = None
    needs: tuple[str, ...] = ()


INDEXES: dict[str, IndexKind] = {
    "numpy": IndexKind(_numpy, "numpy"),
    "faiss": IndexKind(_faiss, "faiss", "faiss"),
    "weaviate": IndexKind(_weaviate, "weaviate", "weaviate", ("url",)),
    "pinecone": IndexKind(_pinecone, "pinecone", "pinecone", ("url", "key")),
}


def make_indexes(name: str, options: IndexOptions, *, allow_cloud: bool = False) -> Indexes:
    """Return the indexes that a setting names; nothing is connected before it is needed.

    Parameters
    ----------
    name : str
        Of ``INDEXES``.
    options : IndexOptions
    allow_cloud : bool
        Whether anything may go to a service of others.

    Raises
    ------
    SettingsError
        ``settings.vectors``: there is no such back end, or its address or key is missing.
        ``settings.cloud``: it is a service of others, and nobody allowed that.
    ExtraMissingError
        What it needs is not installed.
    """
    kind = require_index(name, url=options.url, key=options.key)
    made = kind.make(options)
    if made.remote is not None and made.remote.leaves_house and not allow_cloud:
        raise SettingsError(
            f"The vector index {name} keeps vectors of what a child said at a service outside this machine;"
            " that is not allowed here.",
            code="settings.cloud",
            hint="Where the families have agreed to it, set SDC_ALLOW_CLOUD=yes; or take SDC_VECTORS=numpy.",
        )
    return made


def require_index(name: str, *, url: str = "", key: str = "") -> IndexKind:
    """Return the row of a back end that can be used; its errors are those of ``make_indexes``."""
    kind = INDEXES.get(name)
    if kind is None:
        raise SettingsError(
            f"There is no vector index {name}.",
            code="settings.vectors",
            hint=f"Set SDC_VECTORS to one of: {', '.join(INDEXES)}.",
        )
    given = {"url": url, "key": key}
    for what in kind.needs:
        if not given[what]:
            raise SettingsError(
                f"The vector index {name} needs its {'address' if what == 'url' else 'key'}.",
                code="settings.vectors",
                hint=f"Set SDC_VECTORS_{what.upper()}.",
            )
    if find_spec(kind.module) is None:
        raise ExtraMissingError(
            f"The vector index {name} is not installed.",
            hint=f"Run `pip install 'speech-development-companion[{kind.extra}]'`." if kind.extra else None,
        )
    return kind


def check_owner(child_id: str, entries: Sequence[Entry]) -> None:
    """Refuse entries of another child; every back end calls this before it keeps anything."""
    if any(entry.window.child_id != child_id for entry in entries):
        raise StoreError("A window of another child cannot be kept with this child's.", code="vectors.other-child")
