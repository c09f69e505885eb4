"""A fake of Anthropic's messages on loopback, as it streams: server-sent events of one tool call, piece by piece."""

import json
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler
from typing import Any

from fakes.scripted_service import Reply, ScriptedService, serving

KEY = "sk-ant-made-up-for-tests"
PIECE = 40


class Messages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ScriptedService

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.partition("?")[0] != "/v1/messages":
            return self._error(404, "not_found_error", {})
        self.server.asked.append(body)
        self.server.headers.append({k.lower(): v for k, v in self.headers.items()})
        if not (body.get("stream") and self.headers.get("anthropic-version") and self._key()):
            return self._error(400, "invalid_request_error", {})
        reply = self.server.next_reply()
        if reply.status != 200:
            kinds = {401: "authentication_error", 429: "rate_limit_error", 529: "overloaded_error"}
            return self._error(reply.status, kinds.get(reply.status, "api_error"), reply.headers)
        self._stream(_events(body, reply.text), reply.cut_after)

    def _key(self) -> str | None:
        """The service takes a key in either header."""
        return self.headers.get("x-api-key") or self.headers.get("authorization")

    def _error(self, status: int, kind: str, headers: dict[str, str]) -> None:
        message = f"It failed for {self._key()}."
        body = json.dumps({"type": "error", "error": {"type": kind, "message": message}}).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, events: list[dict[str, Any]], cut_after: int | None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for event in events if cut_after is None else events[:cut_after]:
            piece = f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        if cut_after is None:
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.close_connection = True  # in the middle of the chunks

    def log_message(self, *_: object) -> None:
        pass


def _events(asked: dict[str, Any], text: str) -> list[dict[str, Any]]:
    start = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": asked["model"],
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 700, "output_tokens": 1},
    }
    tool = {"type": "tool_use", "id": "toolu_1", "name": asked["tools"][0]["name"], "input": {}}
    pieces = [text[i : i + PIECE] for i in range(0, len(text), PIECE)]
    return [
        {"type": "message_start", "message": start},
        {"type": "content_block_start", "index": 0, "content_block": tool},
        {"type": "ping"},
        *(
            {"type": "content_block_delta", "index": 0, "delta": {"type": "input_json_delta", "partial_json": piece}}
            for piece in pieces
        ),
        {"type": "content_block_stop", "index": 0},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "tool_use", "stop_sequence": None},
            "usage": {"output_tokens": 60},
        },
        {"type": "message_stop"},
    ]


def fake_messages(*replies: Reply) -> AbstractContextManager[ScriptedService]:
    return serving(Messages, replies)
