"""Whisper's spelling → tokens that can be written as CHAT.

Punctuation becomes separators and terminators, ``um`` a filler, ``b-`` a fragment,
``[Music]`` and ``(laughs)`` events. Characters that are codes in CHAT are taken off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sdc.session import TimeSpan, Token, TokenKind

FILLERS = frozenset({"um", "umm", "uhm", "uh", "uhh", "er", "erm", "hm", "hmm", "hmmm"})
"""English filled pauses as Whisper spells them; agreement (``mhm``, ``uh-huh``) is a word."""

UNCLEAR = frozenset({"inaudible", "unintelligible", "indistinct", "unclear"})
"""Bracketed remarks that stand for speech that was not understood (``xxx``)."""

_ENGLISH = frozenset({"en", "eng", "english"})
_NOUNS_WITH_CAPITALS = frozenset({"de", "deu", "german", "lb", "ltz"})
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "st", "prof"})
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}")
_ENDS = {".": ".", "?": "?", "!": "!", "…": "+...", "。": ".", "？": "?", "！": "!", "؟": "?", "۔": "."}
_SEPARATORS = {",": ",", ";": ",", ":": ",", "，": ",", "、": ",", "،": ",", "；": ",", "：": ","}
_TRAIL = re.compile(r'[.?!…,;:。？！，、；：؟۔،"”“»«\'’)\]—–*♪♫-]+$')
_LEAD = re.compile(r"^[\"“”«»'‘¿¡(\[—–*♪♫.…,-]+")
_GLUED = re.compile(r"(?<=[。？！，、；：—–…])(?=[^\W_])|(?<=--|\.\.)(?=[^\W_])")
_CODES = re.compile(r"[^\w'’.,·-]+")
_SIGNS = {"%": "percent", "&": "and", "+": "plus", "=": "equals", "@": "at"}
_INNER_STOP = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])")
_OPEN, _CLOSE = "([*", ")]*"
_MAX_EVENT_WORDS = 6
_ELLIPSIS = re.compile(r"\.\.|…")
_MUSIC = re.compile(r"[♪♫]+")
_MARKED = frozenset({"xxx", "yyy", "www"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of characters without spaces, with its time and probability."""

    text: str
    span: TimeSpan | None = None
    probability: float | None = None

    def plus(self, other: Chunk) -> Chunk:
        """Return this chunk with another one glued on."""
        return Chunk(
            self.text + other.text, _around(self.span, other.span), _lower(self.probability, other.probability)
        )


def _around(a: TimeSpan | None, b: TimeSpan | None) -> TimeSpan | None:
    if a is None or b is None:
        return a or b
    return TimeSpan(min(a.start_ms, b.start_ms), max(a.end_ms, b.end_ms))


def _lower(a: float | None, b: float | None) -> float | None:
    return a if b is None else b if a is None else min(a, b)


@dataclass(frozen=True, slots=True)
class Spelling:
    """What one transcript's spelling tells: its language, and which words have capitals inside sentences."""

    is_english: bool
    lowers_first: bool
    capitals: frozenset[str]

    @classmethod
    def of(cls, language: str | None, texts: Iterable[str]) -> Spelling:
        """Learn the capitalised words from the texts."""
        code = (language or "en").lower()
        inner = (word for text in texts for word in re.findall(r"(?<=[\w,;] )[^\W\d_][\w'’-]*", text))
        capitals = frozenset(word.replace("’", "'") for word in inner if word[:1].isupper())
        return cls(code in _ENGLISH, code not in _NOUNS_WITH_CAPITALS, capitals)

    def without_capital(self, tokens: list[Token]) -> list[Token]:
        """Take the capital off the first word of a sentence, unless the word has it elsewhere too."""
        first = next((i for i, token in enumerate(tokens) if token.kind is TokenKind.WORD), None)
        if first is None or not self.lowers_first:
            return tokens
        word = tokens[first]
        is_plain = word.text[:1].isupper() and word.text[1:] == word.text[1:].lower()
        has_capital = any(text == "I" or text in self.capitals for text in (word.text, word.text.partition("'")[0]))
        if not is_plain or has_capital:
            return tokens
        text = word.text[:1].lower() + word.text[1:]
        if text in _MARKED:
            return tokens
        return [*tokens[:first], replace(word, text=text, raw=text), *tokens[first + 1 :]]


def add_terminator(tokens: list[Token]) -> list[Token]:
    """Close a sentence with a full stop if it has no end."""
    while tokens and tokens[-1].kind is TokenKind.SEPARATOR:
        tokens = tokens[:-1]
    if tokens and tokens[-1].kind is TokenKind.TERMINATOR:
        return tokens
    return [*tokens, Token(".", TokenKind.TERMINATOR, ".")]


def without_first_commas(tokens: list[Token]) -> list[Token]:
    """Take off the commas before the first word: in CHAT a comma follows a word, and ``&-um`` is none."""
    first = next((i for i, token in enumerate(tokens) if token.kind is TokenKind.WORD), len(tokens))
    return [t for t in tokens[:first] if t.kind is not TokenKind.SEPARATOR] + tokens[first:]


