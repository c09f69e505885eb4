"""Main lines: terminators, groups, codes, linkers, commas, pauses.

The items are those that the reader cuts; what one word may look like is in ``check_words``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sdc.formats.chat.check_catalogue import Problem
from sdc.formats.chat.check_source import Source
from sdc.formats.chat.mainline import items

_CODE = re.compile(r"\[(?:[-+%=:] .+|[=?]\? .+|=! .+|\^.*|[?e]|!!?|/{1,3}|/-|\* .+|\*|[<>][^\]]*)\]", re.DOTALL)
_LINKERS = frozenset({"+^", "+<", "+,", "++", '+"', "+≋", "+≈"})
_NO_SPACE_AFTER = " \t,.;?!<>[]"
_UNCLEAR = frozenset({"xxx", "yyy", "www", "xx", "yy"})
_AFTER_COMMA = ' \t,.;?!<>[]‹›〔〕⌈⌉⌊⌋≠⁇"'
_WORDS = frozenset({"word", "event", "pause", "overlap", "other", "uptake"})
_CONTOURS = frozenset("⇗↗→↘⇘≈≋∞≡")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a main line, with what stands around it."""

    kind: str
    raw: str
    before: str
    after: str

    @property
    def is_mark(self) -> bool:
        """Whether it is ``<``, ``>`` or the like."""
        return self.kind in ("open", "close")


def cut(body: str) -> list[Item]:
    """Cut a main line into items."""
    return [
        Item(kind, raw, body[end - len(raw) - 1 : end - len(raw)], body[end : end + 1])
        for kind, raw, end in items(body)
    ]


def line_problems(source: Source) -> Iterator[Problem]:
    """Check the main lines."""
    for utterance, body in source.spoken:
        for code, message in body_problems(body, is_ca=source.is_ca):
            yield Problem(utterance.line or 0, code, message)


def body_problems(body: str, *, is_ca: bool) -> Iterator[tuple[str, str]]:
    """Check one main line without its speaker code; yields code and message of each problem."""
    yield from _found(cut(body), body, is_ca=is_ca)


def _found(line: list[Item], body: str, *, is_ca: bool) -> Iterator[tuple[str, str]]:
    if not line:
        yield "chat.empty-line", "Nothing follows the speaker code."
        return
    yield from _text(line)
    yield from _terminators(line)
    yield from _ends(line, is_ca=is_ca)
    yield from _spaces(line)
    yield from _codes(line)
    yield from _groups(line)
    yield from _retracings(line)
    yield from _linkers(line)
    if "," in body or ";" in body:
        yield from _commas(line)
    if "“" in body or "”" in body:
        yield from _quotes(line)


def _text(line: list[Item]) -> Iterator[tuple[str, str]]:
    if not any(i.kind in _WORDS or i.kind in ("separator", "bullet") or i.raw.startswith("[^ ") for i in line):
        yield "chat.no-text", "The line holds no word and no 0."


def _terminators(line: list[Item]) -> Iterator[tuple[str, str]]:
    ended = ""
    for item in line:
        if item.kind == "terminator":
            if ended:
                yield "chat.two-terminators", f"There are two terminators, {ended} and {item.raw}"
            elif len(item.raw) > 1 and item.raw[0] != "+":
                yield "chat.two-terminators", f"The terminator {item.raw} has more than one mark."
            ended = item.raw
        elif item.raw.startswith("[+"):
            if not ended:
                yield "chat.postcode-place", f"{item.raw} stands before the terminator."
        elif ended and item.kind in ("code", "pause"):
            yield "chat.after-terminator", f"{item.raw} stands after the terminator {ended}"
        elif ended and item.kind in ("word", "event", "linker"):
            yield "chat.terminator-inside", f"Words follow the terminator {ended}"
            ended = ""


def _ends(line: list[Item], *, is_ca: bool) -> Iterator[tuple[str, str]]:
    """Check what closes the line: CHECK knows ``. ? !`` and those that begin with ``+``."""
    ends = [item.raw for item in line if item.kind == "terminator"]
    if not is_ca and ends and all(raw[0] not in ".?!+" for raw in ends):
        yield "chat.no-terminator", f"{ends[-1]} is no terminator of CHAT."
    elif not is_ca and not ends and line[-1].raw in _CONTOURS:
        yield "chat.no-terminator", f"{line[-1].raw} ends an utterance only where @Options says CA."
    timed = False
    for item in line:
        timed = timed or item.kind == "bullet"
        if timed and item.raw.startswith("[+"):
            yield "chat.postcode-after-bullet", f"{item.raw} stands after a time bullet."


