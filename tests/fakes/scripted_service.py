"""What fakes of language models' services share: prepared replies on loopback, and what was asked kept."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One answer of the service."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    wait_s: float = 0.0


class ScriptedService(ThreadingHTTPServer):
    """It gives its replies in order, the last one for ever."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler], prefix: str, replies: tuple[Reply, ...]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.replies = list(replies)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.gone = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}{prefix}"

    def next_reply(self) -> Reply:
        """Return the reply to what was asked last, after its wait."""
        reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
        if reply.wait_s:
            self.gone.wait(reply.wait_s)
        return reply

    def handle_error(self, *_: object) -> None:
        """Whoever asked has gone away: that is what some tests do."""


@contextmanager
def serving(
    handler: type[BaseHTTPRequestHandler], replies: tuple[Reply, ...], *, prefix: str = ""
) -> Iterator[ScriptedService]:
    server = ScriptedService(handler, prefix, replies)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.gone.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
