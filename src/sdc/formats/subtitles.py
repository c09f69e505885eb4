"""Captions: SubRip (``.srt``) and WebVTT (``.vtt``) ↔ Session.

Who speaks stands as ``CHI: text`` at a line's start, in WebVTT also as a voice (``<v CHI>``). A name with
capitals before a colon is a speaker only where at least half of the captions have one: ``Look: a dog`` is
none. What SDC writes as WebVTT carries the CHAT headers in a comment. Formats: Matroska's description of
SubRip; W3C, WebVTT: The Web Video Text Tracks Format.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sdc.errors import AnnotationError
from sdc.formats.annotated import Annotated, AnnotatedLine, decode_text, span_of, to_session
from sdc.session import Notice, Session, TimeSpan

NOTE = "NOTE CHAT headers"
"""The comment in which SDC keeps CHAT headers begins with this line."""

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_NUMBER = re.compile(r"\s*\d{1,9}\s*")
_CODE = re.compile(r"(?:>>\s*|[-–—]\s*)?([A-Z][A-Z0-9_-]{0,6}):\s+(\S.*)")
_NAME = re.compile(r"(?:>>\s*|[-–—]\s*)?([^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,2}):\s+(\S.*)")
_DASH = re.compile(r"^(?:>>|[-–—])\s*(?=\S)")
_STYLED = re.compile(r"<(i|b|u|s|font)\b[^>]{0,200}>([^<]{0,2000})</\1>", re.IGNORECASE)
_PLACED = re.compile(r"\{\\an?\d\}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,200})?\s{1,20}([^<>]{1,200})>")
_TAG = re.compile(r"</?[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class Caption:
    """One caption: its time, and its lines as written."""

    span: TimeSpan | None
    lines: tuple[str, ...]


def read_srt(data: bytes, *, source: str) -> Session:
    """Read SubRip captions.

    Raises
    ------
    AnnotationError
        ``annotation.not-captions``, ``annotation.encoding``, ``annotation.empty``, ``annotation.no-lines``.
    """
    captions, rest = _captions(decode_text(data, source=source), source)
    plain = [Caption(c.span, tuple(_PLACED.sub("", _STYLED.sub(r"\2", line)) for line in c.lines)) for c in captions]
    found = Annotated(tuple(_labelled(plain)), notices=_stray(rest), is_captions=True)
    return to_session(found, data, source=source, engine="sdc.srt")


def read_vtt(data: bytes, *, source: str) -> Session:
    """Read WebVTT captions; the errors are those of ``read_srt``."""
    text = decode_text(data, source=source)
    if not re.match(r"WEBVTT(?:\s|$)", text):
        raise _not_captions("The file does not begin with WEBVTT.", source)
    head, _, body = text.partition("\n\n")
    blocks = (block.strip("\n") for block in re.split(r"\n{2,}", body))
    kept, headers = [], []
    for block in blocks:
        if block.startswith(NOTE + "\n"):
            headers += [html.unescape(line) for line in block.split("\n")[1:] if line.startswith("@")]
        elif not re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", block):
            kept.append(block)
    captions, rest = _captions("\n\n".join(kept), source)
    notices = _stray([line for line in rest if line.strip()]) if "-->" not in head else ()
    lines = tuple(line for caption in captions for line in _voices(caption))
    if not any(line.label for line in lines) and not headers:
        lines = tuple(_labelled([Caption(line.span, (line.text,)) for line in lines]))
    return to_session(Annotated(lines, tuple(headers), None, notices, True), data, source=source, engine="sdc.vtt")


def _not_captions(message: str, source: str) -> AnnotationError:
    hint = "Export the captions again as .srt or .vtt."
    return AnnotationError(message, code="annotation.not-captions", hint=hint, source=source)


def _captions(text: str, source: str) -> tuple[list[Caption], list[str]]:
    """Return captions, and lines that stand in none."""
    captions: list[Caption] = []
    rest: list[str] = []
    current: list[str] | None = None
    span, before = None, ""
    for line in [*text.split("\n"), ""]:
        times = _TIMES.fullmatch(line)
        if times is not None:
            if current is not None:  # no empty line before the next time: its number is no text
                said = current[:-1] if current and _NUMBER.fullmatch(current[-1]) else current
                captions.append(Caption(span, tuple(said)))
            elif rest and before.strip():
                rest.pop()  # the name of a cue
            span, current = span_of(_ms(times.groups()[:4]), _ms(times.groups()[4:])), []
        elif current is None:
            rest.append(line)
        elif line.strip():
            current.append(line)
        else:
            captions.append(Caption(span, tuple(current)))
            current = None
        before = line
    if not captions:
        raise _not_captions("No caption with a time stands in this file.", source)
    return captions, [line for line in rest if line.strip() and not _NUMBER.fullmatch(line)]


def _ms(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = (group or "0" for group in groups)
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))


def _stray(rest: Sequence[str]) -> tuple[Notice, ...]:
    if not rest:
        return ()
    what = f"{len(rest)} line(s) stand in no caption; they are left out."
    return (Notice("annotation.left-out", what),)


def _labelled(captions: Sequence[Caption]) -> Iterator[AnnotatedLine]:
    """Return what is said, by whom; lines of several speakers in one caption have no time of their own."""
    n_named = sum(any(_NAME.fullmatch(line.strip()) for line in caption.lines) for caption in captions)
    pattern = _NAME if captions and 2 * n_named >= len(captions) else _CODE
    for caption in captions:
        pieces: list[tuple[str | None, list[str]]] = []
        for line in map(str.strip, caption.lines):
            match = pattern.fullmatch(line) or _CODE.fullmatch(line)
            if match is not None:
                pieces.append((match.group(1), [match.group(2)]))
            elif pieces and not _DASH.match(line):
                pieces[-1][1].append(line)
            else:
                pieces.append((None, [_DASH.sub("", line)]))
        span = caption.span if len(pieces) == 1 else None
        yield from (AnnotatedLine(label, " ".join(texts), span) for label, texts in pieces)


def _voices(caption: Caption) -> Iterator[AnnotatedLine]:
    parts = _VOICE.split("\n".join(caption.lines))
    pieces = [(None, parts[0]), *((html.unescape(v).strip(), t) for v, t in zip(parts[1::2], parts[2::2], strict=True))]
    said = [(voice, html.unescape(_TAG.sub("", text)).strip()) for voice, text in pieces]
    said = [(voice, text) for voice, text in said if text]
    yield from (AnnotatedLine(voice, text, caption.span if len(said) == 1 else None) for voice, text in said)


def write_captions(lines: Sequence[tuple[str, str, TimeSpan]], headers: Sequence[str] | None = None) -> str:
    """Return timed lines as captions.

    Parameters
    ----------
    lines : Sequence[tuple[str, str, TimeSpan]]
        Speaker code, text and time.
    headers : Sequence[str], optional
        CHAT headers: then it is WebVTT, else SubRip.
    """
    if headers is None:
        cues = (f"{n}\n{_clock(span, ',')}\n{code}: {text}\n" for n, (code, text, span) in enumerate(lines, start=1))
        return "\n".join(cues)
    note = "".join(f"{html.escape(header, quote=False)}\n" for header in headers)
    escaped = ((html.escape(code), html.escape(text, quote=False), span) for code, text, span in lines)
    cues = (f"{_clock(span, '.')}\n<v {code}>{text}\n" for code, text, span in escaped)
    return "\n".join(["WEBVTT\n", f"{NOTE}\n{note}", *cues])


def _clock(span: TimeSpan, point: str) -> str:
    return " --> ".join(_time(ms, point) for ms in (span.start_ms, span.end_ms))


def _time(ms: int, point: str) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"
