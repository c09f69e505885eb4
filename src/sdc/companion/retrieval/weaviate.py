"""A Weaviate server: one collection with multi-tenancy, one tenant for each child, named by its random id.

Only ids, days and vectors are sent. The collection is made at first use; its name holds the
embedder's, since vectors of two embedders have nothing in common.
"""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import weaviate
from grpc import RpcError
from weaviate.classes.config import Configure, DataType, Property, Tokenization, VectorDistances
from weaviate.classes.data import DataObject
from weaviate.classes.init import AdditionalConfig, Auth, Timeout
from weaviate.classes.query import Filter, MetadataQuery
from weaviate.classes.tenants import Tenant
from weaviate.exceptions import WeaviateBaseError

from sdc.companion.retrieval.embedder import Embedder, Vectors
from sdc.companion.retrieval.index import Entry, Hit, VectorIndexError, check_owner
from sdc.errors import SettingsError

AT_ONCE = 500
GRPC_PORT = 50051
HOSTED = (".weaviate.cloud", ".weaviate.network")
"""Addresses of Weaviate's own service; any other is a server of the house, as MongoDB is."""

IDS = uuid.UUID("5f0cf0a4-6c0b-5a4e-9d0e-7d1b6f0f8f1c")
"""Namespace of the UUIDs that stand for window ids."""


class WeaviateIndex:
    """The vectors on a Weaviate server.

    Parameters
    ----------
    url : str
        ``http://host:8080``; gRPC is at port 50051 of the same host, or where ``?grpc=HOST:PORT`` says.
    key : str
        API key; empty for a server without one.
    embedder : Embedder
    wait_s : float
        So long an answer is waited for.

    Raises
    ------
    SettingsError
        ``settings.vectors``: the address cannot be read.
    """

    def __init__(self, url: str, key: str, embedder: Embedder, *, wait_s: float = 20.0) -> None:
        self._url, self._at, self._key, self._wait_s = url.partition("?")[0], _address(url), key, wait_s
        self._name = f"SdcWindows_{re.sub(r'[^0-9A-Za-z]', '_', embedder.id)}"
        self._lock = threading.Lock()
        self._client: weaviate.WeaviateClient | None = None
        self.leaves_house = self._at["http_host"].endswith(HOSTED)

    def upsert(self, child_id: str, entries: Sequence[Entry]) -> None:
        """Keep entries; see ``VectorIndex``."""
        check_owner(child_id, entries)
        with self._told():
            windows = self._tenant(child_id, make=True)
            for start in range(0, len(entries), AT_ONCE):
                done = windows.data.insert_many([_object(e) for e in entries[start : start + AT_ONCE]])
                if done.has_errors:
                    self._refused(next(iter(done.errors.values())).message)

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
        with self._told():
            windows = self._tenant(child_id)
            if windows is None:
                return []
            found = windows.query.near_vector(
                [float(x) for x in vector],
                limit=k,
                filters=_filter(sessions, since, until),
                return_metadata=MetadataQuery(distance=True),
                return_properties=["window", "session"],
            )
        return [
            Hit(str(o.properties["window"]), str(o.properties["session"]), 1.0 - (o.metadata.distance or 0.0))
            for o in found.objects
        ]

    def delete_session(self, child_id: str, session_id: str) -> int:
        """Delete a session's windows; see ``VectorIndex``."""
        gone = 0
        with self._told():
            windows = self._tenant(child_id)
            if windows is None:
                return 0
            which = Filter.by_property("session").equal(session_id)
            # A server deletes at most so many at once as it is set up for (10,000): again until none is left.
            while (done := windows.data.delete_many(where=which)).successful:
                gone += done.successful
        if done.failed:
            self._refused(f"{done.failed} windows of a session could not be deleted")
        return gone

    def delete_child(self, child_id: str) -> int:
        """Delete a child's tenant; see ``VectorIndex``."""
        with self._told():
            windows = self._tenant(child_id)
            if windows is None:
                return 0
            gone = self._count(windows)
            self._windows().tenants.remove([child_id])
        return max(gone, 1)  # the tenant itself was there

    def count(self, child_id: str) -> int:
        """Return how many windows of a child are kept; see ``VectorIndex``."""
        with self._told():
            windows = self._tenant(child_id)
            return 0 if windows is None else self._count(windows)

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _count(self, windows: Any) -> int:
        return int(windows.aggregate.over_all(total_count=True).total_count or 0)

    def _tenant(self, child_id: str, *, make: bool = False) -> Any:
        """Return the collection as a child's tenant sees it; None where the child has none."""
        windows = self._windows()
        if not windows.tenants.exists(child_id):
            if not make:
                return None
            windows.tenants.create([Tenant(name=child_id)])
        return windows.with_tenant(child_id)

    def _windows(self) -> Any:
        client = self._connected()
        if not client.collections.exists(self._name):
            client.collections.create(
                self._name,
                multi_tenancy_config=Configure.multi_tenancy(enabled=True),
                vector_config=Configure.Vectors.self_provided(
                    vector_index_config=Configure.VectorIndex.flat(distance_metric=VectorDistances.COSINE)
                ),
                properties=[
                    Property(name="window", data_type=DataType.TEXT, tokenization=Tokenization.FIELD),
                    Property(name="session", data_type=DataType.TEXT, tokenization=Tokenization.FIELD),
                    Property(name="day", data_type=DataType.INT, index_range_filters=True),
                ],
            )
        return client.collections.get(self._name)

    def _connected(self) -> weaviate.WeaviateClient:
        with self._lock:
            if self._client is None:
                timeout = Timeout(init=self._wait_s, query=self._wait_s, insert=self._wait_s)
                # Without the checks of the start the client does not ask the package index for newer versions.
                self._client = weaviate.connect_to_custom(
                    **self._at,
                    auth_credentials=Auth.api_key(self._key) if self._key else None,
                    additional_config=AdditionalConfig(timeout=timeout),
                    skip_init_checks=True,
                )
            return self._client

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the client's errors into one sentence."""
        try:
            yield
        except (WeaviateBaseError, RpcError) as error:
            self._refused(str(getattr(error, "message", "") or error), error)

    def _refused(self, reason: str, cause: Exception | None = None) -> None:
        raise VectorIndexError(
            f"Weaviate at {self._url} did not do it: {(reason.splitlines() or [''])[0][:200]}",
            hint="Check SDC_VECTORS_URL, SDC_VECTORS_KEY and the network; `sdc index rebuild` fills the index again.",
        ) from cause


