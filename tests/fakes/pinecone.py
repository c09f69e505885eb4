"""A fake Pinecone index on loopback, spoken to by Pinecone's own client.

It keeps vectors in memory and answers as the published description of the data plane says
(``pinecone_schema.json``): each request is checked against it before it is carried out, each answer
before it is sent. A request that breaks it is refused with 400 and remembered in ``complaints``.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = json.loads(Path(__file__).with_name("pinecone_schema.json").read_text())
KEY = "pcsk_made_up"

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "$eq": lambda value, wanted: value == wanted,
    "$ne": lambda value, wanted: value != wanted,
    "$in": lambda value, wanted: value in wanted,
    "$nin": lambda value, wanted: value not in wanted,
    "$gt": lambda value, wanted: value is not None and value > wanted,
    "$gte": lambda value, wanted: value is not None and value >= wanted,
    "$lt": lambda value, wanted: value is not None and value < wanted,
    "$lte": lambda value, wanted: value is not None and value <= wanted,
}


class Refused(Exception):
    """A request that the service refuses."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def complaint_of(name: str, value: object) -> str | None:
    """Return what a value breaks of a shape of the description, or None."""
    validator = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})
    error = next(iter(validator.iter_errors(value)), None)
    return None if error is None else f"{name}: {error.message}"


def matches(metadata: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a record's metadata fulfil a filter."""
    for key, term in wanted.items():
        if key == "$and":
            if not all(matches(metadata, part) for part in term):
                return False
        elif key == "$or":
            if not any(matches(metadata, part) for part in term):
                return False
        elif key.startswith("$"):
            raise Refused(f"{key} is no operator here")
        else:
            terms = term if isinstance(term, dict) else {"$eq": term}
            unknown = set(terms) - set(COMPARE)
            if unknown:
                raise Refused(f"{sorted(unknown)[0]} is no operator here")
            if not all(COMPARE[op](metadata.get(key), operand) for op, operand in terms.items()):
                return False
    return True


@dataclass
class FakePinecone:
    """One index."""

    url: str
    dimension: int
    namespaces: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    down: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, operation: str, headers: Any, body: dict[str, Any]) -> dict[str, Any]:
        """Check a request, carry it out, check the answer."""
        if self.down:
            raise Refused("the index is down", 503)
        if headers.get("Api-Key") != KEY:
            raise Refused("Unauthorized", 401)
        shapes = SCHEMA["operations"].get(operation)
        if shapes is None:
            raise Refused(f"there is no {operation}", 404)
        if headers.get("X-Pinecone-Api-Version") != SCHEMA["version"]:
            raise self._complain("the version header is missing or another one")
        if broken := complaint_of(shapes["request"], body):
            raise self._complain(broken)
        with self.lock:
            self.requests.append((operation, body))
            answer = OPERATIONS[operation](self, body)
        if broken := complaint_of(shapes["response"], answer):
            raise self._complain(f"answer: {broken}")
        return answer

    def _complain(self, message: str) -> Refused:
        self.complaints.append(message)
        return Refused(message)

    def upsert(self, body: dict[str, Any]) -> dict[str, Any]:
        """Keep vectors."""
        for vector in body["vectors"]:
            if len(vector["values"]) != self.dimension:
                raise self._complain(f"a vector of {len(vector['values'])} numbers in an index of {self.dimension}")
            if not any(abs(x) >= 1e-8 for x in vector["values"]):
                raise self._complain("a vector of zeros")
        kept = self.namespaces.setdefault(body.get("namespace", ""), {})
        kept.update({vector["id"]: vector for vector in body["vectors"]})
        return {"upsertedCount": len(body["vectors"])}

    def query(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the nearest vectors of a namespace."""
        if len(body["vector"]) != self.dimension:
            raise self._complain("the question has another number of dimensions")
        kept = self.namespaces.get(body.get("namespace", ""), {}).values()
        found = [v for v in kept if matches(v.get("metadata", {}), body.get("filter", {}))]
        found.sort(key=lambda v: (-cosine(v["values"], body["vector"]), v["id"]))
        shown = [
            {"id": v["id"], "score": cosine(v["values"], body["vector"]), "values": []}
            | ({"metadata": v.get("metadata", {})} if body.get("includeMetadata") else {})
            for v in found[: body["topK"]]
        ]
        return {"matches": shown, "namespace": body.get("namespace", ""), "usage": {"readUnits": 1}}

    def delete(self, body: dict[str, Any]) -> dict[str, Any]:
        """Delete vectors of a namespace."""
        namespace = body.get("namespace", "")
        kept = self.namespaces.get(namespace)
        if kept is None:
            raise Refused("Namespace not found", 404)
        if body.get("deleteAll"):
            del self.namespaces[namespace]
            return {}
        wanted = body.get("filter")
        gone = [i for i, v in kept.items() if i in body.get("ids", ()) or (wanted and matches(v["metadata"], wanted))]
        for identity in gone:
            del kept[identity]
        return {}

    def stats(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return how many vectors each namespace holds."""
        counts = {name: {"vectorCount": len(kept)} for name, kept in self.namespaces.items() if kept}
        total = sum(c["vectorCount"] for c in counts.values())
        return {"namespaces": counts, "dimension": self.dimension, "indexFullness": 0, "totalVectorCount": total}


OPERATIONS: dict[str, Callable[[FakePinecone, dict[str, Any]], dict[str, Any]]] = {
    "POST /vectors/upsert": FakePinecone.upsert,
    "POST /query": FakePinecone.query,
    "POST /vectors/delete": FakePinecone.delete,
    "POST /describe_index_stats": FakePinecone.stats,
}


def cosine(a: list[float], b: list[float]) -> float:
    """Return the cosine of two vectors."""
    return sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    index: FakePinecone

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            status, answer = 200, self.index.answer(f"POST {self.path}", self.headers, body)
        except Refused as refused:
            status, answer = refused.status, {"code": 3, "message": str(refused), "details": []}
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def fake_pinecone(dimension: int) -> Iterator[FakePinecone]:
    """Serve an index on loopback for as long as the block lasts."""
    handler = type("BoundHandler", (Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        index = FakePinecone(f"http://127.0.0.1:{server.server_port}", dimension)
        handler.index = index
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield index
        finally:
            server.shutdown()
            thread.join()
