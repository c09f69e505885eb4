"""What a word and an utterance is: the only place that says so.

The rules are CLAN's (CLAN manual, chapters MLU, FREQ and MLT), read from its answers to
one-rule transcripts. CLAN's programs differ in details; each rule names the program it follows.

- A **word** is a word of the main line outside retraced material. ``gonna [: going to]`` counts
  as the words that replace it. No words: fillers, fragments, events, omitted words, pauses,
  ``xxx``, ``yyy``, ``www``. A plain ``um`` or ``uh`` is a word for FREQ and MLT, not for MLU.
- An **utterance** ends in a terminator: ``no . yes .`` on one line is two, a line without
  a terminator none, though its words count. A line that begins with ``+,`` completes the
  speaker's earlier utterance (after ``+...``, ``+/.`` …): no new one, though its words count.
- The **analysis set** (MLU) leaves out lines with ``xxx``, ``yyy`` or ``www`` outside retraced
  material, lines marked ``[+ mlue]``, and utterances without words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sdc.formats.chat.words import read_word
from sdc.session import ScopeKind, Token, TokenKind, Utterance

UNCLEAR = frozenset({TokenKind.UNINTELLIGIBLE, TokenKind.PHONOLOGICAL})
"""Speech that was heard and not understood: ``xxx`` and ``yyy``."""

NOT_ANALYSED = UNCLEAR | {TokenKind.UNTRANSCRIBED}
"""One of these outside retraced material keeps a line out of the analysis set."""

PLAIN_FILLERS = frozenset({"um", "uh"})
"""Hesitations written as plain words; MLU counts them as fillers (``u:h`` it takes for a word)."""

EXCLUDING_POSTCODE = "mlue"
SETTING_ASIDE = "exc"
COMPLETION = "+,"
INCOMPLETE = frozenset({"+...", "+/.", "+//.", "+..?", "+/?", "+//?"})
NO_END = frozenset("⇗↗→↘⇘≈≋∞≡") | {"+."}
"""What may close a line without ending an utterance: contours and breaks of CA, ``+.``."""


_PLAIN_WORD = re.compile(r"[^\W_]+(?:['_+-][^\W_]+)*")
_UNCLEAR_WORD = re.compile(r"\b(?:xxx|yyy|www)\b")
_GLUED = re.compile(r"[,@]|>(?!\s*\[(?:: |x \d+\](?![\s.,;?!]*\[)))")


@dataclass(frozen=True, slots=True)
class Word:
    """One counted word.

    Attributes
    ----------
    text : str
        As one would read it.
    key : str
        What makes two words the same type for FREQ: case and special form count.
    token : int
        Index of its token in the utterance.
    is_plain_filler : bool
        Whether it is a hesitation written as a plain word.
    """

    text: str
    key: str
    token: int
    is_plain_filler: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One main line, counted.

    Attributes
    ----------
    utterance : Utterance
    words : tuple[Word, ...]
        Outside retraced material, replacements in place of what they replace.
    ends : tuple[int, ...]
        For each terminator, how many of ``words`` stand before it.
    retraced : frozenset[int]
        Indexes of the tokens that were taken back or said again.
    index : int
        The utterance's index in the session.
    is_understood : bool
        Whether all of the message was understood and written down.
    completes : bool
        Whether it begins with ``+,``.
    n_unclear : int
        How many ``xxx`` and ``yyy`` stand outside retraced material.
    n_fillers : int
        Fillers, also those in retraced material and plain ``um`` and ``uh``.
    n_maze_words : int
        Fillers, fragments and words that were taken back or said again.
    """

    utterance: Utterance
    words: tuple[Word, ...]
    ends: tuple[int, ...]
    retraced: frozenset[int]
    index: int
    is_understood: bool
    completes: bool
    n_unclear: int
    n_fillers: int
    n_maze_words: int

    @property
    def kept(self) -> Iterator[Token]:
        """The tokens outside retraced material."""
        return (t for i, t in enumerate(self.utterance.tokens) if i not in self.retraced)

    @property
    def n_glued(self) -> int:
        """How many ``xxx``, ``yyy`` or ``www`` outside retraced material are glued to what follows.

        MLT takes these for words: ``<xxx> [<]``, ``xxx,``, ``xxx@s:spa``. It writes ``<xxx> [x 2]``
        out as ``<xxx> [/] xxx``; where another code follows the brackets stay.
        """
        unclear = [i for i, t in enumerate(self.utterance.tokens) if t.kind in NOT_ANALYSED]
        raw = self.utterance.raw
        found = list(_UNCLEAR_WORD.finditer(raw)) if unclear else []
        if len(found) != len(unclear):
            return 0
        pairs = zip(unclear, found, strict=True)
        return sum(i not in self.retraced and _GLUED.match(raw, m.end()) is not None for i, m in pairs)

    @property
    def has_speech(self) -> bool:
        """Whether something was said: a word, or speech that was not understood."""
        return bool(self.words) or self.n_unclear > 0

    @property
    def is_analysed(self) -> bool:
        """Whether the line may enter the analysis set."""
        return self.is_understood and EXCLUDING_POSTCODE not in self.utterance.postcodes

    @property
    def is_set_aside(self) -> bool:
        """Whether KIDEVAL leaves the line out: ``[+ exc]``, or ``www`` anywhere on it."""
        marked = SETTING_ASIDE in self.utterance.postcodes
        return marked or any(t.kind is TokenKind.UNTRANSCRIBED for t in self.utterance.tokens)

    def pieces(self, *, completes: bool = False) -> tuple[Piece, ...]:
        """Cut the line at its terminators; what stands after the last one, or has none, ends no utterance."""
        lengths = [0] * (len(self.ends) + 1)
        for position, word in enumerate(self.words):
            if not word.is_plain_filler:
                lengths[bisect_right(self.ends, position)] += 1
        return split_pieces(lengths, self, completes=completes)


