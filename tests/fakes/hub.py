"""A fake of the Hugging Face Hub on loopback: it speaks as much of the Hub's protocol as a download needs.

``/api/models/{repo}/revision/main``, ``/api/models/{repo}/tree/{sha}`` and
``/{repo}/resolve/{sha or main}/{file}`` with ETag, commit and byte ranges. ``break_after`` cuts
the connection in the middle of a file of weights (``.bin``).
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SHA = "5f3c" * 10
REPO = "made-up/tiny-whisper"


class FakeHub(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path, *, break_after: int | None = None, repo: str = REPO) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files = {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
        self.break_after, self.repo = break_after, repo
        self.asked: list[tuple[str, str, str | None]] = []
        self.agents: set[str | None] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeHub

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append((self.command, path, self.headers.get("Range")))
        self.server.agents.add(self.headers.get("User-Agent"))
        repo, name = self.server.repo, path.rpartition("/")[2]
        if path == f"/api/models/{repo}/revision/main":
            self._json({"id": repo, "sha": SHA, "siblings": [{"rfilename": name} for name in self.server.files]})
        elif path == f"/api/models/{repo}/tree/{SHA}":
            files = self.server.files.items()
            self._json([{"type": "file", "path": n, "size": len(d), "oid": _etag(d)} for n, d in files])
        elif path in {f"/{repo}/resolve/{at}/{name}" for at in (SHA, "main")} and name in self.server.files:
            self._file(self.server.files[name], name.endswith(".bin"))
        else:
            self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"})

    def _json(self, document: object) -> None:
        self._send(200, json.dumps(document).encode(), {"Content-Type": "application/json"})

    def _file(self, data: bytes, may_break: bool) -> None:
        headers = {"ETag": f'"{_etag(data)}"', "X-Repo-Commit": SHA, "Accept-Ranges": "bytes"}
        start = 0
        if wanted := self.headers.get("Range"):
            start = int(wanted.removeprefix("bytes=").partition("-")[0])
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        broken = self.server.break_after if may_break and self.command == "GET" else None
        self._send(206 if wanted else 200, data[start:], headers, cut=broken)

    def _send(self, status: int, body: bytes, headers: dict[str, str], cut: int | None = None) -> None:
        self.send_response(status)
        for name, value in (*headers.items(), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[:cut])
        if cut is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


def _etag(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


@contextmanager
def fake_hub(folder: Path, *, break_after: int | None = None, repo: str = REPO) -> Iterator[FakeHub]:
    hub = FakeHub(folder, break_after=break_after, repo=repo)
    thread = threading.Thread(target=hub.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        hub.server_close()
        thread.join(5)
