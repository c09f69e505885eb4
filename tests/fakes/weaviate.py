"""A fake Weaviate server on loopback, spoken to by Weaviate's own client.

Its gRPC half is the servicer that the client ships (``weaviate.proto``), so every request and answer
is one of the real messages. Its REST half keeps the schemas that the client sends and gives them
back, with tenants as the real server has them. What it does not know it refuses.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import grpc
import numpy as np
from weaviate.proto.v1 import (
    aggregate_pb2,
    base_pb2,
    batch_delete_pb2,
    batch_pb2,
    properties_pb2,
    search_get_pb2,
    tenants_pb2,
    weaviate_pb2_grpc,
)

KEY = "made-up-weaviate-key"
VERSION = "1.33.0"
Op = base_pb2.Filters.Operator


@dataclass
class Stored:
    """One object."""

    properties: dict[str, Any]
    vector: np.ndarray


@dataclass
class FakeWeaviate:
    """The server's state."""

    url: str = ""
    schemas: dict[str, dict[str, Any]] = field(default_factory=dict)
    tenants: dict[str, dict[str, dict[str, Stored]]] = field(default_factory=dict)
    down: bool = False
    delete_at_once: int = 10_000
    lock: threading.RLock = field(default_factory=threading.RLock)

    def objects(self, collection: str, tenant: str) -> dict[str, Stored]:
        """Return a tenant's objects; ``LookupError`` with the reason where there is none."""
        if collection not in self.tenants:
            raise LookupError(f"could not find class {collection} in schema")
        if not tenant:
            raise LookupError(f"class {collection} has multi-tenancy enabled, but request was without tenant")
        if tenant not in self.tenants[collection]:
            raise LookupError(f'tenant not found: "{tenant}"')
        return self.tenants[collection][tenant]

    def types(self, collection: str) -> dict[str, str]:
        """Return the data types of a collection's properties."""
        return {p["name"]: p["dataType"][0] for p in self.schemas[collection]["properties"]}


def holds(stored: Stored, wanted: base_pb2.Filters) -> bool:
    """Whether an object fulfils a filter."""
    if wanted.operator == Op.OPERATOR_AND:
        return all(holds(stored, part) for part in wanted.filters)
    if wanted.operator == Op.OPERATOR_OR:
        return any(holds(stored, part) for part in wanted.filters)
    value = stored.properties.get(wanted.target.property)
    kind = wanted.WhichOneof("test_value")
    operand = getattr(wanted, kind)
    if wanted.operator == Op.OPERATOR_CONTAINS_ANY:
        return value in operand.values
    return value is not None and COMPARE[wanted.operator](value, operand)


COMPARE: dict[Any, Callable[[Any, Any], bool]] = {
    Op.OPERATOR_EQUAL: lambda value, operand: value == operand,
    Op.OPERATOR_GREATER_THAN_EQUAL: lambda value, operand: value >= operand,
    Op.OPERATOR_LESS_THAN_EQUAL: lambda value, operand: value <= operand,
}


