"""A fake of OpenAI's transcription endpoint on loopback: multipart in, ``verbose_json`` out, errors in its words.

Times of words are given only where they are asked for, as the service does; the sound must be a WAV file.
"""

import json
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

KEY = "sk-made-up"


@dataclass(frozen=True)
class Asked:
    """One request as the service sees it."""

    fields: dict[str, list[str]]
    filename: str
    media_type: str
    duration_s: float
    peak: int


class FakeOpenAI(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *answers: dict[str, Any], status: int = 200, body: bytes | None = None, to: str = "") -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.answers, self.status, self.body, self.to = list(answers), status, body, to
        self.asked: list[Asked] = []
        self.n_requests = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeOpenAI

    def do_POST(self) -> None:
        self.server.n_requests += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path != "/v1/audio/transcriptions":
            return self._error(404, f"Invalid URL (POST {self.path})")
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            return self._error(401, f"Incorrect API key provided: {self.headers.get('Authorization')}.")
        if self.server.to:
            return self._send(307, b"", {"Location": self.server.to})
        if self.server.body is not None:
            return self._send(self.server.status, self.server.body, {"Content-Type": "text/html"})
        if self.server.status != 200:
            return self._error(self.server.status, "The server is overloaded.")
        asked = self._read(body)
        self.server.asked.append(asked)
        answer = dict(self.server.answers[len(self.server.asked) - 1])
        if "word" not in asked.fields.get("timestamp_granularities[]", []):
            answer.pop("words", None)
        self._json(200, answer)

    def _read(self, body: bytes) -> Asked:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        form = message_from_bytes(head + body)
        assert form.get_content_type() == "multipart/form-data"
        fields: dict[str, list[str]] = {}
        sound: Message | None = None
        for part in form.get_payload():
            if part.get_filename() is None:
                name = str(part.get_param("name", header="content-disposition"))
                fields.setdefault(name, []).append(part.get_payload(decode=True).decode())
            else:
                sound = part
        assert sound is not None
        with wave.open(BytesIO(sound.get_payload(decode=True))) as file:
            frames = file.readframes(file.getnframes())
            assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        samples = memoryview(frames).cast("h")
        return Asked(
            fields, str(sound.get_filename()), sound.get_content_type(), len(samples) / 16_000, max(samples, default=0)
        )

    def _error(self, status: int, message: str) -> None:
        self._json(status, {"error": {"message": message, "type": "invalid_request_error", "code": None}})

    def _json(self, status: int, document: object) -> None:
        self._send(status, json.dumps(document).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers.items(), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def fake_openai(
    *answers: dict[str, Any], status: int = 200, body: bytes | None = None, to: str = ""
) -> Iterator[FakeOpenAI]:
    server = FakeOpenAI(*answers, status=status, body=body, to=to)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
