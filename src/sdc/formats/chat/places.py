"""Where the items of a main line stand in its text, so that a part of it can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdc.errors import InputError
from sdc.formats.chat.codes import read_language, read_postcode
from sdc.formats.chat.mainline import is_bullet, items
from sdc.formats.chat.timing import SPOKEN
from sdc.session import Token, TokenKind, Utterance

_STAYS_OUT = frozenset({TokenKind.TERMINATOR, TokenKind.LINKER})
_EDGES = frozenset({TokenKind.PAUSE, TokenKind.SEPARATOR, TokenKind.MARKER})


@dataclass(frozen=True, slots=True)
class Place:
    """One item of a main line, ``raw[start:end]``; ``token`` is its index among the tokens, None for codes."""

    kind: str
    raw: str
    start: int
    end: int
    token: int | None = None

    @property
    def is_scoped(self) -> bool:
        """Whether it is a code about what stands before it."""
        return self.kind == "code" and read_postcode(self.raw) is None and read_language(self.raw) is None


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens ``first`` to ``last`` of a line with the codes that belong to them alone.

    Attributes
    ----------
    first, last : int
        Tokens.
    start, end : int
        In the text; the codes at the end included.
    codes : tuple[str, ...]
        Those at the end that speak of the last token.
    """

    first: int
    last: int
    start: int
    end: int
    codes: tuple[str, ...] = ()


def places(line: Utterance) -> tuple[Place, ...]:
    """Return the items of a line in order.

    Raises
    ------
    InputError
        ``edit.text-differs``: the tokens are not those of the text, as a hand-made session JSON may have them.
    """
    written = iter(i for i, token in enumerate(line.tokens) if not is_bullet(token))
    found: list[Place] = []
    for kind, raw, end in items(line.raw):
        is_token = kind not in ("code", "open", "close", "bullet") or raw in "“”"
        number = next(written, None) if is_token else None
        if is_token and (number is None or line.tokens[number].raw != raw):
            raise InputError(
                "The words of this line are not those of its text.",
                code="edit.text-differs",
                hint="Write the whole line anew.",
                line=line.line,
            )
        found.append(Place(kind, raw, end - len(raw), end, number))
    return tuple(found)


def depth(found: Sequence[Place]) -> int | None:
    """Return how many groups are open at the end; None where one is closed that was not opened here."""
    level = 0
    for place in found:
        level += {"open": 1, "close": -1}.get(place.kind, 0)
        if level < 0:
            return None
    return level


def run_of(line: Utterance, first: int, last: int) -> Run:
    """Return a run of tokens; pauses and commas at its edges are left out.

    Raises
    ------
    InputError
        ``edit.no-words``: there are no such words; ``edit.part-of-group``: it cuts through ``<…>``.
    """
    first, last = _trimmed(line.tokens, first, last)
    found = places(line)
    numbers = {place.token: position for position, place in enumerate(found) if place.token is not None}
    left, right = numbers[first], numbers[last]
    inside = right
    while right + 1 < len(found) and found[right + 1].is_scoped:
        right += 1
    codes = tuple(place.raw for place in found[inside + 1 : right + 1])
    while depth(found[left : right + 1]) and right + 1 < len(found) and found[right + 1].kind in ("close", "code"):
        right, codes = right + 1, ()
    while depth(found[left : right + 1]) is None and left and found[left - 1].kind == "open":
        left -= 1
    if depth(found[left : right + 1]) != 0:
        raise InputError(
            "A part of these words stands inside <…>.",
            code="edit.part-of-group",
            hint="Choose all words of the group, or words inside it.",
            line=line.line,
        )
    return Run(first, last, found[left].start, found[right].end, codes)


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    inside = range(max(first, 0), min(last, len(tokens) - 1) + 1)
    chosen = [i for i in inside if tokens[i].kind not in _EDGES and tokens[i].kind not in _STAYS_OUT]
    if first < 0 or last >= len(tokens) or not any(tokens[i].kind in SPOKEN for i in chosen):
        raise no_words(f"Words {first} to {last} hold nothing that was said.")
    return chosen[0], chosen[-1]


def no_words(message: str) -> InputError:
    """Return the error for words that there are not."""
    return InputError(message, code="edit.no-words", hint="Choose words of the line.")