def _address(url: str) -> dict[str, Any]:
    """Return what the client is told of an address."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    try:
        port = parts.port or (443 if secure else 8080)
        grpc_host, _, grpc_port = (
            parse_qs(parts.query).get("grpc", [f"{parts.hostname}:{GRPC_PORT}"])[0].rpartition(":")
        )
        number = int(grpc_port)
    except ValueError:
        number = 0
    if parts.scheme not in ("http", "https") or not parts.hostname or not number:
        raise SettingsError(
            "The address of the Weaviate server cannot be read.",
            code="settings.vectors",
            hint="Write SDC_VECTORS_URL as http://host:8080 or https://host?grpc=HOST:PORT.",
        )
    return {
        "http_host": parts.hostname,
        "http_port": port,
        "http_secure": secure,
        "grpc_host": grpc_host,
        "grpc_port": number,
        "grpc_secure": secure,
    }


def _object(entry: Entry) -> DataObject[Any, Any]:
    window = entry.window
    properties: dict[str, Any] = {"window": window.id, "session": window.session_id}
    if window.date is not None:
        properties["day"] = date.fromisoformat(window.date).toordinal()
    return DataObject(properties=properties, uuid=uuid.uuid5(IDS, window.id), vector=[float(x) for x in entry.vector])


def _filter(sessions: Collection[str] | None, since: date | None, until: date | None) -> Any:
    terms = []
    if sessions is not None:
        terms.append(Filter.by_property("session").contains_any(sorted(sessions)))
    if since is not None or until is not None:
        terms.append(Filter.by_property("day").greater_or_equal((since or date.min).toordinal()))
        terms.append(Filter.by_property("day").less_or_equal((until or date.max).toordinal()))
    return Filter.all_of(terms) if terms else None