class Servicer(weaviate_pb2_grpc.WeaviateServicer):
    """The gRPC half."""

    def __init__(self, state: FakeWeaviate) -> None:
        self.state = state

    def _objects(self, request: Any, context: grpc.ServicerContext) -> dict[str, Stored]:
        if self.state.down:
            context.abort(grpc.StatusCode.INTERNAL, "the server is down")
        if dict(context.invocation_metadata()).get("authorization") != f"Bearer {KEY}":
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "unauthorized")
        try:
            return self.state.objects(request.collection, request.tenant)
        except LookupError as error:
            context.abort(grpc.StatusCode.NOT_FOUND, str(error))
            raise

    def TenantsGet(self, request: Any, context: grpc.ServicerContext) -> tenants_pb2.TenantsGetReply:
        known = self.state.tenants[request.collection]
        names = [n for n in request.names.values if n in known] if request.HasField("names") else list(known)
        hot = tenants_pb2.TenantActivityStatus.TENANT_ACTIVITY_STATUS_ACTIVE
        return tenants_pb2.TenantsGetReply(tenants=[tenants_pb2.Tenant(name=n, activity_status=hot) for n in names])

    def BatchObjects(
        self, request: batch_pb2.BatchObjectsRequest, context: grpc.ServicerContext
    ) -> batch_pb2.BatchObjectsReply:
        errors = []
        with self.state.lock:
            for index, given in enumerate(request.objects):
                objects = self._objects(given, context)
                vector = np.frombuffer(given.vectors[0].vector_bytes if given.vectors else given.vector_bytes, "<f4")
                properties, problem = self._properties(given)
                if objects and len(vector) != len(next(iter(objects.values())).vector):
                    problem = "new node has a vector with another length"
                if problem:
                    errors.append(batch_pb2.BatchObjectsReply.BatchError(index=index, error=problem))
                else:
                    objects[given.uuid] = Stored(properties, vector)
        return batch_pb2.BatchObjectsReply(errors=errors)

    def _properties(self, given: batch_pb2.BatchObject) -> tuple[dict[str, Any], str]:
        types, found = self.state.types(given.collection), {}
        for name, value in given.properties.non_ref_properties.items():
            kind = types.get(name)
            if kind == "int" and isinstance(value, float) and value.is_integer():
                found[name] = int(value)  # as the real server: a Struct knows only doubles
            elif kind == "text" and isinstance(value, str):
                found[name] = value
            else:
                return {}, f"invalid property {name!r} of data type {kind}: {value!r}"
        return found, ""

    def Search(
        self, request: search_get_pb2.SearchRequest, context: grpc.ServicerContext
    ) -> search_get_pb2.SearchReply:
        objects = self._objects(request, context)
        near = request.near_vector
        data = near.vectors[0].vector_bytes if near.vectors else near.vector_bytes
        if not data:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "only near_vector is known here")
        question = np.frombuffer(data, "<f4")
        wanted = request.filters if request.HasField("filters") else None
        found = [(i, s) for i, s in objects.items() if wanted is None or holds(s, wanted)]
        distance = {i: 1.0 - float(s.vector @ question / norms(s.vector, question)) for i, s in found}
        found.sort(key=lambda item: (distance[item[0]], item[0]))
        names = list(request.properties.non_ref_properties)
        results = [self._result(i, s, names, distance[i], request) for i, s in found[: request.limit]]
        return search_get_pb2.SearchReply(results=results)

    def _result(
        self, identity: str, stored: Stored, names: list[str], distance: float, request: search_get_pb2.SearchRequest
    ) -> search_get_pb2.SearchResult:
        fields = {}
        for name in names:
            value = stored.properties.get(name)
            if isinstance(value, str):
                fields[name] = properties_pb2.Value(text_value=value)
            elif isinstance(value, int):
                fields[name] = properties_pb2.Value(int_value=value)
        return search_get_pb2.SearchResult(
            metadata=search_get_pb2.MetadataResult(
                id=identity, distance=distance, distance_present=request.metadata.distance
            ),
            properties=search_get_pb2.PropertiesResult(
                target_collection=request.collection, non_ref_props=properties_pb2.Properties(fields=fields)
            ),
        )

    def BatchDelete(
        self, request: batch_delete_pb2.BatchDeleteRequest, context: grpc.ServicerContext
    ) -> batch_delete_pb2.BatchDeleteReply:
        with self.state.lock:
            objects = self._objects(request, context)
            gone = [i for i, s in objects.items() if holds(s, request.filters)]
            now = gone[: self.state.delete_at_once]
            for identity in now:
                del objects[identity]
        return batch_delete_pb2.BatchDeleteReply(matches=len(gone), successful=len(now), failed=0)

    def Aggregate(
        self, request: aggregate_pb2.AggregateRequest, context: grpc.ServicerContext
    ) -> aggregate_pb2.AggregateReply:
        single = aggregate_pb2.AggregateReply.Single(objects_count=len(self._objects(request, context)))
        return aggregate_pb2.AggregateReply(single_result=single)


def norms(a: np.ndarray, b: np.ndarray) -> float:
    """Return the product of two vectors' lengths."""
    return float(np.linalg.norm(a) * np.linalg.norm(b)) or 1.0


class Handler(BaseHTTPRequestHandler):
    """The REST half."""

    protocol_version = "HTTP/1.1"
    state: FakeWeaviate

    def _serve(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null")
        parts = self.path.partition("?")[0].strip("/").split("/")[1:]  # without v1
        with self.state.lock:
            status, answer = self._answer(parts, body)
        data = json.dumps(answer).encode() if answer is not None else b""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_POST = do_DELETE = do_HEAD = _serve

    def _answer(self, parts: list[str], body: Any) -> tuple[int, Any]:
        if self.state.down:
            return 503, {"error": [{"message": "the server is down"}]}
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            return 401, {"code": 401, "message": "anonymous access not enabled"}
        match self.command, *parts:
            case "GET", "meta":
                return 200, {"version": VERSION, "hostname": self.state.url, "modules": {}}
            case "POST", "schema":
                return self._make(body)
            case "GET", "schema", name if name in self.state.schemas:
                return 200, self.state.schemas[name]
            case "POST", "schema", name, "tenants" if name in self.state.schemas:
                for tenant in body:
                    self.state.tenants[name].setdefault(tenant["name"], {})
                return 200, body
            case "DELETE", "schema", name, "tenants" if name in self.state.schemas:
                for tenant in body:
                    self.state.tenants[name].pop(tenant, None)
                return 200, None
            case (("HEAD" | "GET"), "schema", name, "tenants", tenant):
                return (200 if tenant in self.state.tenants.get(name, {}) else 404), None
        return 404, None

    def _make(self, schema: dict[str, Any]) -> tuple[int, Any]:
        name = schema["class"]
        if name in self.state.schemas:
            return 422, {"error": [{"message": f"class name {name} already exists"}]}
        if not schema.get("multiTenancyConfig", {}).get("enabled"):
            return 422, {"error": [{"message": "this fake knows collections with tenants only"}]}
        self.state.schemas[name], self.state.tenants[name] = schema, {}
        return 200, schema

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def fake_weaviate() -> Iterator[FakeWeaviate]:
    """Serve both halves on loopback for as long as the block lasts."""
    state = FakeWeaviate()
    handler = type("BoundHandler", (Handler,), {"state": state})
    grpc_server = grpc.server(ThreadPoolExecutor(4))
    weaviate_pb2_grpc.add_WeaviateServicer_to_server(Servicer(state), grpc_server)
    grpc_port = grpc_server.add_insecure_port("127.0.0.1:0")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        state.url = f"http://127.0.0.1:{server.server_port}?grpc=127.0.0.1:{grpc_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        grpc_server.start()
        try:
            yield state
        finally:
            grpc_server.stop(None).wait()
            server.shutdown()
            thread.join()
