"""A main line → tokens, scopes, postcodes.

One pass over one pattern; a stack of open groups; codes cover the unit (token or group)
before them. The pattern has no nested repetition, so time is linear in the line's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sdc.formats.chat.bullets import BULLET_PATTERN, bullet_span
from sdc.formats.chat.codes import read_code, read_language, read_postcode
from sdc.formats.chat.words import read_word
from sdc.session import RETRACINGS, Notice, Scope, ScopeKind, Token, TokenKind

_PAUSE = r"\((?:\.{1,3}|(?:\d{1,4}:)?\d{1,6}\.\d{0,6}|\.\d{1,6})\)"
_STOPS = r"\s\[\]<>‹›〔〕“”,;„‡،؛⇗↗→↘⇘≈≋∞≡•␕" + "\u0015"
_ITEM = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<bullet>{BULLET_PATTERN})
  | (?P<code>\[[^\[\]]*\])
  | (?P<pause>{_PAUSE})
  | (?P<terminator>\+(?:\.\.\.|\.\.\?|!\?|\.|//?[.?!]|"/?[.?!])|[.?!؟。！？]+(?=[\s\[<>”"]|$))
  | (?P<linker>\+[<^,+"≈≋]|\+(?=\s|$))
  | (?P<open>[<‹〔“])
  | (?P<close>[>›〕”])
  | (?P<separator>[,;„‡،؛⇗↗→↘⇘]|:(?=\s|$))
  | (?P<uptake>[≈≋∞≡])
  | (?P<overlap>[⌈⌉⌊⌋][2-9]?)
  | (?P<event>&[=*{{}}](?:[^{_STOPS}])*)
  | (?P<word>(?:[^{_STOPS}(]|\((?!\.|\d{{1,6}}[.:]))+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING = {">": "<", "›": "‹", "〕": "〔", "”": "“"}
_LOOK_BACK = 8
_PUNCTUATION = ".?!؟。！？"
_OVERLAPS = "⌈⌉⌊⌋"
_TIMED = re.compile(r"\((?:(\d+):)?(\d*\.\d*)\)")


@dataclass(slots=True)
class MainLine:
    """What a main line holds; the fields are those of ``Utterance``."""

    tokens: list[Token] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    postcodes: list[str] = field(default_factory=list)
    language: str | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)

    def notices(self, line: int | None) -> list[Notice]:
        """Return the problems with their line."""
        return [Notice(code, message, line) for code, message in self.problems]


def read_main_line(body: str) -> MainLine:
    """Read what follows the speaker code.

    Parameters
    ----------
    body : str
        Unfolded; bullets inside the line become ``MARKER`` tokens with their span.

    Returns
    -------
    MainLine
    """
    if _PLAIN.fullmatch(body):
        return MainLine([_MARKS.get(item) or read_word(item) for item in body.split(" ")])
    return _Reader().read(body)


_PLAIN = re.compile(r"(?:[A-Za-z'_]+|,)(?: (?:[A-Za-z'_]+|,))* [.?!]")
"""Most lines: words and commas with single spaces, and an end. They need no look at codes."""

_MARKS = {mark: Token(mark, TokenKind.TERMINATOR, mark) for mark in ".?!"} | {",": Token(",", TokenKind.SEPARATOR, ",")}

_SILENT = (TokenKind.PAUSE, TokenKind.MARKER, TokenKind.SEPARATOR)


class _Reader:
    """State of one pass."""

    def __init__(self) -> None:
        self.line = MainLine()
        self.open: list[tuple[str, int]] = []
        self.n_open = dict.fromkeys(_OPENING.values(), 0)
        self.unit: tuple[int, int] | None = None
        self.group: Scope | None = None

    def read(self, body: str) -> MainLine:
        for kind, raw, _ in items(body):
            if kind == "code":
                self._code(raw)
                continue
            if kind == "bullet" and (span := bullet_span(raw)) is not None:
                self.line.tokens.append(Token(raw, TokenKind.MARKER, raw, span=span))
                continue
            self._end_group()
            if kind == "open":
                self._open(raw)
            elif kind == "close":
                self._close(raw)
            else:
                self._token(_token(kind, raw))
        self._end_group()
        for mark, _ in self.open:
            if mark != "“":  # a quotation may go on in the next utterance
                self._problem("chat.unbalanced-bracket", f"{mark} is opened and not closed.")
        _mark_final(self.line.tokens)
        return self.line

    def _problem(self, code: str, message: str) -> None:
        if (code, message) not in self.line.problems:
            self.line.problems.append((code, message))

    def _token(self, token: Token) -> None:
        tokens = self.line.tokens
        tokens.append(token)
        if token.kind is TokenKind.OTHER and token.raw in "[]":
            self._problem("chat.unbalanced-bracket", f"{token.raw} has no partner.")
        if token.kind is not TokenKind.MARKER:
            self.unit = (len(tokens) - 1, len(tokens) - 1)

    def _open(self, mark: str) -> None:
        self.open.append((mark, len(self.line.tokens)))
        self.n_open[mark] += 1
        if mark == "“":
            self.line.tokens.append(Token(mark, TokenKind.MARKER, mark))

    def _close(self, mark: str) -> None:
        if mark == "”":
            self.line.tokens.append(Token(mark, TokenKind.MARKER, mark))
        opening = _OPENING[mark]
        if not self.n_open[opening]:
            if mark != "”":
                self._problem("chat.unbalanced-bracket", f"{mark} is closed and was not opened.")
            return
        while True:
            unclosed, first = self.open.pop()
            self.n_open[unclosed] -= 1
            if unclosed == opening:
                break
            self._problem("chat.unbalanced-bracket", f"{unclosed} is opened and not closed.")
        self.unit = self._without_bullets(first, len(self.line.tokens) - 1)
        self.group = Scope(ScopeKind.GROUP, *self.unit, raw=opening + mark)

    def _without_bullets(self, first: int, last: int) -> tuple[int, int]:
        """Leave bullets at the edge of a group outside it: on which side of < they stand means nothing."""
        tokens = self.line.tokens
        while first <= last and is_bullet(tokens[last]):
            last -= 1
        while first <= last and is_bullet(tokens[first]):
            first += 1
        return first, last

    def _end_group(self) -> None:
        """Keep a group that no code follows as a scope of its own."""
        if self.group is not None:
            self.line.scopes.append(self.group)
            self.group = None

    def _code(self, raw: str) -> None:
        postcode, language = read_postcode(raw), read_language(raw)
        if postcode is not None:
            self._end_group()
            self.line.postcodes.append(postcode)
        elif language is not None:
            self._end_group()
            self.line.language = self.line.language or language
        else:
            kind, text = read_code(raw)
            self.group = None
            first, last = self._covered(kind)
            self.line.scopes.append(Scope(kind, first, last, text, raw))

    def _covered(self, kind: ScopeKind) -> tuple[int, int]:
        """Return the tokens that a code covers; an empty run where nothing stands before it."""
        tokens = self.line.tokens
        if self.unit is None:
            return len(tokens), len(tokens) - 1
        first, last = self.unit
        if kind in RETRACINGS and first == last:
            # A pause between the word and [/] belongs to what is taken back.
            while first > max(0, last - _LOOK_BACK) and tokens[first].kind in _SILENT:
                first -= 1
        return first, last


def is_bullet(token: Token) -> bool:
    """Whether a token is a time bullet inside the line."""
    return token.kind is TokenKind.MARKER and token.span is not None


def token_ends(body: str) -> list[int]:
    """Return where each token of a main line without bullets ends, as offsets into it."""
    return [end for kind, raw, end in items(body) if kind not in ("code", "open", "close") or raw in "“”"]


def items(body: str) -> Iterator[tuple[str, str, int]]:
    """Cut a main line into its items.

    Yields
    ------
    tuple[str, str, int]
        Kind (``word``, ``code``, ``bullet``, ``pause``, ``terminator``, ``linker``, ``open``, ``close``,
        ``separator``, ``uptake``, ``overlap``, ``event``, ``other``), text as written and the offset of
        its end; spaces are left out.
    """
    for match in _ITEM.finditer(body):
        kind = match.lastgroup or "other"
        raw = match.group()
        if kind == "space":
            continue
        if kind == "word" and raw[-1].isalpha():  # nothing to cut off
            yield kind, raw, match.end()
        elif kind in ("word", "event"):
            end = match.start()
            for part, text in _cut_tail(kind, raw):
                end += len(text)
                yield part, text, end
        else:
            yield kind, raw, match.end()


def _cut_tail(kind: str, raw: str) -> Iterator[tuple[str, str]]:
    """Split punctuation and overlap marks off the end of a word: ``hm.`` ``that⌉``."""
    tail: list[tuple[str, str]] = []
    while True:
        if (rest := raw.rstrip(_PUNCTUATION)) not in (raw, ""):
            tail.append(("terminator", raw[len(rest) :]))
        elif raw[-1] in _OVERLAPS and len(raw) > 1:
            rest = raw[:-1]
            tail.append(("overlap", raw[-1]))
        elif raw[-1] in "23456789" and raw[-2:-1] in tuple(_OVERLAPS) and len(raw) > 2:
            rest = raw[:-2]
            tail.append(("overlap", raw[-2:]))
        else:
            break
        raw = rest
    yield kind, raw
    yield from reversed(tail)


_KINDS = {
    "terminator": TokenKind.TERMINATOR,
    "linker": TokenKind.LINKER,
    "separator": TokenKind.SEPARATOR,
    "uptake": TokenKind.SEPARATOR,
    "overlap": TokenKind.MARKER,
    "other": TokenKind.OTHER,
}


def _token(kind: str, raw: str) -> Token:
    if kind in ("word", "event"):
        return read_word(raw)
    if kind == "pause":
        return Token(raw, TokenKind.PAUSE, raw, duration_ms=_pause_ms(raw))
    if kind == "bullet":
        return Token(raw, TokenKind.OTHER, raw)  # it ends before it starts
    return Token(raw, _KINDS[kind], raw)


def _pause_ms(raw: str) -> int | None:
    match = _TIMED.fullmatch(raw)
    if match is None or not match.group(2).strip("."):
        return None
    return round((int(match.group(1) or 0) * 60 + float(match.group(2))) * 1000)


def _mark_final(tokens: list[Token]) -> None:
    """Make a Conversation Analysis mark that ends the line its terminator, and one that begins it a linker."""
    if not tokens:
        return
    if tokens[0].raw == "≡" and len(tokens) > 1:
        tokens[0] = Token("≡", TokenKind.LINKER, "≡")
    if any(t.kind is TokenKind.TERMINATOR for t in tokens):
        return
    silent = (TokenKind.MARKER, TokenKind.PAUSE)
    last = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].kind not in silent), None)
    if last is not None and tokens[last].raw in "⇗↗→↘⇘≈≋∞≡":
        tokens[last] = Token(tokens[last].raw, TokenKind.TERMINATOR, tokens[last].raw)