def _spaces(line: list[Item]) -> Iterator[tuple[str, str]]:
    for item, following in zip(line, [*line[1:], None], strict=True):
        kind, raw = item.kind, item.raw
        if kind == "code" and item.before not in ("", " ", "\t"):
            yield "chat.space-before-code", f"No space stands before {raw}."
        elif kind in ("code", "bullet") and item.after and item.after not in _NO_SPACE_AFTER:
            yield "chat.space-after-item", f"No space stands after {'the bullet' if kind == 'bullet' else raw}."
        elif kind == "open" and raw == "<" and item.after in (" ", "\t"):
            yield "chat.space-in-group", "A space follows <."
        elif kind == "close" and raw == ">" and item.before in (" ", "\t"):
            yield "chat.space-in-group", "A space stands before >."
        if following is None or item.after in ("", " ", "\t"):
            continue
        if kind in ("word", "event") and following.kind == "bullet":
            yield "chat.space-after-item", f"No space stands between {raw} and the bullet."
        elif kind == "word" and following.kind == "pause":
            yield "chat.pause-glued", f"No space stands between {raw} and {following.raw}."


def _codes(line: list[Item]) -> Iterator[tuple[str, str]]:
    spoken = False
    last: Item | None = None
    for item in line:
        if item.kind == "code":
            yield from _code(item.raw, spoken=spoken, last=last)
        elif item.kind in _WORDS:
            spoken = True
        if item.kind != "bullet":
            last = item


def _code(raw: str, *, spoken: bool, last: Item | None) -> Iterator[tuple[str, str]]:
    if not _CODE.fullmatch(raw):
        yield "chat.unknown-code", f"CHAT has no code {raw[:40]}."
    if not spoken:
        if raw[1:2] not in ("-", "^"):
            yield "chat.code-first", f"No word stands before {raw[:40]}."
    elif raw.startswith("[:"):
        if last is None or last.kind != "word" or last.raw.startswith(("&", "+")):
            yield "chat.replacement-scope", f"{raw[:40]} does not follow one word."
        text = raw[2:-1].lstrip(": ")
        if text.startswith("0") or text.rstrip().lower() in _UNCLEAR | {"ww"}:
            yield "chat.replacement-unclear", f"{raw[:40]} holds no real word."


def _groups(line: list[Item]) -> Iterator[tuple[str, str]]:
    closed = False
    for item in line:
        if closed and item.kind not in ("close", "terminator", "separator") and item.raw != ">":
            closed = False
            if item.kind != "code":
                yield "chat.group-without-code", "No code follows <…>."
        if item.raw == ">" and item.kind == "close":
            closed = True
    if closed:
        yield "chat.group-without-code", "No code follows <…>."


def _retracings(line: list[Item]) -> Iterator[tuple[str, str]]:
    pause = ""
    for item in line:
        if pause and item.raw.startswith("[/"):
            yield "chat.pause-before-retracing", f"The pause {pause} stands before {item.raw}."
        if item.raw != ">":
            pause = item.raw if item.kind == "pause" else ""
    said = False
    for item in reversed(line):
        if item.kind == "code":
            if item.raw.startswith("[/") and not said:
                yield "chat.retracing-without-words", f"No words follow {item.raw}."
        elif item.kind in ("terminator", "bullet") or item.raw in "<>,;":
            continue
        else:
            said = True


def _linkers(line: list[Item]) -> Iterator[tuple[str, str]]:
    begun = False
    for item in line:
        if item.kind == "linker":
            if item.raw not in _LINKERS:
                yield "chat.unknown-symbol", f"CHAT has no mark {item.raw}."
            elif item.after not in ("", " ", "\t"):
                yield "chat.unknown-symbol", f"No space stands after {item.raw}."
            elif begun:
                yield "chat.linker-inside", f"{item.raw} does not stand at the beginning."
        elif item.kind in _WORDS or item.raw.startswith("[-"):
            begun = True


def _commas(line: list[Item]) -> Iterator[tuple[str, str]]:
    said = False
    for item, following in zip(line, [*line[1:], None], strict=True):
        if item.kind in ("word", "pause", "overlap", "other"):
            said = said or not (item.raw.startswith(("&", "+")) or item.raw in _UNCLEAR)
        elif item.raw.startswith("[-"):
            said = True
        elif item.raw == ";":
            yield "chat.bad-character", "CHECK takes no semicolon on a main line."
        elif item.raw == ",":
            if not said:
                yield "chat.comma-first", "No word stands before the comma."
            if following is not None and following.raw == "," and item.after == ",":
                yield "chat.two-commas", "Two commas stand side by side."
            elif item.after and item.after not in _AFTER_COMMA and not (following and following.kind == "bullet"):
                yield "chat.comma-space", "No space follows the comma."


def _quotes(line: list[Item]) -> Iterator[tuple[str, str]]:
    depth = 0
    for item in line:
        if item.raw == "“":
            depth += 1
        elif item.raw == "”":
            if not depth:
                yield "chat.unbalanced-quote", "” is closed and was not opened."
            depth = max(0, depth - 1)
    if depth:
        yield "chat.unbalanced-quote", "“ is opened and not closed."
