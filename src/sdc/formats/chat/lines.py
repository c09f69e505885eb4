"""From bytes to logical lines: encoding, line ends, continuation lines.

A CHAT file is UTF-8 text in lines; a line that starts with a tab continues the one before
it (CHAT manual, "File Formats"). Old files bring a byte order mark, CRLF or lone CR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sdc.errors import ChatError
from sdc.session import Notice

MAX_LINE_CHARS = 1_000_000
"""A longer line, folded or not, is refused: no transcript has one, and reading it would take minutes."""

_INDENTED_TIER = re.compile(r"[ \t]+[*%@][A-Za-z0-9_ -]{1,30}:\t")
_BINARY = re.compile(rb"[\x00]")
_SNIFF_BYTES = 8192
_BINARY_SIGNATURES = (b"ID3", b"RIFF", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"PK\x03\x04", b"%PDF", b"\x89PNG")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MAX_UNDECODABLE = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: its text without line end, continuation lines joined by one space.

    ``number`` is that of its first physical line, from 1.
    """

    number: int
    text: str


def decode(data: bytes | str, *, source: str, strict: bool = False) -> tuple[str, list[Notice]]:
    """Decode a CHAT file.

    Parameters
    ----------
    data : bytes or str
    source : str
        Name for errors.
    strict : bool
        Refuse bytes that are not UTF-8 rather than replace them.

    Returns
    -------
    text : str
        With line feeds as the only line ends and without byte order mark.
    notices : list[Notice]
        One ``chat.invalid-utf8`` for each damaged line; ``chat.utf16``.

    Raises
    ------
    ChatError
        ``chat.empty``, ``chat.binary``, and in strict mode ``chat.invalid-utf8``.
    """
    notices: list[Notice] = []
    if isinstance(data, str):
        text = data
    elif data.startswith(_UTF16_MARKS):
        text, notices = _decode_utf16(data, source)
    else:
        _refuse_binary(data, source)
        text = data.decode("utf-8", errors="replace")
        # A replacement character may also have been written so.
        notices = _damaged_lines(data) if "\ufffd" in text else []
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ChatError(
            "The file is empty.",
            code="chat.empty",
            hint="Export the transcript again and check its size.",
            source=source,
        )
    damaged = [notice for notice in notices if notice.code == "chat.invalid-utf8"]
    if damaged and strict:
        raise ChatError(
            f"The file is not UTF-8 text: {len(damaged)} line(s) hold bytes that stand for no character.",
            code="chat.invalid-utf8",
            hint="Open it in an editor with its old encoding and save it as UTF-8.",
            source=source,
            line=damaged[0].line,
        )
    return text, notices


def _decode_utf16(data: bytes, source: str) -> tuple[str, list[Notice]]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _binary(source) from error
    return text, [Notice("chat.utf16", "The file is UTF-16, not UTF-8; it was read all the same.", 1)]


def _refuse_binary(data: bytes, source: str) -> None:
    head = data[:_SNIFF_BYTES]
    undecodable = head.decode("utf-8", errors="replace").count("\ufffd")
    if (
        _BINARY.search(head)
        or head.startswith(_BINARY_SIGNATURES)
        or undecodable > _MAX_UNDECODABLE * max(len(head), 1)
    ):
        raise _binary(source)


def _binary(source: str) -> ChatError:
    return ChatError(
        "This is a binary file, not a CHAT transcript.",
        code="chat.binary",
        hint="A recording goes in under its own suffix, for example .mp3 or .mp4.",
        source=source,
    )


def _damaged_lines(data: bytes) -> list[Notice]:
    notices = []
    for number, line in enumerate(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"Byte {error.start + 1} of this line is not UTF-8; it was replaced by U+FFFD."
            notices.append(Notice("chat.invalid-utf8", message, number))
    return notices


def unfold(text: str, *, source: str) -> tuple[list[Line], list[Notice]]:
    """Split text into logical lines.

    Empty lines are left out. A line that belongs to no kind (``@ * %`` or a tab) is read as a
    continuation of the one before it, with a notice: so nothing that was said is lost.

    Raises
    ------
    ChatError
        ``chat.line-too-long``.
    """
    lines: list[tuple[int, list[str]]] = []
    notices: list[Notice] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE_CHARS:
            raise _too_long(source, number)
        stripped = line.strip(" \t")
        if not stripped:
            continue
        indented = line[0] in " \t"
        if indented and _INDENTED_TIER.match(line):
            notices.append(
                Notice("chat.indented-line", "This line is indented; it was read as a line of its own.", number)
            )
        elif indented or line[0] not in "@*%":
            if not indented or not lines:
                message = "This line starts with none of @ * % and tab; it was read as part of the line before it."
                notices.append(Notice("chat.stray-line", message, number))
            if lines:
                lines[-1][1].append(stripped)
            continue
        lines.append((number, [stripped]))
    return [Line(number, _joined(parts, number, source)) for number, parts in lines], notices


def _joined(parts: list[str], number: int, source: str) -> str:
    text = parts[0] if len(parts) == 1 else " ".join(parts)
    if len(text) > MAX_LINE_CHARS:
        raise _too_long(source, number)
    return text


def _too_long(source: str, number: int) -> ChatError:
    return ChatError(
        f"This line is longer than {MAX_LINE_CHARS:,} characters; no transcript has such a line.",
        code="chat.line-too-long",
        hint="Check that the file is a CHAT transcript with one utterance a line.",
        source=source,
        line=number,
    )