def read_chunks(chunks: list[Chunk], spelling: Spelling) -> Iterator[Token]:
    """Return the tokens of a run of chunks."""
    parts = [replace(c, text=text) for c in chunks for text in _GLUED.split(c.text)]
    position = 0
    while position < len(parts):
        length = _event_length(parts, position)
        if length:
            yield from _event(parts[position : position + length])
            position += length
        else:
            following = parts[position + 1].text if position + 1 < len(parts) else None
            yield from _word(parts[position], spelling, following)
            position += 1


def _event_length(parts: list[Chunk], position: int) -> int:
    """How many chunks a bracketed remark that starts here takes; 0 when none starts."""
    text = parts[position].text
    if _MUSIC.fullmatch(text):
        return 1
    kind = _OPEN.find(text[0])
    if kind < 0:
        return 0
    for length, part in enumerate(parts[position : position + _MAX_EVENT_WORDS], start=1):
        body = part.text[1:] if length == 1 else part.text
        if _CLOSE[kind] in body:
            return length if not body.rpartition(_CLOSE[kind])[2].strip(".,?!") else 0
    return 0


def _event(parts: list[Chunk]) -> Iterator[Token]:
    span = parts[0].span
    for part in parts[1:]:
        span = _around(span, part.span)
    said = " ".join(part.text for part in parts)
    ends = said.rpartition(said.rstrip(".,?!")[-1])[2]
    label = "_".join(re.findall(r"[^\W_]+", said)).lower() or "music"
    if label in UNCLEAR:
        yield Token("xxx", TokenKind.UNINTELLIGIBLE, "xxx", span=span)
    else:
        yield Token(label, TokenKind.EVENT, f"&={label}", span=span)
    yield from _punctuation(ends)


def _word(chunk: Chunk, spelling: Spelling, following: str | None) -> Iterator[Token]:
    text = chunk.text
    abbreviation = _ABBREVIATION.fullmatch(text.strip("\"'”“,?!")) is not None
    trail = _TRAIL.search(text)
    tail = trail.group() if trail else ""
    core = _LEAD.sub("", text[: len(text) - len(tail)])
    is_cut = tail.startswith("-") and not tail.startswith("--") and core != ""
    for token in _core(core, is_cut, spelling):
        yield replace(token, span=chunk.span, probability=chunk.probability)
    is_title = core.lower() in _TITLES and tail == "."
    if following is not None and (is_title or abbreviation):
        tail = tail.replace(".", "")
    elif following is not None and _goes_on(following) and _ELLIPSIS.search(tail):
        tail = ","  # a hesitation inside the sentence
    yield from _punctuation(tail)


def _goes_on(following: str) -> bool:
    """Whether the next chunk does not begin a sentence: in small letters, or ``I``."""
    first = re.match(r"[^\W_]+", following)
    return first is not None and (first.group() == "I" or not first.group()[0].isupper())


def _core(core: str, is_cut: bool, spelling: Spelling) -> Iterator[Token]:
    """Return the token or tokens of a chunk without the punctuation around it."""
    core = core.replace("’", "'")
    signs = [_SIGNS[c] for c in core if c in _SIGNS] if spelling.is_english else []
    word = _CODES.sub("", core).replace(",", "").strip(".'·-_")
    word = _INNER_STOP.sub("_", word)
    if word and not re.search(r"[^\W_]", word):
        word = ""
    if word:
        yield _plain(word, is_cut, spelling)
    yield from (Token(sign, TokenKind.WORD, sign) for sign in signs)


def _plain(word: str, is_cut: bool, spelling: Spelling) -> Token:
    if is_cut:
        return Token(word, TokenKind.FRAGMENT, f"&+{word}")
    if spelling.is_english and word.lower() in FILLERS:
        return Token(word.lower(), TokenKind.FILLER, f"&-{word.lower()}")
    if word in _MARKED:  # these mean "not understood" in CHAT
        word = word.capitalize()
    rest = word.lstrip("0")
    if rest != word and not rest[:1].isdigit():  # 0is would be an omitted word
        word = "_".join(["zero"] * (len(word) - len(rest))) + rest
    return Token(word, TokenKind.WORD, word)


def _punctuation(tail: str) -> Iterator[Token]:
    """Return at most one separator or terminator for the punctuation after a word."""
    if _ELLIPSIS.search(tail):
        yield Token("+...", TokenKind.TERMINATOR, "+...")
        return
    ends = [_ENDS[c] for c in tail if c in _ENDS]
    if ends:
        end = "?" if "?" in ends else ends[0]
        yield Token(end, TokenKind.TERMINATOR, end)
        return
    mark = next((_SEPARATORS[c] for c in tail if c in _SEPARATORS), None)
    if mark:
        yield Token(mark, TokenKind.SEPARATOR, mark)
