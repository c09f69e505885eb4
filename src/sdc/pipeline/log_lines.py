"""Log lines that name nobody: JSON or text, an id of the request in each, never content.

What people say, names, file names and query strings reach errors and messages of libraries; none of these is
written. Of an exception its class, its code and the places in the source stand in the log, of another library's
line the place that wrote it. The message of SDC's own lines is theirs, with exceptions among the values told
by class and code.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from sdc.errors import SDCError

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that is being answered; empty outside of one."""

LEVELS = ("debug", "info", "warning", "error")
OURS = ("sdc", "uvicorn.error")
"""Loggers whose messages are written down; uvicorn's tell of starting, stopping and broken requests."""


def told(error: BaseException) -> str:
    """Return what may be written of an exception: its class, and the code of one of ours."""
    name = type(error).__name__
    return f"{name} [{error.code}]" if isinstance(error, SDCError) else name


def is_ours(name: str) -> bool:
    """Tell whether a logger is one whose messages hold no content."""
    return any(name == ours or name.startswith(f"{ours}.") for ours in OURS)


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what is written of a record, in order."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    fields: dict[str, Any] = {"time": at, "level": record.levelname.lower(), "logger": record.name}
    if is_ours(record.name):
        fields["event"] = _message(record)
    else:
        fields["event"] = f"a library's line; its words are left out ({record.module}:{record.lineno})"
    found = getattr(record, "sdc", {})
    fields |= {"request": request_id.get()} if request_id.get() and "request" not in found else {}
    fields |= found
    if record.exc_info and record.exc_info[1] is not None:
        fields["error"] = [told(error) for error in _chain(record.exc_info[1])]
        fields["at"] = _places(record.exc_info[1])
    return fields


def _message(record: logging.LogRecord) -> str:
    if not isinstance(record.args, tuple):
        return str(record.msg)
    values = tuple(told(value) if isinstance(value, BaseException) else value for value in record.args)
    return str(record.msg) % values if values else str(record.msg)


def _chain(error: BaseException | None) -> list[BaseException]:
    """Return an exception and what it came from, outermost first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _places(error: BaseException) -> list[str]:
    """Return where an exception passed, outermost call first: module path, line, function."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    """Return a source path from its package on: where SDC is installed is nobody's business."""
    return path.replace("\\", "/").rpartition("/site-packages/")[2].rpartition("/src/")[2].rpartition("/lib/")[2]


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(fields_of(record), ensure_ascii=False, default=lambda value: type(value).__name__)


class TextLines(logging.Formatter):
    """The same for people: time, level, event, then what else there is as ``name=value``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields = fields_of(record)
        head = [fields.pop("time"), fields.pop("level").upper(), fields.pop("event")]
        fields.pop("logger")
        return " ".join([*head, *(f"{name}={_in_text(value)}" for name, value in fields.items())])


def _in_text(value: Any) -> str:
    return " < ".join(map(str, value)) if isinstance(value, list) else str(value)


FORMATS: dict[str, type[logging.Formatter]] = {"text": TextLines, "json": JsonLines}


def set_up_logging(form: str, level: str, stream: TextIO | None = None) -> logging.Handler:
    """Write the process's log in this form from this level on; return the handler.

    Parameters
    ----------
    form : {"text", "json"}
    level : {"debug", "info", "warning", "error"}
        Other libraries are heard from ``warning`` on, whatever it is.
    stream : TextIO, optional
        Default: standard error.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(FORMATS[form]())
    root = logging.getLogger()
    for before in [h for h in root.handlers if isinstance(h.formatter, JsonLines | TextLines)]:
        root.removeHandler(before)
    root.addHandler(handler)
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level.upper()]))
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    return handler
