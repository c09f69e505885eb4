"""A fake of OpenAI's chat completions on loopback: the tool's schema or a schema in the prompt in, claims out.

It gives what it was told to, in order, the last one for ever, and keeps what it was asked.
"""

import json
import time
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler
from typing import Any

from fakes.scripted_service import Reply, ScriptedService, serving

KEY = "sk-made-up-for-tests"


def claims(*rows: tuple[str, list[str]]) -> Reply:
    return Reply(json.dumps({"claims": [{"text": text, "evidence": ids} for text, ids in rows]}))


def filled(form: dict[str, Any]) -> Reply:
    return Reply(json.dumps(form))


class Chat(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ScriptedService

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v1/chat/completions":
            return self._error(404, f"Invalid URL (POST {self.path})")
        self.server.asked.append(body)
        self.server.headers.append({k.lower(): v for k, v in self.headers.items()})
        reply = self.server.next_reply()
        if reply.status != 200:
            return self._error(reply.status, f"It failed for {self.headers.get('Authorization')}.", reply.headers)
        content = json.dumps(_completion(body, reply.text)).encode()
        self._send(200, content, reply.headers, reply.cut_after)

    def _error(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        document = {"error": {"message": message, "type": "server_error", "param": None, "code": None}}
        self._send(status, json.dumps(document).encode(), headers or {})

    def _send(self, status: int, body: bytes, headers: dict[str, str], cut_after: int | None = None) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body if cut_after is None else body[:cut_after])
        if cut_after is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


def _completion(asked: dict[str, Any], text: str) -> dict[str, Any]:
    """A tool call where a tool is asked for, as the service does; otherwise plain content."""
    tools = asked.get("tools") or []
    message: dict[str, Any] = {"role": "assistant", "content": None if tools else text, "refusal": None}
    if tools:
        function = {"name": tools[0]["function"]["name"], "arguments": text}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": function}]
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if tools else "stop", "logprobs": None}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": asked["model"],
        "choices": [choice],
        "usage": {"prompt_tokens": 700, "completion_tokens": 60, "total_tokens": 760},
    }


def fake_chat(*replies: Reply) -> AbstractContextManager[ScriptedService]:
    return serving(Chat, replies, prefix="/v1")
