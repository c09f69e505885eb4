"""A fake of a bad connection: a loopback proxy before a real S3 server, that fails when it is told to.

It passes requests on unchanged (so that signatures stay right), and answers some of them with an
error, cuts them off in the middle, or never answers.
"""

from __future__ import annotations

import http.client
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

BUSY = b"<?xml version='1.0'?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
PIECE = 1 << 14


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the next request of a method.

    Attributes
    ----------
    kind : {"503", "cut request", "cut answer"}
        Answered as overloaded; the connection closed while the request's body is read; closed
        while the answer is sent.
    method : str
        Empty: any.
    after : int
        Bytes of the body that still pass.
    """

    kind: Literal["503", "cut request", "cut answer"]
    method: str = ""
    after: int = 0


class FaultyProxy:
    """The proxy. ``faults`` are used up from the left, by the requests that fit them.

    Attributes
    ----------
    url : str
    faults : deque[Fault]
    always : Fault or None
        For every request, as long as it is set.
    seen : list[str]
        Method and path of each request.
    """

    def __init__(self, upstream: str) -> None:
        self.faults: deque[Fault] = deque()
        self.always: Fault | None = None
        self.seen: list[str] = []
        self.upstream = urlsplit(upstream).netloc
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault of a request, and use it up."""
        with self._lock:
            self.seen.append(f"{method} {path}")
            if self.always is not None:
                return self.always if self.always.method in ("", method) else None
            for fault in self.faults:
                if fault.method in ("", method):
                    self.faults.remove(fault)
                    return fault
        return None

    @contextmanager
    def running(self) -> Iterator[FaultyProxy]:
        """Listen while the block lasts."""
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: FaultyProxy

    def _pass_on(self) -> None:
        fault = self.proxy.take(self.command, self.path)
        kind = fault.kind if fault else None
        length = int(self.headers.get("Content-Length") or 0)
        if fault and kind == "cut request":
            self.rfile.read(min(length, fault.after))
            self._hang_up()
            return
        body = self.rfile.read(length)
        if kind == "503":
            self._answer(503, [("Content-Type", "application/xml")], BUSY, len(BUSY))
            return
        status, headers, data = self._ask(body)
        until = min(len(data), fault.after) if fault and kind == "cut answer" else len(data)
        self._answer(status, headers, data, until)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass_on

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(self.proxy.upstream, timeout=30)
        try:
            connection.request(self.command, self.path, body=body, headers=dict(self.headers.items()))
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], data: bytes, until: int) -> None:
        self.send_response_only(status)
        told = {name.lower() for name, _ in headers}
        for name, value in headers:
            if name.lower() not in ("transfer-encoding", "connection"):
                self.send_header(name, value)
        if "content-length" not in told:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for start in range(0, until, PIECE):
            self.wfile.write(data[start : min(until, start + PIECE)])
        if until < len(data):
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(2)

    def log_message(self, *_: object) -> None:
        """Stay silent."""
