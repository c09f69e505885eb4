"""Every request gets an id, a log line without content, and its place in the metrics."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

from fastapi.routing import iter_route_contexts
from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sdc.pipeline.log_lines import request_id
from sdc.server.body_limit import is_streamed
from sdc.server.metrics import Metrics
from sdc.server.probes import QUIET

ID_HEADER = "X-Request-Id"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
"""What stands for an unknown method or address: both come from outside, and would be labels without end."""

log = logging.getLogger(__name__)


class Observer:
    """ASGI middleware, outermost: id, log line, metrics.

    Parameters
    ----------
    app : ASGIApp
    metrics : Metrics
    routes : callable
        Returns the server's routes; asked at the first request, when all of them are there.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, routes: Callable[[], Iterable[BaseRoute]]) -> None:
        self._app, self._metrics, self._routes = app, metrics, routes
        self._templates: dict[Any, str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass and write down what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        one = _Request(scope, receive, send, self._metrics)
        request_id.set(one.id)
        with self._metrics.open.track_inprogress():
            try:
                await self._app(scope, one.receive, one.send)
            except Exception:
                scope.setdefault("state", {})["problem"] = "server.broken"  # told outside of this, by problems.py
                raise
            finally:
                one.end(self._template(scope))

    def _template(self, scope: Scope) -> str:
        """Return the address as the route declares it, ``/api/children/{child_id}``: never what was asked for."""
        if self._templates is None:
            contexts = iter_route_contexts(list(self._routes()))
            self._templates = {c.endpoint: c.path for c in contexts if c.endpoint is not None and c.path is not None}
        return self._templates.get(scope.get("endpoint"), OTHER)


class _Request:
    """One request on its way."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, metrics: Metrics) -> None:
        self.id = secrets.token_hex(8)
        self._scope, self._receive, self._send, self._metrics = scope, receive, send, metrics
        self._counts_bytes = is_streamed(scope)
        self._began = time.perf_counter()
        self._status = 500  # of an answer that never began

    async def receive(self) -> Message:
        message = await self._receive()
        if self._counts_bytes:
            self._metrics.uploaded.inc(len(message.get("body", b"")))
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            MutableHeaders(scope=message)[ID_HEADER] = self.id
        await self._send(message)

    def end(self, route: str) -> None:
        """Write the line and the numbers."""
        seconds = time.perf_counter() - self._began
        method = self._scope["method"] if self._scope["method"] in METHODS else OTHER
        self._metrics.requests.labels(method, route, str(self._status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)
        state = self._scope.get("state", {})
        told = {"method": method, "route": route, "status": self._status, "ms": round(seconds * 1000, 1)}
        if "actor" in state:
            told["user"] = state["actor"].id  # random letters: names stand in the accounts only
        if "problem" in state:
            told["code"] = state["problem"]
        log.log(self._level(route), "request", extra={"sdc": {"request": self.id, **told}})

    def _level(self, route: str) -> int:
        if self._status >= 500 and route not in QUIET:
            return logging.ERROR
        return logging.DEBUG if route in QUIET else logging.INFO