def count_line(utterance: Utterance) -> Line:
    """Count the words and utterances of one main line."""
    retraced = utterance.retraced()
    replaced = _replacements(utterance)
    words: list[Word] = []
    ends: list[int] = []
    kept: list[TokenKind] = []
    for index, token in enumerate(utterance.tokens):
        if index in retraced:
            continue
        kind = token.kind
        kept.append(kind)
        if index in replaced:
            words += [_word(t, index) for t in _read_words(replaced[index])]
        elif kind is TokenKind.WORD:
            words.append(_word(token, index))
        elif kind is TokenKind.TERMINATOR and token.raw not in NO_END:
            ends.append(len(words))
    kinds = [token.kind for token in utterance.tokens]
    n_fillers = kinds.count(TokenKind.FILLER) + sum([word.is_plain_filler for word in words])
    return Line(
        utterance,
        tuple(words),
        tuple(ends),
        retraced,
        utterance.index,
        is_understood=NOT_ANALYSED.isdisjoint(kept),
        completes=TokenKind.LINKER in kinds and any(t.raw == COMPLETION for t in utterance.tokens),
        n_unclear=sum([kind in UNCLEAR for kind in kept]),
        n_fillers=n_fillers,
        n_maze_words=n_fillers + kinds.count(TokenKind.FRAGMENT) + _n_retraced_words(kinds, retraced),
    )


def _n_retraced_words(kinds: list[TokenKind], retraced: frozenset[int]) -> int:
    return sum([kinds[index] is TokenKind.WORD for index in retraced])


def message_words(line: Line) -> tuple[str, ...]:
    """Return what two utterances are compared by: the message's words in small letters.

    Special forms and plain fillers are left out, so that ``Um Ball@o`` says ``ball``.
    """
    words = [w.text.lower().replace("’", "'") for w in line.words]
    return tuple([word for word in words if word not in PLAIN_FILLERS])


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in plain spelling, as ``message_words`` returns a line's."""
    return tuple(_PLAIN_WORD.findall(text.lower().replace("’", "'")))


def _word(token: Token, index: int) -> Word:
    return Word(token.text, word_key(token), index, token.raw in PLAIN_FILLERS)


def word_key(token: Token) -> str:
    """Return what FREQ lists a word under: its text with its special form."""
    return f"{token.text}@{token.form}" if token.form else token.text


def _replacements(utterance: Utterance) -> dict[int, str]:
    """Return the text that stands for each replaced token: all at the first, none at the others."""
    texts: dict[int, str] = {}
    for scope in utterance.scopes:
        if scope.kind is ScopeKind.REPLACEMENT:
            indexes = [i for i in range(scope.first, scope.last + 1) if utterance.tokens[i].kind is TokenKind.WORD]
            texts |= {index: scope.text if place == 0 else "" for place, index in enumerate(indexes)}
    return texts


@lru_cache(maxsize=4096)
def _read_words(text: str) -> tuple[Token, ...]:
    return tuple(t for t in map(read_word, text.split()) if t.kind is TokenKind.WORD)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line, up to a terminator, with at least one word or morpheme.

    Attributes
    ----------
    length : int
        Words (MLU's rule) or morphemes.
    line : int
        Index of the utterance in the session.
    has_end : bool
        Whether a terminator ends it.
    completes : bool
        Whether it completes an earlier utterance.
    """

    length: int
    line: int
    has_end: bool
    completes: bool = False

    @property
    def is_new(self) -> bool:
        """Whether it counts as an utterance."""
        return self.has_end and not self.completes


def split_pieces(lengths: list[int], line: Line, *, completes: bool) -> tuple[Piece, ...]:
    """Return the pieces of a line from their lengths; the last one is what no terminator ends."""
    last = len(lengths) - 1
    return tuple(
        Piece(length, line.index, has_end=place < last, completes=place == 0 and completes)
        for place, length in enumerate(lengths)
        if length
    )


def completing(lines: Iterable[Line], *, wordless: bool = True) -> frozenset[int]:
    """Return the indexes of one speaker's lines that complete the speaker's line before.

    The line before trails off or is interrupted; lines of others may stand between. MLT
    counts what completes a ``wordless`` line (``&-um +...``), MLU does not.
    """
    lines = tuple(lines)
    if not any(line.completes for line in lines):  # most transcripts have none
        return frozenset()
    found = set()
    waits = False
    for line in lines:
        if waits and line.completes:
            found.add(line.index)
        waits = line.utterance.terminator in INCOMPLETE and (wordless or bool(line.words))
    return frozenset(found)


def n_utterances(pieces: Iterable[Piece]) -> int:
    """Count the utterances of an analysis set."""
    return sum(piece.is_new for piece in pieces)
